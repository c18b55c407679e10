import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

/** What one of the engines that the centre shall run on lacks, or means differently; each with why. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:LISTEN|NOTIFY|UNLISTEN)\b(?=\s+\w)/, 'takes a lock on every commit; missing on CockroachDB'],
  [/\bpg_(?:try_)?advisory_\w+/i, 'local to a node on Citus, missing on CockroachDB'],
  [/\b(?:xid8|xmin|ctid|pg_snapshot\w*|pg_current_xact_id|txid_\w+)\b/i, 'local to a node'],
  [/\bSKIP LOCKED\b/i, 'missing on distributed engines'],
  [/\b(?:CREATE|ALTER) SEQUENCE\b|\bserial\s+PRIMARY|\bGENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY\b|\bnextval\b/i, 'a sequence is no order'],
  [/\bCREATE (?:OR REPLACE )?(?:FUNCTION|TRIGGER|PROCEDURE)\b|\bLANGUAGE plpgsql\b|\bDO \$\$/i, 'missing on Aurora DSQL'],
  [/\bSAVEPOINT\b/i, 'missing on Aurora DSQL'],
  [/\bLOCK TABLE\b|\bTRUNCATE\b|\bCREATE TEMP/i, 'missing on distributed engines'],
  [/\bDEFERRABLE\b|\bREFERENCES\s+\w+/i, 'not across distribution keys'],
  [/\bnow\(\)|\bclock_timestamp\(\)|\bCURRENT_TIMESTAMP\b|\brandom\(\)/i, 'time and chance are parameters'],
  [/\bUNIQUE\b/, 'not across distribution keys: only primary keys are unique'],
]

const sqlOf = (file: string): string[] => {
  const text = readFileSync(file, 'utf8')
  if (file.endsWith('.sql')) return [text.replaceAll(/--.*$/gm, '')]
  const found = text.matchAll(/(['"`])((?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WITH|TRUNCATE|LOCK|LISTEN|NOTIFY)\b(?:(?!\1)[\s\S])*)\1/g)
  return [...found].map((match) => match[2] ?? '')
}

const filesIn = (dir: string, ending: RegExp): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => ending.test(file)).map((file) => join(dir, file))

it('asks PostgreSQL for nothing that a distributed one would not do', () => {
  const files = [...filesIn(join(ROOT, 'hub'), /\.ts$/), ...filesIn(join(ROOT, 'migrations/hub'), /\.sql$/)]
  const wrong = files.flatMap((file) =>
    sqlOf(file).flatMap((sql) => BANNED.filter(([pattern]) => pattern.test(sql)).map(([pattern, why]) => `${file.slice(ROOT.length + 1)}: ${String(pattern.exec(sql)?.[0])}: ${why}`)),
  )
  expect(files.length).toBeGreaterThan(15)
  expect(files.flatMap(sqlOf).length).toBeGreaterThan(40)
  expect(wrong).toEqual([])
})

it('would find one', () => {
  for (const sql of ["SELECT pg_advisory_lock(1)", 'LISTEN feed', 'SELECT xmin FROM unit', 'CREATE TABLE a (b text UNIQUE)', 'SELECT now()'])
    expect(BANNED.some(([pattern]) => pattern.test(sql)), sql).toBe(true)
})
