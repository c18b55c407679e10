import Database from 'better-sqlite3'
import { closeDatabase, openDatabase } from './open-database.ts'
import type { Reserve } from './reserve.ts'

declare const may: unique symbol

/** A database one may look into. */
export type Reading = Database.Database & { readonly [may]?: 'read' | 'write' }
/** The right to write is a type: it exists only inside `store.write(...)`. */
export type Writing = Database.Database & { readonly [may]: 'write' }

/**
 * The precious file. Everything happens in one synchronous turn: `write` runs its body inside one immediate
 * transaction, so what was looked at, decided and written are one fact, and nothing can come between.
 */
export class Store {
  readonly reading: Reading
  readonly #db: Database.Database
  readonly #reserve: Reserve | null
  #isFull = false
  #last: ((db: Writing) => void) | null = null
  #isBroken = false
  #onBroken: () => void = () => undefined

  constructor(file: string, migrationsDir: string, reserve: Reserve | null = null) {
    this.#db = openDatabase(file, migrationsDir, 'precious')
    this.#reserve = reserve
    this.#isFull = reserve !== null && !reserve.fill()
    this.reading = this.#db
  }

  /**
   * Runs `body` in one durable transaction: when this returns, a power cut no longer undoes it. On a full disk the
   * reserve is given back and the transaction tried once more; SQLite has undone the first try. Throws `DiskFull`
   * when that does not help either, and nothing was written. Throws `DiskFailed` when the disk did not do what it was
   * asked for: what the system holds of the file is then not to be believed, so nothing is written any more before it
   * was opened anew, and no call that failed is made again.
   */
  write<T>(body: (db: Writing) => T): T {
    if (this.#isBroken) throw new DiskFailed(null)
    const transaction = this.#db.transaction(() => {
      const result = body(this.#db as Writing)
      this.#last?.(this.#db as Writing)
      return result
    })
    try {
      return transaction.immediate()
    } catch (error) {
      if (!isFull(error)) throw this.#judged(error)
      this.#isFull = true
      if (!this.#reserve?.release()) throw new DiskFull(error)
    }
    try {
      return transaction.immediate()
    } catch (error) {
      throw isFull(error) ? new DiskFull(error) : this.#judged(error)
    }
  }

  /** Called once, a turn later, when the file has to be opened anew. */
  whenBroken(call: () => void): void {
    this.#onBroken = call
  }

  #judged(error: unknown): unknown {
    if (!isFailure(error)) return error
    if (!this.#isBroken) setImmediate(this.#onBroken)
    this.#isBroken = true
    return new DiskFailed(error)
  }

  /** What is done at the end of every transaction, inside of it: a fact and the letter that tells of it are one. */
  endEachWith(last: (db: Writing) => void): void {
    this.#last = last
  }

  /** True since the disk was found full: somebody has to make room before the reserve is used up too. */
  get isFull(): boolean {
    return this.#isFull
  }

  get file(): string {
    return this.#db.name
  }

  close(): void {
    if (this.#isBroken) this.#db.close()
    else closeDatabase(this.#db)
  }
}

/** The disk did not take a transaction, or gave back what is no file of ours. How it stands is known after the next opening. */
export class DiskFailed extends Error {
  constructor(cause: unknown) {
    super('the disk has failed', { cause })
    this.name = 'DiskFailed'
  }
}

/** The disk has no room left, not even in the reserve. Nothing of the transaction was written. */
export class DiskFull extends Error {
  constructor(cause: unknown) {
    super('the disk is full', { cause })
    this.name = 'DiskFull'
  }
}

const isFull = (error: unknown): boolean => error instanceof Database.SqliteError && error.code === 'SQLITE_FULL'

const isFailure = (error: unknown): boolean => error instanceof Database.SqliteError && /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(error.code)

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** The statement for this SQL, prepared once a connection. */
export function sql(db: Reading, text: string): Database.Statement {
  let known = statements.get(db)
  if (!known) statements.set(db, (known = new Map()))
  let statement = known.get(text)
  if (!statement) known.set(text, (statement = db.prepare(text)))
  return statement
}
