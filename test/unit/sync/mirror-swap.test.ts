import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { emptyLog, keepName } from '../../../electron/core/mirror/swap.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')

let folder: string
let mirror: Mirror
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-swap-'))
  mirror = new Mirror(join(folder, 'mirror.db'), MIGRATIONS)
  says(mirror, 'old')
})
afterEach(() => {
  mirror.close()
  rmSync(folder, { recursive: true, force: true })
})

const says = (one: Mirror, word: string): unknown => one.reading.prepare("INSERT INTO about VALUES ('word', ?)").run(word)

function ready(word: string): string {
  const next = mirror.beside(join(folder, 'mirror-next.db'))
  says(next, word)
  next.close()
  return join(folder, 'mirror-next.db')
}

it('a new mirror is read from the moment it is in place, time and again, and nothing of the old one stays on the disk', async () => {
  for (const word of ['newer', 'newest']) {
    mirror.replaceWith(ready(word))
    expect(mirror.about('word')).toBe(word)
  }
  await expect.poll(() => readdirSync(folder).sort()).toEqual(['mirror.db', 'mirror.db-shm', 'mirror.db-wal'])
})

// Windows keeps names without being asked.
it.skipIf(process.platform === 'win32')('a new mirror is on the disk only when its name is: until then a power cut brings the old one back', () => {
  const synced = vi.spyOn(fs, 'fsyncSync')
  syncBuiltinESMExports()
  try {
    mirror.replaceWith(ready('newer'))
    expect(synced).not.toHaveBeenCalled()
    expect(mirror.isOnDisk()).toBe(true)
    expect(synced).toHaveBeenCalledOnce()
    expect(mirror.isOnDisk()).toBe(true)
    expect(synced).toHaveBeenCalledOnce()
  } finally {
    synced.mockRestore()
    syncBuiltinESMExports()
  }
})

it('the log of the old one is empty before another file takes its place, and is read and written all the same', async () => {
  expect(statSync(join(folder, 'mirror.db-wal')).size).toBeGreaterThan(0)
  await emptyLog(mirror)
  expect(statSync(join(folder, 'mirror.db-wal')).size).toBe(0)
  mirror.reading.exec("UPDATE about SET value = 'older' WHERE key = 'word'")
  await emptyLog(mirror)
  expect(mirror.about('word')).toBe('older')
  mirror.replaceWith(ready('newer'))
  await keepName(mirror)
  expect(mirror.about('word')).toBe('newer')
})

it('a file that is no mirror leaves the one in use as it was', () => {
  const spoiled = join(folder, 'mirror-next.db')
  writeFileSync(spoiled, 'no database '.repeat(1_000))
  expect(() => mirror.replaceWith(spoiled)).toThrow('not a database')
  expect(mirror.about('word')).toBe('old')
})

it('what a power cut has left of an old mirror is gone after the next start', () => {
  mirror.close()
  writeFileSync(join(folder, 'mirror.db-old'), 'the mirror of last month')
  mirror = new Mirror(join(folder, 'mirror.db'), MIGRATIONS)
  expect(existsSync(join(folder, 'mirror.db-old'))).toBe(false)
  expect(mirror.about('word')).toBe('old')
})

it('what is left of an old mirror and cannot be removed keeps no shop from opening, and no new mirror from its place', () => {
  mirror.close()
  // Nothing removes a folder with something in it, as Windows removes no file that somebody reads.
  mkdirSync(join(folder, 'mirror.db-old'))
  writeFileSync(join(folder, 'mirror.db-old', 'held'), 'by a virus scanner')
  const said = vi.spyOn(console, 'error').mockReturnValue()
  try {
    mirror = new Mirror(join(folder, 'mirror.db'), MIGRATIONS)
    expect(mirror.about('word')).toBe('old')
    mirror.replaceWith(ready('newer'))
    expect(mirror.about('word')).toBe('newer')
    expect(said).toHaveBeenCalledTimes(2)
  } finally {
    said.mockRestore()
  }
})
