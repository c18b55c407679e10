import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** For the till's user alone. */
const OWNER_ONLY = 0o600

/**
 * The whole file anew beside the old one, on the disk before it takes its place: whenever the power goes, one of the
 * two is there whole. Only the till's user may read it.
 */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.new`
  const handle = openSync(beside, 'w', OWNER_ONLY)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, file)
  syncFolder(dirname(file))
}

/** A rename is safe once its folder is on the disk. Windows has no such call, and needs none. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
