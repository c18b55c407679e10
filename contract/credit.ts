import { z } from 'zod'
import { Day, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'

/**
 * A promise of money. A voucher belongs to whoever holds it, a store credit came of a return, a deposit was paid on
 * goods that wait.
 */
export const CreditKind = z.enum(['voucher', 'store-credit', 'deposit'])
export type CreditKind = z.infer<typeof CreditKind>

/** Why one cannot be taken now; null where it can. The words are those of the faults. */
export const CreditTrouble = z.enum(['credit-spent', 'credit-expired', 'credit-blocked', 'credit-other-currency', 'online-needed'])
export type CreditTrouble = z.infer<typeof CreditTrouble>

/** What this till knows of one promise now. */
export const CreditView = z.object({
  number: z.string().max(32),
  kind: CreditKind,
  currency: Currency,
  /** For whom, where a name was given. */
  holder: z.string().nullable(),
  balance_cents: Cents,
  /** What of it may be taken here and now; less than the balance where another till gave it out. */
  spendable_cents: Cents,
  trouble: CreditTrouble.nullable(),
  expiresOn: Day.nullable(),
  /** Given out by this till: then its balance is no hearsay. */
  own: z.boolean(),
  /** How old the centre's word is; null where only this till has ever known of it. */
  asOf: Instant.nullable(),
})
export type CreditView = z.infer<typeof CreditView>
