import type { CustomerLine, CustomerScreen } from '../../../contract/customer-screen.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { cents, minus, ZERO } from '../../../contract/money.ts'
import type { SaleLine, SaleView } from '../../../contract/sale-view.ts'

/** What the customer may see of the desk: the sale in front, else the shop's name. */
export function customerScreen(view: DeskView): CustomerScreen {
  const { store, language, front } = view
  const show = front.screen === 'sale' ? shownOf(front.sale) : ({ at: 'idle' } as const)
  return { shop: store.name, language, currency: store.currency, show }
}

function shownOf(sale: SaleView): CustomerScreen['show'] {
  const { gross_cents: total_cents, net_cents } = sale.totals
  const tax_cents = net_cents === null ? null : minus(total_cents, net_cents)
  const lines = sale.lines.map(lineOf)
  switch (sale.at) {
    case 'open':
      return lines.length === 0 ? { at: 'idle' } : { at: 'cart', lines, tax_cents, total_cents }
    case 'paid': {
      const given_cents = cents(sale.tenders.reduce((sum, tender) => sum + tender.given_cents, 0))
      return { at: 'paid', total_cents, given_cents, change_cents: sale.change_cents }
    }
    case 'tendering':
    case 'asking-terminal': {
      const given_cents = cents(sale.tenders.reduce((sum, tender) => sum + tender.amount_cents, 0))
      // Rounding of small coins is part of what is due, so the till's own number wins where it tells one.
      const due_cents = sale.at === 'tendering' ? sale.due_cents : minus(total_cents, given_cents)
      const card = sale.at === 'asking-terminal' ? (sale.progress ?? 'please-wait') : null
      return { at: 'to-pay', lines, tax_cents, total_cents, given_cents, due_cents: due_cents < 0 ? ZERO : due_cents, card }
    }
    default:
      return { at: 'idle' }
  }
}

const lineOf = ({ lineId, name, variant, quantity, discount_cents, total_cents }: SaleLine): CustomerLine => ({
  lineId, name, variant, quantity, discount_cents, total_cents,
})
