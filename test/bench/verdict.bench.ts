import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openGround } from '../../electron/core/open-ground.ts'
import { judgeUnit, unitOf } from '../../electron/core/facts/judge.ts'
import type { Ground } from '../../electron/core/ground.ts'
import { readOptions } from '../../electron/core/options.ts'
import { BENCH_NOW, benchMirror } from '../support/bench-mirror.ts'

/** The slowest of a hundred, beside the least that any answer from the same file costs. */
interface VerdictBench {
  readonly name: string
  readonly promised_us: number | null
  readonly limitName: string
  measure(say: (sentence: string) => void): { readonly median_us: number; readonly limit_us: number }
}

const UNITS = 1_000_000
const LOOKS = 10_000
const MIGRATIONS = join(import.meta.dirname, '../../migrations')

interface World {
  readonly ground: Ground
  readonly unitIds: readonly string[]
  readonly limit_us: number
}

let opened: World | null = null

/** A whole till on the mirror of a million: journal, rules, flags and history as in the shop. */
function world(say: (sentence: string) => void): World {
  if (opened !== null) return opened
  const folder = mkdtempSync(join(tmpdir(), 'countermark-verdict-'))
  copyFileSync(benchMirror(UNITS, say), join(folder, 'mirror.db'))
  const options = readOptions(['--data', folder, '--no-open'])
  if (options === 'help') throw new Error('no help is wanted')
  const ground = openGround(options, MIGRATIONS, { now: () => Date.parse(BENCH_NOW), after: () => () => undefined }, true)
  process.on('exit', () => {
    ground.store.close()
    ground.mirror.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const db = new Database(join(folder, 'mirror.db'), { readonly: true })
  const unitIds = (db.prepare("SELECT id FROM units WHERE id LIKE '%3' LIMIT 60000").pluck().all() as string[]).filter((_, n) => n % 6 === 0).slice(0, LOOKS)
  const find = db.prepare('SELECT unit_id FROM unit_aliases WHERE unit_id = ?')
  const limit_us = slowest(unitIds, (id) => find.get(id) !== undefined)
  db.close()
  opened = { ground, unitIds, limit_us }
  return opened
}

/** Whatever else runs on the machine only ever makes a look slower, so each piece counts by the best of so many. */
const ROUNDS = 3

/** The 99th of a hundred pieces, in microseconds, after as many looks that warm the engine up. */
function slowest(ids: readonly string[], look: (id: string) => boolean): number {
  for (const id of ids.slice(0, 2_000)) look(id)
  const best = ids.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round += 1)
    ids.forEach((id, at) => {
      const began = process.hrtime.bigint()
      const found = look(id)
      best[at] = Math.min(best[at] ?? 0, Number(process.hrtime.bigint() - began) / 1_000)
      if (!found) throw new Error(`${id} was not judged`)
    })
  return best.sort((a, b) => a - b)[Math.floor(best.length * 0.99)] ?? Number.NaN
}

export const benches: readonly VerdictBench[] = [
  {
    name: 'p99 of a verdict on a return, from the mirror of 1,000,000, with its facts, history and rules',
    promised_us: 5_000,
    limitName: 'p99 of one prepared SQLite lookup',
    measure: (say) => {
      const { ground, unitIds, limit_us } = world(say)
      const judge = (unitId: string): boolean => {
        const unit = unitOf(ground, unitId)
        return unit !== null && judgeUnit(ground, 'return', unit, null).verdict.reasons.length > 0
      }
      return { median_us: slowest(unitIds, judge), limit_us }
    },
  },
]
