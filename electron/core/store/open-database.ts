import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'

/** Why a file cannot be used, in words a person at the till can act on. Nothing has been changed when it is thrown. */
export class StorageFault extends Error {
  readonly code: 'newer-than-program' | 'unreadable' | 'damaged' | 'migration-changed' | 'not-durable'
  constructor(code: StorageFault['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageFault'
    this.code = code
  }
}

interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** The precious file survives a power cut at any instant; the mirror is only a copy and may lose its last moments. */
export type Durability = 'precious' | 'disposable'

/**
 * Opens (and where needed creates and migrates) one SQLite file.
 * A precious file is checked first, copied aside before it is migrated, and refused when it is damaged or a newer
 * program has written it. `upTo`: with the tables of an older version, for what was read out of such a file.
 */
export function openDatabase(file: string, migrationsDir: string, durability: Durability, upTo = Number.POSITIVE_INFINITY): Database.Database {
  const migrations = readMigrations(migrationsDir).filter(({ version }) => version <= upTo)
  const isNew = !existsSync(file)
  const db = opened(file)
  try {
    refuseNewer(db, file, migrations)
    if (!isNew && durability === 'precious') refuseDamaged(db)
    sayPragmas(db, durability)
    const due = dueMigrations(db, migrations)
    if (due.length > 0 && !isNew && durability === 'precious') {
      db.pragma('wal_checkpoint(TRUNCATE)')
      copyFileSync(file, `${file}.before-${String(due[0]?.version).padStart(4, '0')}`)
    }
    for (const migration of due) apply(db, migration)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Closes with what SQLite learnt about its indexes kept, and the log folded into the file. */
export function closeDatabase(db: Database.Database): void {
  if (!db.open) return
  db.pragma('optimize')
  db.close()
}

function opened(file: string): Database.Database {
  try {
    return new Database(file)
  } catch (error) {
    throw new StorageFault('unreadable', `The file ${file} cannot be opened: ${String(error)}`, { cause: error })
  }
}

/** A database that was in WAL mode reopens with synchronous=NORMAL, which loses printed receipts in a power cut. */
function sayPragmas(db: Database.Database, durability: Durability): void {
  try {
    db.pragma('journal_mode = WAL')
    db.pragma(`synchronous = ${durability === 'precious' ? 'FULL' : 'NORMAL'}`)
    // Changes come to pieces all over a mirror: with SQLite's own 2 MB its pages are written out several times on the way.
    if (durability === 'disposable') db.pragma('cache_size = -32768')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    db.pragma('busy_timeout = 5000')
  } catch (error) {
    throw notUsable(db.name, error)
  }
  const synchronous = db.pragma('synchronous', { simple: true })
  if (durability === 'precious' && synchronous !== 2)
    throw new StorageFault('not-durable', `synchronous is ${String(synchronous)} and must be 2 (FULL)`)
}

function readMigrations(dir: string): Migration[] {
  return readdirSync(dir)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file, index) => {
      const sql = readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n')
      const version = Number(file.slice(0, 4))
      if (version !== index + 1) throw new Error(`migration numbers have a gap at ${file}`)
      return { version, name: basename(file, '.sql'), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Before anything is set: even turning the log on would change a file we have no business with. */
function refuseNewer(db: Database.Database, file: string, migrations: readonly Migration[]): void {
  const version = versionOf(db)
  if (version > migrations.length)
    throw new StorageFault(
      'newer-than-program',
      `The data in ${file} was written by a newer Countermark (version ${version}, this one knows ${migrations.length}). ` +
        'Install the newer program; nothing was changed.',
    )
}

function versionOf(db: Database.Database): number {
  try {
    return db.pragma('user_version', { simple: true }) as number
  } catch (error) {
    throw notUsable(db.name, error)
  }
}

/** Every page that a table or an index hangs on is looked at before the shop is believed. */
function refuseDamaged(db: Database.Database): void {
  let said: unknown
  try {
    said = db.pragma('quick_check(1)', { simple: true })
  } catch (error) {
    throw notUsable(db.name, error)
  }
  if (said !== 'ok') throw new StorageFault('damaged', `The file ${db.name} is damaged: ${String(said)}`)
}

/** What SQLite cannot make sense of. */
export const isDamage = (error: unknown): boolean => error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)

/** What SQLite may not open is only not to be had. */
function notUsable(file: string, error: unknown): StorageFault {
  return new StorageFault(isDamage(error) ? 'damaged' : 'unreadable', `The file ${file} is not a database: ${String(error)}`, { cause: error })
}

function dueMigrations(db: Database.Database, migrations: readonly Migration[]): readonly Migration[] {
  const version = versionOf(db)
  if (version === 0) return migrations
  const done = db.prepare('SELECT version, checksum FROM migrations').all() as { version: number; checksum: string }[]
  for (const { version: number, checksum } of done) {
    const migration = migrations[number - 1]
    if (migration && migration.checksum !== checksum)
      throw new StorageFault('migration-changed', `Migration ${migration.name} was changed after it had been applied.`)
  }
  return migrations.slice(version)
}

function apply(db: Database.Database, migration: Migration): void {
  db.transaction(() => {
    db.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT')
    db.exec(migration.sql)
    db.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(migration.version, migration.name, migration.checksum)
    db.pragma(`user_version = ${migration.version}`)
  }).immediate()
}
