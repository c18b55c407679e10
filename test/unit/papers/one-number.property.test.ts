import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { ReceiptBlock } from '../../../contract/receipt.ts'
import type { SaleLine, Tender } from '../../../contract/sale-view.ts'
import { totalsOf } from '../../../electron/core/flows/totals.ts'
import { money } from '../../../electron/core/papers/paper-words.ts'
import { salePaper } from '../../../electron/core/papers/sale-paper.ts'
import { BERLIN, LINES, POLICY, settingIn } from './a-shop-of-papers.ts'

/** Cents out of a formatted amount of the English papers: `€1,234.56` or `-€0.05`. */
const centsOf = (text: string): number => Number(text.replaceAll(/[^\d-]/g, ''))

const line = fc
  .record({
    unitPrice_cents: fc.integer({ min: 0, max: 5_000_000 }),
    quantity: fc.integer({ min: 1, max: 99 }),
    discount_bp: fc.integer({ min: 0, max: 10_000 }),
    taxRate_bp: fc.constantFrom(0, 260, 700, 1900, 2000),
  })
  .map(({ unitPrice_cents, quantity, discount_bp, taxRate_bp }): SaleLine => {
    const full = unitPrice_cents * quantity
    const discount_cents = cents(Math.floor((full * discount_bp) / 10_000))
    return {
      ...(LINES[1] as SaleLine), unitPrice_cents: cents(unitPrice_cents), quantity, discount_cents, taxRate_bp,
      total_cents: cents(full - discount_cents),
    }
  })

const cart = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  rounding_cents: fc.integer({ min: -2, max: 2 }),
  cardShare: fc.integer({ min: 0, max: 100 }),
  given: fc.integer({ min: 0, max: 50_000 }),
  taxInclusive: fc.boolean(),
})

function tendersOf(due_cents: number, cardShare: number, given: number): Tender[] {
  const card_cents = Math.floor((due_cents * cardShare) / 100)
  const cash_cents = due_cents - card_cents
  return [
    { tenderId: 'card', kind: 'card', amount_cents: cents(card_cents), given_cents: cents(card_cents), change_cents: cents(0) },
    { tenderId: 'cash', kind: 'cash', amount_cents: cents(cash_cents), given_cents: cents(cash_cents + given), change_cents: cents(given) },
  ]
}

describe('the price shown, printed and paid', () => {
  it('is one number, whatever is in the cart', () => {
    fc.assert(
      fc.property(cart, ({ lines, rounding_cents, cardShare, given, taxInclusive }) => {
        const place = { ...BERLIN, tax_inclusive: taxInclusive ? 1 : 0 }
        const setting = settingIn('en', place)
        const totals = totalsOf(lines, { currency: 'EUR', taxInclusive })
        const due_cents = totals.gross_cents + rounding_cents
        fc.pre(due_cents >= 0)
        const tenders = tendersOf(due_cents, cardShare, given)
        const { blocks } = salePaper(
          { number: 'K1-R000001', at: '2026-03-14T10:00:00.000Z', cashier: 'Jana', lines, totals, rounding_cents, tenders },
          setting, POLICY,
        )
        const pairs = blocks.filter((block): block is ReceiptBlock & { kind: 'pair' } => block.kind === 'pair')
        const sumOf = (start: string) =>
          pairs.filter((block) => block.left.startsWith(start)).reduce((sum, block) => sum + centsOf(block.right), 0)
        const items_cents = blocks.reduce((sum, block) => sum + (block.kind === 'item' ? centsOf(block.amount) : 0), 0)
        const total = blocks.find((block) => block.kind === 'total')

        expect(total).toMatchObject({ right: money(setting, due_cents) })
        expect(sumOf('Paid by')).toBe(due_cents)
        expect(sumOf('Given') - sumOf('Change')).toBe(sumOf('Paid by cash'))
        expect(sumOf('Rounding')).toBe(rounding_cents)
        // What leads from the lines to the total stands on the paper: nothing, or the tax that comes on top.
        expect(items_cents + (taxInclusive ? 0 : sumOf('plus'))).toBe(totals.gross_cents)
        expect(totals.taxes.reduce((sum, tax) => sum + tax.gross_cents, 0)).toBe(totals.gross_cents)
      }),
      { numRuns: 300 },
    )
  })
})
