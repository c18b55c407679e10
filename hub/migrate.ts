import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Query } from './database.ts'

/** Where the numbered SQL files lie: beside the sources, or beside the built program. */
export function migrationsRoot(): string {
  const near = [join(import.meta.dirname, '../migrations'), join(import.meta.dirname, '../../migrations')]
  const found = near.find((dir) => existsSync(join(dir, 'hub')))
  if (found === undefined) throw new Error('The program is not whole: its migrations folder is missing. Install it again.')
  return found
}

interface Migration {
  readonly name: string
  readonly statements: readonly string[]
  readonly checksum: string
}

/**
 * Brings the centre's database up to this program: each `migrations/hub/NNNN-*.sql` once, in order, in a transaction of
 * its own. Numbers may have gaps, because rooms number their own. Two hubs that start together: the second waits for
 * the row the first has put in, and then finds the work done. A file that was changed after it was applied is refused.
 */
export async function migrate(db: Database, dir = join(migrationsRoot(), 'hub')): Promise<string[]> {
  await db.query('CREATE TABLE IF NOT EXISTS hub_migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at text NOT NULL)').catch(unlessThere)
  const done: string[] = []
  for (const migration of readMigrations(dir)) if (await db.transaction((tx) => apply(tx, migration))) done.push(migration.name)
  return done
}

/** How PostgreSQL tells the second of two that make a table in the same moment that its name, or its type's, is taken. */
const TAKEN = new Set(['23505', '42P07', '42710'])

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && TAKEN.has(String(error.code)))) throw error
}

async function apply(tx: Query, migration: Migration): Promise<boolean> {
  const fresh = await tx.touch('INSERT INTO hub_migration VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING', [
    migration.name, migration.checksum, new Date().toISOString(),
  ])
  if (fresh === 0) {
    const rows = await tx.query<{ checksum: string }>('SELECT checksum FROM hub_migration WHERE name = $1', [migration.name])
    if (rows[0]?.checksum !== migration.checksum) throw new Error(`Migration ${migration.name} was changed after it had been applied.`)
    return false
  }
  for (const statement of migration.statements) await tx.query(statement)
  return true
}

export function readMigrations(dir: string): Migration[] {
  return readdirSync(dir)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n')
      return { name: file.replace(/\.sql$/, ''), statements: statementsOf(text), checksum: createHash('sha256').update(text).digest('hex') }
    })
}

/** Statements end in a semicolon at the end of a line; the SQL lint forbids bodies that would need more than that. */
const statementsOf = (text: string): string[] =>
  text
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
