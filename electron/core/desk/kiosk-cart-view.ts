import type { KioskCartLine, KioskView } from '../../../contract/kiosk-view.ts'
import { cents } from '../../../contract/money.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { KioskCart, KioskState } from '../flows/kiosk-state.ts'
import type { Ground } from '../ground.ts'
import { printStateOf } from './flow-views.ts'

type Session = Pick<Extract<KioskView, { at: 'cart' }>, 'flowId' | 'language' | 'remark'>

/** What a customer sees of the own purchase: the things, what they cost, and how far the payment is. */
export function buyingView(ground: Ground, session: Session, state: KioskState & { readonly at: 'cart' | 'paying' | 'bought' }, cart: KioskCart): KioskView {
  const { sale } = cart
  const amount = { amount_cents: cents(cart.due_cents), currency: ground.place.currency }
  if (state.at === 'bought' && sale.paid !== null)
    return { at: 'bought', ...session, ...amount, receiptNumber: sale.paid.receiptNumber, print: printStateOf(ground, sale.paid.documentId) }
  if (state.at === 'paying') return { at: 'paying', ...session, ...amount, outcome: sale.asking?.outcome === 'asked' ? 'asked' : 'checking' }
  const again = sale.lines.find(({ lineId }) => lineId === state.again)
  return {
    at: 'cart', ...session, lines: sale.lines.map(cartLine), total_cents: amount.amount_cents, currency: amount.currency, isAsking: cart.isAsking,
    again: again === undefined ? null : { lineId: again.lineId, name: again.name },
  }
}

const cartLine = (line: SaleLine): KioskCartLine => ({
  lineId: line.lineId, brand: line.brand, name: line.name, variant: line.variant, picture: line.picture,
  serialEnd: line.unitId === null ? null : (line.aliases[0]?.value ?? '').slice(-4),
  quantity: line.quantity, total_cents: line.total_cents, discount_cents: line.discount_cents,
})
