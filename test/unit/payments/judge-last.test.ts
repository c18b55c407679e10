import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeLast } from '../../../electron/core/payments/judge-last.ts'
import type { LastResult } from '../../../native/terminals/payment-terminal.ts'
import { NO_DETAILS } from '../../../native/terminals/payment-terminal.ts'

const asked = { amount_cents: 1_999, currency: 'EUR', receipt_before: 470, othersSince: false }
const last = (receipt: number | null, amount_cents: number | null, approved = true, currency: string | null = 'EUR'): LastResult => ({
  told: true, approved, details: { ...NO_DETAILS, receipt, amount_cents, currency },
})

describe('what a terminal’s last transaction says of a payment that nobody knows the end of', () => {
  it('is paid when there is a new receipt over the very amount, and not paid when that was a no', () => {
    expect(judgeLast(asked, last(471, 1_999))).toBe('paid')
    expect(judgeLast(asked, last(471, 1_999, true, null))).toBe('paid')
    expect(judgeLast(asked, last(471, 1_999, false))).toBe('not-paid')
  })

  it('is not paid when the last receipt is still the one from before, even over the same amount', () => {
    expect(judgeLast(asked, last(470, 1_999))).toBe('not-paid')
    expect(judgeLast(asked, last(470, 5))).toBe('not-paid')
  })

  it('is for a person when the terminal was asked for other money since, unless nothing at all was booked', () => {
    const behind = { ...asked, othersSince: true }
    expect(judgeLast(behind, last(471, 1_999))).toBe('unknown')
    expect(judgeLast(behind, last(471, 1_999, false))).toBe('unknown')
    expect(judgeLast(behind, last(470, 1_999))).toBe('not-paid')
  })

  it('is for a person when the terminal cannot say, or says something else', () => {
    expect(judgeLast(asked, { told: false, why: 'cannot-say' })).toBe('unknown')
    expect(judgeLast(asked, last(471, 2_000))).toBe('unknown')
    expect(judgeLast(asked, last(471, null))).toBe('unknown')
    expect(judgeLast(asked, last(471, 1_999, true, 'CHF'))).toBe('unknown')
    expect(judgeLast(asked, last(null, 1_999))).toBe('unknown')
    expect(judgeLast({ ...asked, receipt_before: null }, last(471, 1_999))).toBe('unknown')
  })

  it('never calls a payment paid without a yes, a new number and the amount', () => {
    const number = fc.option(fc.integer({ min: 0, max: 9_999 }))
    fc.assert(
      fc.property(number, number, fc.nat(5), fc.nat(5), fc.boolean(), fc.boolean(), (before, receipt, amount, said, approved, others) => {
        const judged = judgeLast({ amount_cents: amount, currency: 'EUR', receipt_before: before, othersSince: others }, last(receipt, said, approved))
        if (judged === 'paid') expect([approved, said, others, before === null, receipt === null, receipt === before]).toEqual([true, amount, false, false, false, false])
      }),
    )
  })
})
