import { describe, expect, it } from 'vitest'
import { cutPower } from '../../support/power/power-run.ts'
import { whyNoStrace } from '../../support/power/replay.ts'
import { cutSwaps } from '../../support/power/swap-run.ts'

const why = whyNoStrace()

/** `npm run test:power` cuts the power some thousand times. */
describe.skipIf(why !== null)('the power goes while the mirror that the centre made takes the place of the one in use', { timeout: 300_000 }, () => {
  it('P76: and the till opens with one of the two whole, and with all that it sold', async () => {
    const report = await cutSwaps('careful', 20, 100, 20_261_123)
    expect(report.faults).toEqual([])
    expect(report.promised).toBeGreaterThan(10)
  })
})

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
