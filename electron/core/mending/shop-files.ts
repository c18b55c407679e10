import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { shopFile } from '../data-folder.ts'
import { syncFolder } from '../store/write-whole.ts'

const WITH_LOG = ['', '-wal', '-shm']
const COPY = /^shop\.db\.copy-(\d{4}-\d{2}-\d{2})$/

/** The file that is being put together; what a power cut leaves of it is worth nothing. */
export const halfFile = (dataDir: string): string => join(dataDir, 'shop.db.mending')
/** The file that takes the place of the damaged one: it has this name only when it is whole. */
export const nextFile = (dataDir: string): string => join(dataDir, 'shop.db.mended')
/** What the check of every night has found; the next start does not believe the file then. */
export const foundFile = (dataDir: string): string => join(dataDir, 'shop.db.found-damaged')
export const copyFile = (dataDir: string, day: string): string => join(dataDir, `shop.db.copy-${day}`)

/**
 * The days of the copies that were made and checked, the newest first. A day that is still to come was written by a clock
 * that was wrong: nobody knows how old that copy is, and it stands behind all others.
 */
export function copiesIn(dataDir: string, today: string): string[] {
  const days = readdirSync(dataDir).flatMap((name) => COPY.exec(name)?.[1] ?? []).sort().reverse()
  return [...days.filter((day) => day <= today), ...days.filter((day) => day > today)]
}

/** `2026-11-22T12-45-01`: for the name of a file. */
export const stampOf = (at: string): string => at.slice(0, 19).replaceAll(':', '-')

/**
 * Puts the damaged file aside under a name with its date, with its log, and the mended one in its place. Nothing is
 * deleted. The damaged file leaves first: a till that ends in between finds no file of the shop, and finishes this.
 */
export function changePlaces(dataDir: string, stamp: string): string {
  const file = shopFile(dataDir)
  const aside = `${file}.damaged-${stamp}`
  for (const suffix of WITH_LOG) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  finishPlaces(dataDir, stamp)
  return basename(aside)
}

/** Puts a mended file in its place that is empty. A log of the old one must not be taken for its own. */
export function finishPlaces(dataDir: string, stamp: string): void {
  const file = shopFile(dataDir)
  if (existsSync(file) || !existsSync(nextFile(dataDir))) return
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.damaged-${stamp}${suffix}`)
  rmSync(foundFile(dataDir), { force: true })
  renameSync(nextFile(dataDir), file)
  syncFolder(dirname(file))
}

/** True for a file in which there is nothing although this folder had a shop: its reserve is laid aside after the tables. */
export function isEmptied(dataDir: string): boolean {
  const file = shopFile(dataDir)
  const hasCopy = readdirSync(dataDir).some((name) => COPY.test(name))
  const hadShop = existsSync(join(dataDir, 'reserve.bin')) || hasCopy
  if (!existsSync(file)) return hasCopy
  return hadShop && statSync(file).size === 0 && !(existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0)
}
