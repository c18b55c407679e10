import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makeDataDir } from './data-dir.ts'
import { StartFault } from './options.ts'

export const shopFile = (dataDir: string): string => join(dataDir, 'shop.db')
export const mirrorFile = (dataDir: string): string => join(dataDir, 'mirror.db')

/** Removes a database with the files SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

/**
 * Takes the data folder for this process alone. The lock is one that the operating system gives back when the process
 * dies, however it dies: an exclusive transaction on a small database of its own.
 */
export function takeDataFolder(dataDir: string): { release(): void } {
  try {
    makeDataDir(dataDir)
  } catch (error) {
    throw new StartFault(`The data folder ${dataDir} cannot be made: ${reason(error)}. Choose another with --data.`, { cause: error })
  }
  let db: Database.Database
  try {
    db = new Database(join(dataDir, 'in-use.db'), { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    if (isBusy(error))
      throw new StartFault(`Another Countermark is already running on ${dataDir}. Close it, or choose another folder with --data.`, { cause: error })
    throw new StartFault(`The data folder ${dataDir} cannot be written: ${reason(error)}. Choose another with --data.`, { cause: error })
  }
  return { release: () => void db.close() }
}

const isBusy = (error: unknown): boolean => error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
