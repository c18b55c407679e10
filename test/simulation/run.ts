// `npm run test:simulation`: as many lives of tills and centre as are asked for. SEEDS=n (or --seeds n), SEED_START=k, and how long
// each of them is: --steps n. --found begins
// with the lives in which something was wrong once.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FOUND } from './fixtures.ts'
import { live, openStage, STEPS } from './world.ts'
import { quickFolder } from '../support/quick-folder.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string' }, start: { type: 'string' }, steps: { type: 'string' }, found: { type: 'boolean' } } })
const seeds = Number(values.seeds ?? process.env['SEEDS'] ?? 150)
const start = Number(values.start ?? process.env['SEED_START'] ?? 1)
const steps = Number(values.steps ?? STEPS)
const folder = mkdtempSync(join(quickFolder(), 'countermark-simulation-'))
const began = performance.now()
let events = 0
let conflicts = 0
try {
  const stage = await openStage(folder)
  // Lives in which something was wrong once.
  for (const [seed] of values.found ? FOUND : []) await live(stage, seed)
  for (let seed = start; seed < start + seeds; seed += 1) {
    const course = await live(stage, seed, steps)
    events += course.events
    conflicts += course.conflicts
  }
  console.log(`${seeds} lives from seed ${start}: ${events} events, ${conflicts} conflicts, all invariants hold, ${Math.round((performance.now() - began) / 1_000)} s`)
} catch (error) {
  console.error(error instanceof Error ? (process.env['TRACE'] ? error.stack : error.message) : error)
  if (process.env['TRACE'] && error instanceof Error) console.error((error.cause as Error | undefined)?.stack?.slice(0, 1_500))
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
