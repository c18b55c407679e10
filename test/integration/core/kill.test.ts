import { expect, it } from 'vitest'
import { killRuns } from '../../support/kill/kill-run.ts'

it('is killed 200 times at random moments of running sales and loses no receipt that reached the printer (P76)', { timeout: 600_000 }, async () => {
  const report = await killRuns(200, 4, 20_261_122)
  expect(report.faults).toEqual([])
  expect(report.sales).toBeGreaterThan(200)
  expect(report.returns).toBeGreaterThan(5)
  // Of each till's long lives at least one lasts until a receipt has come out.
  expect(report.seenOnPaper).toBeGreaterThan(3)
})
