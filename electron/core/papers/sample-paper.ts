import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { totalsOf } from '../flows/totals.ts'
import type { PaperSetting } from './paper-words.ts'
import { salePaper } from './sale-paper.ts'

const LINE = { gtin: null, picture: 'other', lot: null, expiry: null, discount_cents: cents(0), verdict: null } as const

/** One piece and three of something: what every kind of line looks like. Names of no real goods. */
const LINES: readonly SaleLine[] = [
  {
    ...LINE, lineId: 'sample-1', productId: 'sample-1', unitId: 'sample-1', tracking: 'unit', brand: 'Nordwind', name: 'Radio R2', variant: '',
    aliases: [{ kind: 'serial', value: 'NW2-0048-1177', retiredWhy: null }],
    quantity: 1, unitPrice_cents: cents(12_900), total_cents: cents(12_900), taxRate_bp: 1900,
  },
  {
    ...LINE, lineId: 'sample-2', productId: 'sample-2', unitId: null, tracking: 'plain', brand: '', name: 'AA 1.5 V', variant: '', aliases: [],
    quantity: 3, unitPrice_cents: cents(250), total_cents: cents(750), taxRate_bp: 1900,
  },
]

/** A receipt to look at while its template is edited. It has a number no till gives, and nothing is kept of it. */
export function samplePaper(at: string, setting: PaperSetting, policy: Policy): ReceiptDocument {
  const totals = totalsOf(LINES, { currency: setting.place.currency, taxInclusive: setting.place.tax_inclusive === 1 })
  const amount_cents = totals.gross_cents
  return salePaper(
    {
      number: '00-R000000', at, cashier: '–', lines: LINES, totals, rounding_cents: 0,
      tenders: [{ tenderId: 'sample', kind: 'cash', amount_cents, given_cents: amount_cents, change_cents: cents(0) }],
    },
    setting,
    policy,
  )
}
