import type { SaleLine } from '../../../contract/sale-view.ts'
import type { Deed } from '../flows/deed.ts'
import { isGiftVoucher } from '../prices/gift-voucher.ts'
import { issueVoucher } from './ledger.ts'

/**
 * Gives out what was bought as a voucher, in the turn in which its sale is paid: one promise with a paper and a number
 * for each piece, worth its price in minor units. The sale is what each of them came of.
 */
export function issueGiftVouchers(deed: Deed, lines: readonly SaleLine[], saleId: string): void {
  for (const line of lines.filter(isGiftVoucher)) {
    for (let piece = 0; piece < line.quantity; piece += 1) {
      const made = issueVoucher(deed, { amount_cents: line.unitPrice_cents, becauseOf: saleId, holder: null, isPaid: true })
      if (!made.ok) throw new Error(`a voucher that was paid could not be given out: ${made.fault.code}`)
    }
  }
}
