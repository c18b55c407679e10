import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import {
  aged, at, atCustomer, facts, flag, IN_STOCK, layer, NOW, outside, POLICY, purchase, returned, sold, stranger, THERE, transferred, WITH_CUSTOMER,
} from './facts-of-a-piece.ts'

const told = (intent: Parameters<typeof decide>[0], of: VerdictFacts, now = NOW): string => {
  const verdict: Verdict = decide(intent, of, POLICY, now)
  const first = verdict.reasons[0]
  return first === undefined ? verdict.outcome : `${verdict.outcome}: ${first} ${verdict.findings[first].answer}/${verdict.findings[first].reason}`
}

/** The places where the models of others break, each told to the verdict. */
describe('where the models of others break', () => {
  it('5.3: the same serial of two makers: asked, never guessed', () => {
    const two = stranger({ is: 'ambiguous', candidates: 2 })
    for (const intent of ['sell', 'return', 'check', 'claim'] as const) expect(decide(intent, two, POLICY, NOW).outcome).not.toBe('accept')
    expect(decide('check', two, POLICY, NOW).findings.identity).toMatchObject({ answer: 'ambiguous', params: { candidates: 2 } })
  })

  it('5.3: a relabelled unit scanned by its old label: the same piece, and a person at the kiosk', () => {
    const old = { identity: { is: 'unit', matchedBy: 'serial', retiredLabel: 'OLD-1' } } as const
    expect(decide('return', atCustomer(3, {}, old), POLICY, NOW)).toMatchObject({ outcome: 'accept', findings: { identity: { reason: 'known-by-old-label', evidence: ['OLD-1'] } } })
    expect(told('return', atCustomer(3, {}, { ...old, ...at('kiosk') }))).toBe('ask-staff: identity known-unit/known-by-old-label')
  })

  it('5.3: a serial sold offline in two stores: the contradiction asks, whoever brings it', () => {
    expect(told('return', atCustomer(3, {}, { contradictions: ['sold-twice'] }))).toBe('ask-staff: authenticity suspect/contradiction')
    expect(decide('return', atCustomer(3, {}, { contradictions: ['sold-twice'] }), POLICY, NOW).quiet).toBe(false)
  })

  it('5.3: a return in store B of an offline sale in store A: ours where we know of it, never "not ours" where we do not', () => {
    expect(told('return', atCustomer(3, { title: sold(3, { storeId: THERE }) }))).toBe('accept: stolen clear/no-flag')
    expect(decide('return', facts({ custody: { at: 'unknown' }, title: { is: 'unknown' } }), POLICY, NOW)).toMatchObject({ outcome: 'ask-staff', findings: { purchase: { answer: 'unknown' } } })
  })

  it('5.3: a second return of the same unit during an outage: refused by what this till did itself', () => {
    expect(told('return', facts({ custody: IN_STOCK, title: returned(0) }, { source: 'till', ...aged(9) }))).toBe('refuse: purchase already-returned/returned-on')
  })

  it('5.3: a unit refunded but refused by the inspection is not sold, and does not come back a second time', () => {
    const inspected = facts({ custody: IN_STOCK, title: returned(2), condition: 'damaged' })
    expect(decide('sell', inspected, POLICY, NOW).outcome).not.toBe('accept')
    expect(decide('return', inspected, POLICY, NOW).outcome).toBe('refuse')
  })

  it('5.3: a replacement unit returned later has the sale and the cover it inherited', () => {
    const replacement = atCustomer(3, { title: sold(20), cover: [layer('legal', 20, 710), layer('maker', 20, 345)] })
    expect(decide('return', replacement, POLICY, NOW)).toMatchObject({ outcome: 'accept', findings: { warranty: { answer: 'covered' } } })
    expect(decide('return', atCustomer(3, { title: sold(40) }), POLICY, NOW).findings.purchase.reason).toBe('window-over')
  })

  it('5.3: the trade-in of a unit we sold is welcome; of one that is still ours it is refused', () => {
    expect(decide('trade-in', atCustomer(300), POLICY, NOW).outcome).toBe('accept')
    expect(told('trade-in', facts())).toBe('refuse: purchase ours-not-sold/not-sold-yet')
  })

  it('5.3: a unit stolen from our own stock and brought to our kiosk: quiet, and it does not leave again', () => {
    const verdict = decide('return', facts({ flags: [flag('stolen-own')] }, at('kiosk')), POLICY, NOW)
    expect(verdict).toMatchObject({ outcome: 'refuse', quiet: true, next: 'police-hold', reasons: expect.arrayContaining(['stolen']) as string[] })
  })

  it('5.3: a recalled unit already in a parked cart may not leave', () => {
    expect(told('sell', facts({ flags: [flag('recall', { reference: 'RC-7' })] }))).toBe('refuse: recall affected/campaign-affects')
  })

  it('5.3: a warranty query for an erased customer: the cover belongs to the piece', () => {
    expect(decide('check', atCustomer(100, { title: transferred(90) }), POLICY, NOW).findings.warranty.answer).toBe('covered')
  })

  it('a unit returned while its sale is still unsent: this till knows its own sale', () => {
    expect(told('return', atCustomer(0, { title: { is: 'sold', purchase: purchase(0.01) } }, { source: 'till', ...aged(0.5) }))).toBe('accept: stolen clear/no-flag')
  })

  it('a clock wrong by a year, either way: staff are asked for the reason of the clock, never told "the window is over"', () => {
    const ahead = new Date(Date.parse(NOW) + 365 * 86_400_000).toISOString()
    const behind = new Date(Date.parse(NOW) - 365 * 86_400_000).toISOString()
    expect(told('return', atCustomer(2, {}, { clock: 'suspect' }), ahead)).toBe('ask-staff: purchase ours-sold/clock-suspect')
    expect(decide('return', atCustomer(2, {}, { clock: 'suspect' }), POLICY, ahead).findings.purchase.reason).not.toBe('window-over')
    expect(decide('return', atCustomer(2), POLICY, behind)).toMatchObject({ outcome: 'ask-staff', findings: { purchase: { reason: 'clock-wrong' } } })
    expect(decide('claim', atCustomer(100, {}, { clock: 'suspect' }), POLICY, ahead)).toMatchObject({ outcome: 'ask-staff', findings: { warranty: { reason: 'clock-suspect' } } })
  })
})

describe('returns as the users of other tills complain of them', () => {
  it('P37 P38 P42: the serial is the return: without it a person is asked, with it nobody is', () => {
    expect(decide('return', stranger({ is: 'product' }), POLICY, NOW).outcome).toBe('ask-staff')
    expect(decide('return', atCustomer(3), POLICY, NOW).outcome).toBe('accept')
  })

  it('P39: the next refund is never of the piece that came back already', () => {
    expect(told('return', facts({ custody: IN_STOCK, title: returned(1) }))).toBe('refuse: purchase already-returned/returned-on')
  })

  it('P44: a returned unit may be sold again once it was inspected, without being made anew', () => {
    expect(decide('sell', facts({ custody: IN_STOCK, title: returned(5), condition: 'open-box' }), POLICY, NOW)).toMatchObject({ outcome: 'accept', next: 'customer' })
    expect(decide('sell', facts({ custody: IN_STOCK, title: returned(5), condition: 'to-inspect' }), POLICY, NOW).outcome).toBe('ask-staff')
  })

  it('P46: the piece alone is enough; the receipt stands in the evidence', () => {
    expect(decide('return', atCustomer(3), POLICY, NOW).findings.purchase).toMatchObject({ answer: 'ours-sold', evidence: ['B1-R000007'] })
  })

  it('P47: an article that was deleted meanwhile does not stop the return of its piece', () => {
    expect(decide('return', atCustomer(3, {}, { product: null }), POLICY, NOW).outcome).toBe('accept')
  })

  it('P58 P65: one number answers whether it is ours, when and where it was sold, and its warranty', () => {
    expect(decide('check', atCustomer(3), POLICY, NOW).findings).toMatchObject({
      purchase: { answer: 'ours-sold', params: { store: 'Berlin', receipt: 'B1-R000007' } }, warranty: { answer: 'covered' },
    })
  })

  it('P60 P61: cover counts by its own dates, whatever repairs and replacements came in between', () => {
    const repaired = atCustomer(700, { cover: [layer('legal', 700, 30), layer('repair', 20, 70)] })
    expect(decide('claim', repaired, POLICY, NOW).findings.warranty).toMatchObject({ answer: 'covered', params: { layer: 'repair' } })
    const over = atCustomer(800, { cover: [layer('legal', 800, -70)] })
    expect(decide('claim', over, POLICY, NOW).findings.warranty.answer).toBe('ended')
  })

  it('P62: a traded-in device shows the cover it brought along', () => {
    expect(decide('check', facts({ custody: IN_STOCK, condition: 'refurbished', cover: [layer('maker', 100, 265)] }), POLICY, NOW).findings.warranty.answer).toBe('covered')
  })

  it('P69: a claim on what was never sold by us is a question, and on our own stock a refusal', () => {
    expect(decide('claim', stranger({ is: 'unknown' }), POLICY, NOW).outcome).toBe('ask-staff')
    expect(decide('claim', facts(), POLICY, NOW).outcome).toBe('refuse')
  })

  it('P59: a serial kept for its warranty alone is known by it, also where nobody counted it as stock', () => {
    expect(decide('claim', atCustomer(30, { custody: WITH_CUSTOMER }), POLICY, NOW).outcome).toBe('accept')
    const unreceived = [{ at: 'unknown' }, { at: 'expected', storeId: 'store-elsewhere' }] as const
    const sell = (stockNotBySerial: string[]) => unreceived.map((custody) => decide('sell', facts({ custody, title: { is: 'unknown' } }), { ...POLICY, stockNotBySerial }, NOW).outcome)
    expect(sell(['*'])).toEqual(['accept', 'accept'])
    expect(sell(['some other kind'])).toEqual(['ask-staff', 'ask-staff'])
  })

  it('P45: what may be refunded alone is bounded by the seat when the knowledge is old', () => {
    const old = (paid: number, seat: 'counter' | 'kiosk') => atCustomer(3, { title: sold(3, { paid_cents: cents(paid) }) }, { ...aged(9), ...at(seat) })
    expect(decide('return', old(14_900, 'kiosk'), POLICY, NOW).outcome).toBe('accept')
    expect(decide('return', old(15_100, 'kiosk'), POLICY, NOW).outcome).toBe('ask-staff')
    expect(decide('return', old(15_100, 'counter'), POLICY, NOW).outcome).toBe('accept')
  })

  it('a register that does not answer is never taken for a clear one', () => {
    for (const said of ['unreachable', 'not-kept'] as const)
      expect(decide('check', atCustomer(3, {}, { outside: [outside({ asks: 'stolen', said })] }), POLICY, NOW).findings.stolen.answer).toBe('unknown')
  })
})
