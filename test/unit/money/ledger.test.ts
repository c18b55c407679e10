import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { ok } from '../../../contract/fault.ts'
import type { Deed } from '../../../electron/core/flows/deed.ts'
import { creditNumber, readCreditNumber } from '../../../electron/core/money/credit-number.ts'
import { balanceOf, giveBack, issueCredit, issueVoucher, mayRedeem, redeem, tellCredit } from '../../../electron/core/money/ledger.ts'
import { recordEntry } from '../../../electron/core/store/credits.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'

const RULES = {
  creditYears: 3, offlineCreditUpTo_cents: cents(5_000), creditUpTo_cents: cents(100_000), differenceReasonOver_cents: cents(500),
  drawerUpTo_cents: null, depositDays: 14,
}

let till: MoneyTill
beforeAll(() => {
  till = moneyTill({ policy: { ...DEMO_POLICY, money: RULES } })
})
afterAll(() => till.close())

/** Does something in a transaction of its own and hands out what came of it; a refusal is a value here. */
function doing<T>(body: (deed: Deed) => T): T {
  let out: { value: T } | null = null
  till.act((deed) => {
    out = { value: body(deed) }
    return ok(null)
  })
  if (out === null) throw new Error('nothing was done')
  return (out as { value: T }).value
}

function voucher(amount_cents: number): string {
  const made = doing((deed) => issueVoucher(deed, { amount_cents, becauseOf: 'sale-1', holder: null }))
  if (!made.ok) throw new Error(made.fault.code)
  return made.value.number
}

let tenders = 0
const spend = (number: string, amount_cents: number, tenderId: string | null = `tender-${(tenders += 1)}`) =>
  doing((deed) => redeem(deed, { number, amount_cents, becauseOf: 'sale-2', tenderId }))

const left = (number: string) => balanceOf(till.ground, till.ground.store.reading, number)?.balance_cents

describe('the number of a voucher', () => {
  it('is read back however it is written by hand, and no wrong sign passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.nat(), (serial, place) => {
        const number = creditNumber('T7', 'voucher', serial)
        expect(readCreditNumber(` ${number.toLowerCase().replaceAll('-', ' ')} `)).toBe(number)
        const signs = [...number.matchAll(/[^-]/g)].map((found) => found.index)
        const at = signs[place % signs.length] ?? 0
        const other = number[at] === 'A' ? 'B' : 'A'
        const wrong = number.slice(0, at) + other + number.slice(at + 1)
        expect(readCreditNumber(wrong)).toBeNull()
      }),
    )
  })

  it('comes from the till’s own range, so that two tills never give the same one, and cannot be guessed from the last', () => {
    const [first, second] = [voucher(1_000), voucher(1_000)]
    expect(first).toMatch(/^T1-V\d{6}-[2-9A-HJ-NP-Z]{5}-[0-9A-Z]$/)
    expect(Number(second.slice(4, 10))).toBe(Number(first.slice(4, 10)) + 1)
    expect(second.slice(11, 16)).not.toBe(first.slice(11, 16))
  })
})

describe('a voucher', () => {
  it('keeps what is left on it, and has its code on its paper for the scanner and for the eye', () => {
    const made = doing((deed) => issueVoucher(deed, { amount_cents: 5_000, becauseOf: 'sale-1', holder: 'Kim' }))
    if (!made.ok) throw new Error(made.fault.code)
    const { number, documentId } = made.value
    expect(spend(number, 1_250)).toEqual({ ok: true, value: { left_cents: 3_750 } })
    expect(left(number)).toBe(3_750)
    const blocks = documentOf(till.ground.store.reading, documentId)?.body.blocks ?? []
    expect(blocks).toContainEqual({ kind: 'qr', payload: `countermark:voucher:${number}`, caption: null })
    expect(blocks).toContainEqual({ kind: 'barcode', symbology: 'code128', payload: number, caption: number })
  })

  it('cannot be spent twice: not by a second sale, not by the same tender, and not past the program', () => {
    const number = voucher(2_000)
    expect(spend(number, 2_000, 'tender-a').ok).toBe(true)
    expect(spend(number, 1)).toMatchObject({ ok: false, fault: { code: 'credit-spent' } })
    const other = voucher(2_000)
    expect(spend(other, 500, 'tender-b').ok).toBe(true)
    expect(() => spend(other, 500, 'tender-b')).toThrow(/UNIQUE/)
    expect(left(other)).toBe(1_500)
    const entry = { id: 'e', number: other, what: 'spent', amount_cents: -1_501, becauseOf: 'x', tenderId: null, staffId: null, at: '2026-11-23' } as const
    expect(() => doing((deed) => recordEntry(deed.db, entry))).toThrow(/no more can be taken/)
    expect(() => doing(({ db }) => db.prepare('DELETE FROM credit_entries').run())).toThrow(/never deleted/)
    expect(() => doing(({ db }) => db.prepare('UPDATE credit_entries SET amount_cents = -1').run())).toThrow(/never changed/)
  })

  it('is refused in words when it is unknown, ended, blocked or more is wanted than is left', () => {
    expect(spend(creditNumber('T9', 'voucher', 4), 100)).toMatchObject({ ok: false, fault: { code: 'no-such-credit' } })
    const number = voucher(1_000)
    expect(spend(number, 1_001)).toMatchObject({ ok: false, fault: { code: 'amount-out-of-range' } })
    expect(spend(number, 0)).toMatchObject({ ok: false, fault: { code: 'amount-out-of-range' } })
    expect(spend(number, 0.5)).toMatchObject({ ok: false, fault: { code: 'amount-out-of-range' } })
    const lost = elsewhere('T8', { balance_cents: 4_000, blocked: 1 })
    expect(spend(lost, 100)).toMatchObject({ ok: false, fault: { code: 'credit-blocked' } })
    const old = elsewhere('T8', { balance_cents: 4_000, expires_on: '2025-12-31' })
    expect(spend(old, 100)).toMatchObject({ ok: false, fault: { code: 'credit-expired', params: { date: '2025-12-31' } } })
  })

  it('may not be worth more than the policy lets one hold, nor nothing', () => {
    for (const amount_cents of [0, -1, 100_001, Number.NaN, 1e15])
      expect(doing((deed) => issueVoucher(deed, { amount_cents, becauseOf: 's', holder: null }))).toMatchObject({ ok: false })
  })
})

describe('a voucher of another till', () => {
  it('is taken up to what the policy risks while the centre cannot be asked, and not beyond (offline)', () => {
    const number = elsewhere('T2', { balance_cents: 8_000 })
    expect(balanceOf(till.ground, till.ground.store.reading, number)).toMatchObject({ balance_cents: 8_000, spendable_cents: 5_000, own: false })
    expect(spend(number, 5_001)).toMatchObject({ ok: false, fault: { code: 'online-needed', params: { limit_cents: 5_000 } } })
    expect(spend(number, 5_000).ok).toBe(true)
    expect(left(number)).toBe(3_000)
  })

  it('is taken whole while the centre keeps it for this till', () => {
    const number = elsewhere('T2', { balance_cents: 8_000, sure_until: '2026-11-23T09:00:00.000Z' })
    expect(spend(number, 8_000)).toEqual({ ok: true, value: { left_cents: 0 } })
  })

  it('counts what was taken here since the centre’s word, once and not twice when the centre has heard of it', () => {
    const number = elsewhere('T2', { balance_cents: 4_000 })
    spend(number, 1_500)
    const heard = till.ground.store.reading.prepare('SELECT max(n) AS n FROM credit_entries').get() as { n: number }
    expect(left(number)).toBe(2_500)
    elsewhere('T2', { balance_cents: 2_500, knows_up_to: heard.n, as_of: '2026-11-23T08:30:00.000Z' }, number)
    expect(left(number)).toBe(2_500)
    // An older word that overtook the newer one on the way changes nothing.
    elsewhere('T2', { balance_cents: 4_000, as_of: '2026-11-23T07:00:00.000Z' }, number)
    expect(left(number)).toBe(2_500)
  })
})

it('whatever is taken in whatever order: what was given out is what was taken and what is left, and never less than nothing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(fc.tuple(fc.integer({ min: -10, max: 60_000 }), fc.boolean()), { maxLength: 8 }),
      (amount_cents, wishes) => {
        const made = doing((deed) => issueCredit(deed, { kind: 'store-credit', amount_cents, becauseOf: 'return-1', holder: null }))
        if (!made.ok) throw new Error(made.fault.code)
        const { number } = made.value
        let taken = 0
        for (const [wish, back] of wishes) {
          const before = balanceOf(till.ground, till.ground.store.reading, number)
          if (before === null) throw new Error('it is known')
          const done = doing((deed) => (back ? giveBack : redeem)(deed, { number, amount_cents: wish, becauseOf: 's', tenderId: null }))
          expect(done.ok).toBe(mayRedeem(before, wish).ok)
          if (done.ok) taken += wish
        }
        expect(left(number)).toBe(amount_cents - taken)
        expect(amount_cents - taken).toBeGreaterThanOrEqual(0)
      },
    ),
    { numRuns: 40 },
  )
})

let elsewhereSerial = 0
function elsewhere(
  tillCode: string,
  told: { balance_cents: number; blocked?: number; sure_until?: string; knows_up_to?: number; as_of?: string; expires_on?: string },
  known: string | null = null,
): string {
  const number = known ?? creditNumber(tillCode, 'voucher', (elsewhereSerial += 1))
  doing(({ db }) =>
    tellCredit(
      db,
      {
        number, kind: 'voucher', currency: 'EUR', holder: null, customer_id: null, issued_at: '2026-11-01T10:00:00.000Z',
        store_id: 'store-koeln', till_id: 'till-elsewhere', expires_on: told.expires_on ?? null,
      },
      {
        balance_cents: told.balance_cents, as_of: told.as_of ?? '2026-11-23T08:00:00.000Z', knows_up_to: told.knows_up_to ?? 0,
        sure_until: told.sure_until ?? null, blocked: told.blocked ?? 0,
      },
    ),
  )
  return number
}
