import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_SEED, makeDemoMirror } from '../../electron/core/demo/make-demo-mirror.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations/mirror')
/** A fixed moment, so that the file made once is the file of every later run. */
export const BENCH_NOW = '2026-11-22T03:00:00.000Z'

/**
 * A demo mirror of so many units, made once and kept under the system's folder for temporary files: a million take a
 * minute and a gigabyte. Its name holds everything that it is made of, so that an old one is never taken for a new one.
 */
export function benchMirror(units: number, say: (sentence: string) => void): string {
  const folder = join(tmpdir(), 'countermark-bench')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `mirror-${DEMO_SEED}-${units}-${schemaMark()}.db`)
  if (existsSync(file)) return file
  say(`making a demo mirror of ${units.toLocaleString('en')} units once, in ${folder} …`)
  makeDemoMirror(file, MIGRATIONS, { seed: DEMO_SEED, units, now: BENCH_NOW })
  return file
}

function schemaMark(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(join(MIGRATIONS, file)))
  return hash.digest('hex').slice(0, 12)
}
