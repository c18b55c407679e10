import type { DeskView } from '../../../contract/desk-view.ts'
import { formatMoney } from '../../../contract/words/format.ts'
import { say } from '../../../contract/words/say.ts'
import { displayPair } from '../../../native/displays/display-text.ts'

export interface CustomerLines {
  readonly upper: string
  readonly lower: string
}

/**
 * What the customer reads while this is in front: the last piece and the total while selling, what is due and given
 * at paying, the change when paid, else the shop's name. Never a word about a refusal or a flag.
 */
export function customerLines(view: DeskView): CustomerLines {
  const idle = { upper: view.store.name, lower: '' }
  if (view.front.screen !== 'sale') return idle
  const { sale } = view.front
  const { language } = view
  const money = (amount_cents: number): string => formatMoney(language, amount_cents, sale.totals.currency)
  const total = displayPair(say(language, 'receipt.total'), money(sale.totals.gross_cents))
  switch (sale.at) {
    case 'open': {
      const last = sale.lines.at(-1)
      if (!last) return idle
      const name = last.quantity > 1 ? `${last.quantity}x ${last.name}` : last.name
      return { upper: displayPair(name, money(last.total_cents)), lower: total }
    }
    case 'gating':
      return { upper: total, lower: '' }
    case 'paid': {
      const given = sale.tenders.reduce((sum, tender) => sum + tender.given_cents, 0)
      return {
        upper: displayPair(say(language, 'receipt.given'), money(given)),
        lower: displayPair(say(language, 'receipt.change'), money(sale.change_cents)),
      }
    }
    default: {
      const given = sale.tenders.reduce((sum, tender) => sum + tender.given_cents, 0)
      return { upper: total, lower: given > 0 ? displayPair(say(language, 'receipt.given'), money(given)) : '' }
    }
  }
}
