import { describe, expect, it } from 'vitest'
import { cutPower, whyNoStrace } from '../../support/power/power-run.ts'

const why = whyNoStrace()

/** `npm run test:power` cuts the power some thousand times. */
describe.skipIf(why !== null)(`the power goes in the middle of selling${why === null ? '' : ` (not replayed here: ${why})`}`, { timeout: 300_000 }, () => {
  it('P76: and no receipt that had left is missing, whatever the disk had not been waited for', async () => {
    const report = await cutPower('FULL', 25, 400, 20_261_122)
    expect(report.faults).toEqual([])
    expect(report.promised).toBeGreaterThan(20)
    expect(report.syncs).toBeGreaterThan(report.promised)
  })

  it('and the same till that does not wait for the disk loses receipts: the replay finds what it looks for', async () => {
    const { faults } = await cutPower('NORMAL', 25, 60, 20_261_122)
    expect(faults.filter((fault) => fault.includes('is on paper and not in the books'))).not.toEqual([])
  })
})
