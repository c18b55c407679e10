import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FOUND } from '../../simulation/fixtures.ts'
import { live, openStage, type Stage } from '../../simulation/world.ts'
import { quickFolder } from '../../support/quick-folder.ts'

let stage: Stage
const folder = mkdtempSync(join(quickFolder(), 'countermark-lives-'))
beforeAll(async () => {
  stage = await openStage(folder)
}, 60_000)
afterAll(async () => {
  await stage.hub.db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Of every five seeds one copies a till, one puts the centre back to an older day, one shuts a till out; `npm run test:simulation` lives longer and more. */
const SEEDS = Number(process.env['SEEDS'] ?? 100)
const SHORT = 120

it(`P76, P81: ${SEEDS} lives of four tills and a centre end with everything told, once, and everybody agreeing`, async () => {
  let events = 0
  let conflicts = 0
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const course = await live(stage, seed, SHORT)
    events += course.events
    conflicts += course.conflicts
  }
  // A world in which nothing happened would prove nothing.
  expect(events).toBeGreaterThan(SEEDS * 15)
  expect(conflicts).toBeGreaterThan(SEEDS)
}, 1_800_000)

it.each(FOUND)('the life of seed %i, where once %s', async (seed) => {
  expect((await live(stage, seed)).events).toBeGreaterThan(10)
}, 60_000)
