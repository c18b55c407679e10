import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCOUNTS, clearingOf, postingsCsv, postingsDatev, postingsOf, type MoneyRow } from '../../../hub/doors/postings.ts'

const EUR = new Map([['berlin', 'EUR']])
const row = (book: string, columns: MoneyRow['row']): MoneyRow => ({ book, store_id: 'berlin', day: '2026-11-20', row: columns })

/** A receipt as a till books it: taxes by rate, tenders that sum to gross and rounding. */
function receipt(gross: readonly { rate: number; cents: number }[], cash: number, rounding: number): MoneyRow[] {
  const total = gross.reduce((sum, one) => sum + one.cents, 0) + rounding
  const inCash = Math.min(cash, total)
  return [
    row('sales', { rounding_cents: rounding, currency: 'EUR' }),
    ...gross.map(({ rate, cents }) => row('sale_taxes', { rate_bp: rate, gross_cents: cents })),
    row('tenders', { sale_id: 's', return_id: null, kind: 'cash', amount_cents: inCash, currency: 'EUR' }),
    row('tenders', { sale_id: 's', return_id: null, kind: 'card', amount_cents: total - inCash, currency: 'EUR' }),
  ]
}

function refund(rate: number, cents: number): MoneyRow[] {
  return [
    row('returns', { rounding_cents: 0, currency: 'EUR' }), row('return_taxes', { rate_bp: rate, gross_cents: -cents }),
    row('tenders', { sale_id: null, return_id: 'r', kind: 'cash', amount_cents: -cents, currency: 'EUR' }),
  ]
}

describe('the postings of a day', () => {
  const rate = fc.constantFrom(1900, 700, 0, 550)
  const sale = fc.tuple(fc.array(fc.record({ rate, cents: fc.nat(1_000_000) }), { minLength: 1, maxLength: 4 }), fc.nat(100_000), fc.integer({ min: -4, max: 4 }))

  it('clear: whatever is sold and given back, what is paid has its sale to the cent', () => {
    fc.assert(fc.property(fc.array(sale), fc.array(fc.tuple(rate, fc.nat(1_000_000))), (sales, refunds) => {
      const rows = [...sales.flatMap(([gross, cash, rounding]) => receipt(gross, cash, rounding)), ...refunds.flatMap(([bp, cents]) => refund(bp, cents))]
      const postings = postingsOf(rows, EUR)
      expect(clearingOf(postings)).toBe(0)
      for (const one of postings) expect(one.amount_cents).toBeGreaterThan(0)
    }))
  })

  it('name the accounts, the tax and the number of receipts', () => {
    const postings = postingsOf([...receipt([{ rate: 1900, cents: 1_190 }], 2_000, 0), ...receipt([{ rate: 1900, cents: 595 }], 0, 0), ...refund(1900, 595)], EUR)
    expect(postings.map(({ debit, credit, amount_cents, documents, text }) => [debit, credit, amount_cents, documents, text])).toEqual([
      ['1590', '1000', 595, 1, 'Refunds cash'], ['8400', '1590', 595, 1, 'Returned 19 %'], ['1590', '8400', 1_785, 2, 'Revenue 19 %'],
      ['1361', '1590', 595, 1, 'Sales card'], ['1000', '1590', 1_190, 1, 'Sales cash'],
    ])
    expect(ACCOUNTS.clearing).toBe('1590')
  })

  it('are written so that a spreadsheet and a DATEV import read the same amounts', () => {
    const postings = postingsOf(receipt([{ rate: 700, cents: 5 }], 5, 0), EUR)
    expect(postingsCsv(postings).split('\r\n')).toEqual([
      'day,store,currency,debit,credit,amount,tax_percent,text,documents', '2026-11-20,berlin,EUR,1590,8300,0.05,7,Revenue 7 %,1',
      '2026-11-20,berlin,EUR,1000,1590,0.05,,Sales cash,1', '',
    ])
    expect(postingsDatev(postings).split('\r\n')[1]).toBe('0,05;S;EUR;1590;8300;2011;Z-berlin-2026-11-20;Revenue 7 %')
  })

  it('name a store that no spreadsheet takes for a formula', () => {
    const [posting] = postingsOf(receipt([{ rate: 700, cents: 5 }], 5, 0), EUR)
    if (posting === undefined) throw new Error('nothing was sold')
    expect(postingsCsv([{ ...posting, storeId: '=1+1' }]).split('\r\n')[1]).toContain(",'=1+1,")
  })
})
