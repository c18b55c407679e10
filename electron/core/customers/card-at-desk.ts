import type { CustomerOfSale } from '../../../contract/customer.ts'
import type { Notice } from '../../../contract/notice.ts'
import { frontOf, setFront } from '../desk/going-on.ts'
import { saleInHand } from '../desk/run-sale.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import { flowOf } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { setCustomerOfFlow } from './customer-rows.ts'

/** What the desk asks of the customers of the till. */
export interface CustomersAtDesk {
  byCard(number: string): string | null
  ofFlow(flowId: string): CustomerOfSale | null
}

/**
 * A customer's card under the scanner: with a sale in front, or nothing, the customer goes into the sale; beside a
 * return or a check it is only said whose card it is not. Nobody's card says so with its number.
 */
export function cardScanned(
  ground: Ground, db: Writing, customers: CustomersAtDesk | null, card: { number: string; maySell: boolean; staffId: string | null },
): Notice {
  const customerId = customers?.byCard(card.number) ?? null
  if (customerId === null || !card.maySell) return say(ground, 'info', 'customer-card', { number: card.number })
  const { screen } = frontOf(db)
  if (screen !== 'sale' && screen !== 'home') return say(ground, 'info', 'customer-card', { number: card.number })
  const flowId = saleInHand(ground, db, card.staffId)
  if ((flowOf(db, flowId)?.state as { at?: string } | undefined)?.at === 'asking-terminal') return say(ground, 'stop', 'scanned-while-paying')
  setCustomerOfFlow(db, flowId, customerId)
  setFront(db, { screen: 'sale', flowId })
  return say(ground, 'good', 'customer-in-sale', { name: customers?.ofFlow(flowId)?.name ?? '' })
}
