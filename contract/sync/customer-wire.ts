import { z } from 'zod'
import { Consent, PersonDetails } from '../customer.ts'
import { Id, Instant } from '../ids.ts'

/** So many people travel in one request, and so many pieces of each: the rest comes with the next. */
export const CUSTOMERS_MAX = 50
export const PIECES_OF_CUSTOMER_MAX = 500

/** What of a person may change by itself; `consents` are all words on what is allowed. */
export const CustomerField = z.enum(['name', 'phone', 'email', 'card', 'address', 'note', 'language', 'consents'])
export type CustomerField = z.infer<typeof CustomerField>

/** Under which date of the centre each word on a person was last said: by field, and what is allowed by purpose. */
export const SaidAt = z.record(z.string().max(40), Instant)
export type SaidAt = z.infer<typeof SaidAt>

/** Who asks again about a word after so many others have changed it is heard as somebody who did not know of them. */
export const TELLINGS_MAX = 16

/**
 * By which tellings each word on a person came to stand, the last one last: each change has an id of its own, made where
 * it is made. Whose list holds the other's last telling knew of it.
 */
export const Tellings = z.record(z.string().max(40), z.array(Id).max(TELLINGS_MAX))
export type Tellings = z.infer<typeof Tellings>

/**
 * A person as till and centre tell each other. `details` null: erased, for good. `pieces` are those the person bought
 * at the till that tells; the centre answers none. `changedAt` is a date of whoever tells. A till says under which date
 * of the centre it last heard of the person (`heardAt`), and what it has changed since: by that, and by no clock of a
 * till, it is told whose word is newer. A till of an older program says neither. Both say of
 * each word under which date of the centre it was said (`saidAt`) and by which tellings it came to stand (`tellings`): a
 * telling whose answer was lost is known again, and after a backup was put back there the tills give back what it has lost
 * and nothing else.
 */
export const ToldCustomer = z.object({
  id: Id,
  changedAt: Instant,
  details: PersonDetails.extend({ email: z.string().max(254) }).nullable(),
  consents: z.array(Consent).max(10),
  pieces: z.array(z.object({ unitId: Id, since: Instant })).max(PIECES_OF_CUSTOMER_MAX),
  heardAt: Instant.nullable().optional(),
  changed: z.array(CustomerField).max(CustomerField.options.length).optional(),
  saidAt: SaidAt.optional(),
  tellings: Tellings.optional(),
})
export type ToldCustomer = z.infer<typeof ToldCustomer>

export const CustomersTold = z.object({ customers: z.array(ToldCustomer).max(CUSTOMERS_MAX) })
/** How those who were told of stand at the centre now; an older one does not say. */
export const CustomersHeard = z.object({ customers: z.array(ToldCustomer).max(CUSTOMERS_MAX).optional() })

/** A whole card number, telephone number or mail address: nobody browses the customers of the chain. */
export const CustomerQuestion = z.object({ text: z.string().trim().min(5).max(254) })
export const CustomersFound = z.object({ customers: z.array(ToldCustomer).max(10) })

/** More than anybody brings back in the days a shop looks at. */
export const BROUGHT_MAX = 500

/** How often the buyer of a piece came since an instant: asked by the piece on the counter, never by a person. */
export const BroughtQuestion = z.object({ unitId: Id, since: Instant })
export const BroughtReply = z.object({ customerId: Id.nullable(), came: z.array(z.object({ unitId: Id, at: Instant })).max(BROUGHT_MAX) })
export type BroughtReply = z.infer<typeof BroughtReply>
