import { z } from 'zod'
import { CustomerCard, CustomerPurchase, OwnerNews, PersonDetails, Purpose } from '../customer.ts'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

const ByCustomer = z.object({ customerId: Id })

export const customers = {
  /** By card, telephone, e-mail or the beginning of a name. The empty text gives the latest. */
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(200) })).output(z.array(CustomerCard)),
  view: staff(STAFFED, EVERYBODY)
    .input(ByCustomer)
    .output(z.object({ card: CustomerCard, purchases: z.array(CustomerPurchase), news: z.array(OwnerNews) })),
  /** A new person: anybody at the counter may write down what a customer tells; `flowId` puts them into that sale. */
  create: staff(STAFFED)
    .input(z.object({ details: PersonDetails, consents: z.array(Purpose).max(3), flowId: Id.nullable() }))
    .output(CustomerCard),
  change: withRight(STAFFED, 'see-customer')
    .input(ByCustomer.extend({ details: PersonDetails, consents: z.array(Purpose).max(3) }))
    .output(CustomerCard),
  /** Into the sale, or out of it again with null. */
  choose: staff(['counter']).input(z.object({ flowId: Id, customerId: Id.nullable() })).output(DeskView),
  /** All that is kept of a person, as text to hand over (GDPR article 15). */
  tell: withRight(STAFFED, 'see-customer').input(ByCustomer).output(z.object({ name: z.string(), text: z.string() })),
  /** For good. The sales and the pieces stay what they are. */
  erase: withRight(STAFFED, 'settings').input(ByCustomer).output(DeskView),
}
