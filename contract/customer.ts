import { z } from 'zod'
import { Day, Id, Instant, Language } from './ids.ts'
import { Cents } from './money.ts'
import { CoverLayer } from './unit.ts'

/** What a person may be kept for. Each is asked for by itself, and can be taken back by itself (GDPR articles 6 and 7). */
export const Purpose = z.enum(['warranty', 'receipts', 'offers'])
export type Purpose = z.infer<typeof Purpose>

const Line = (most: number) => z.string().trim().max(most)

/**
 * What is known of a person, no more than a counter needs. An empty text is something that is not known; one of the
 * first four must be. There is no date of birth and no number of a document: those are looked at and never kept.
 */
export const PersonDetails = z.object({
  name: Line(120),
  phone: Line(40),
  email: Line(200).refine((text) => text === '' || EMAIL.test(text), 'an e-mail address'),
  card: Line(64),
  address: Line(300),
  note: Line(400),
  /** In which papers and letters speak to this person; null is the language of the till. */
  language: Language.nullable(),
})
export type PersonDetails = z.infer<typeof PersonDetails>

/** One sign each side of an @ and a dot behind it: what is wrong beyond that, the mail server says. */
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/

export const Consent = z.object({ purpose: Purpose, given: z.boolean(), at: Instant })
export type Consent = z.infer<typeof Consent>

export const CustomerCard = z.object({
  customerId: Id,
  /** True where the person at the till may not see customers: names and numbers are then only hinted at. */
  masked: z.boolean(),
  details: PersonDetails.extend({ email: z.string() }),
  consents: z.array(Consent),
  since: Instant,
  purchases: z.int(),
})
export type CustomerCard = z.infer<typeof CustomerCard>

/** What a customer bought on this till, so that a return or a claim can begin from it. */
export const CustomerPurchase = z.object({
  saleId: Id,
  number: z.string(),
  at: Instant,
  total_cents: Cents,
  documentId: Id.nullable(),
  lines: z.array(
    z.object({ name: z.string(), serial: z.string().nullable(), unitId: Id.nullable(), quantity: z.int(), isBack: z.boolean() }),
  ),
})
export type CustomerPurchase = z.infer<typeof CustomerPurchase>

const OwnedPiece = z.object({ unitId: Id, name: z.string(), serial: z.string() })

/** What a customer who stands here is to be told: a piece of theirs is recalled, or a promise about one ends soon. */
export const OwnerNews = z.discriminatedUnion('is', [
  OwnedPiece.extend({ is: z.literal('recall'), reference: z.string(), reason: z.string(), remedy: z.string(), stopUse: z.boolean() }),
  OwnedPiece.extend({ is: z.literal('ends'), layer: CoverLayer.shape.layer, end: Day }),
])
export type OwnerNews = z.infer<typeof OwnerNews>

/** For whom the sale in front is, and how much they are to be told. */
export const CustomerOfSale = z.object({ customerId: Id, name: z.string(), email: z.boolean(), news: z.int() })
export type CustomerOfSale = z.infer<typeof CustomerOfSale>
