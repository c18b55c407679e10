import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LogFolding } from './log-folding.ts'
import type { Mirror } from './mirror.ts'

/**
 * To be done before a file takes the place of this one, beside the shop, with nothing written here from then on. A disk
 * may keep the new name of a file and forget that the log of the one before was removed: whoever opens the new file then
 * would put pages of the old one into it. A log that is empty on the disk does no harm.
 */
export async function emptyLog(mirror: Mirror): Promise<void> {
  const { name } = mirror.reading
  const log = new LogFolding(name)
  try {
    await log.empty()
  } finally {
    await log.end()
  }
  await sync(`${name}-wal`, 'r+')
}

/**
 * To be done after `replaceWith`, before anything is written: a disk may forget the new name and keep the log that was
 * begun under it, and whoever opens the old file would put pages of the new one into it. Windows keeps names by itself.
 */
export async function keepName(mirror: Mirror): Promise<void> {
  if (process.platform !== 'win32') await sync(dirname(mirror.reading.name), 'r')
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
