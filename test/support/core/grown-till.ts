import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { openDatabase } from '../../../electron/core/store/open-database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')

export interface GrownTill {
  readonly db: Database.Database
  close(): void
}

/**
 * The precious file of a till that was in use before a migration came, and then got it: `wrote` is the SQL of what it
 * had done by then. `number` is the migration's four digits; the file is left as that one makes it, or as the newest does.
 */
export function grownTill(number: string, wrote: string, until: 'that' | 'newest' = 'that'): GrownTill {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-grown-'))
  const taken = (name: string, isTaken: (file: string) => boolean): string => {
    const dir = join(folder, name)
    mkdirSync(dir)
    for (const file of readdirSync(MIGRATIONS).filter(isTaken)) cpSync(join(MIGRATIONS, file), join(dir, file))
    return dir
  }
  const file = join(folder, 'shop.db')
  const old = openDatabase(file, taken('before', (name) => name < number), 'precious')
  old.exec(wrote)
  old.close()
  const db = openDatabase(file, until === 'newest' ? MIGRATIONS : taken('after', (name) => name.slice(0, number.length) <= number), 'precious')
  return {
    db,
    close: () => {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
