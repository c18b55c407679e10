// `npm run test:monkey`: as many walks over the calls of a till as are asked for. --seeds n, --start k, and how long each
// of them is: --steps n. --go-on tells every walk that fails instead of the first; --tally what was tried, done and refused.
import { parseArgs } from 'node:util'
import { Stage } from '../support/monkey/stage.ts'
import { emptyTally, walk } from '../support/monkey/walk.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, start: { type: 'string' }, steps: { type: 'string' }, 'go-on': { type: 'boolean' }, tally: { type: 'boolean' } },
})
const seeds = Number(values.seeds ?? 100)
const start = Number(values.start ?? 1)
const steps = Number(values.steps ?? 200)
const began = performance.now()
const tally = emptyTally()
const stage = await Stage.open()
let failed = 0
try {
  for (let seed = start; seed < start + seeds && (failed === 0 || values['go-on'] === true); seed += 1)
    await walk(stage, seed, steps, tally).catch((error: unknown) => {
      failed += 1
      console.error(error instanceof Error ? error.message : error)
    })
} finally {
  stage.remove()
}
if (values.tally === true)
  for (const [name, tried] of tally.tried) console.log(`${String(tried).padStart(6)} tried ${String(tally.done.get(name) ?? 0).padStart(6)} done  ${name}`)
console.log(failed === 0 ? `${seeds} walks from seed ${start}: every call was answered, ${Math.round((performance.now() - began) / 1_000)} s` : `${failed} walks failed`)
process.exit(failed === 0 ? 0 : 1)
