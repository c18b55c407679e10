import type Database from 'better-sqlite3'
import { closeDatabase, openDatabase } from './open-database.ts'

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

  constructor(file: string, migrationsDir: string) {
    this.#db = openDatabase(file, migrationsDir, 'precious')
    this.reading = this.#db
  }

  /** Runs `body` in one durable transaction: when this returns, a power cut no longer undoes it. */
  write<T>(body: (db: Writing) => T): T {
    return this.#db.transaction(() => body(this.#db as Writing)).immediate()
  }

  get file(): string {
    return this.#db.name
  }

  close(): void {
    closeDatabase(this.#db)
  }
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** The statement for this SQL, prepared once a connection. */
export function sql(db: Reading, text: string): Database.Statement {
  let known = statements.get(db)
  if (!known) statements.set(db, (known = new Map()))
  let statement = known.get(text)
  if (!statement) known.set(text, (statement = db.prepare(text)))
  return statement
}
