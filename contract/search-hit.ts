import { z } from 'zod'
import { Id } from './ids.ts'
import { Cents } from './money.ts'
import { Condition, Picture, Tracking } from './unit.ts'

/** Longest text that is searched for; nobody types more to find something, and a paste of a book is no question. */
export const SEARCH_TEXT_MAX = 128

/** More pieces than this are not counted: "99+" answers the question whether there is one to sell. */
export const STOCK_SHOWN_MAX = 99

/** What is found, in the order in which it is shown. */
export const SEARCH_KINDS = ['product', 'unit', 'document', 'receipt', 'customer'] as const

/**
 * One thing that a search found. `scan` is the text that stands for it at the scanner: taking a hit is scanning it, so
 * that a hit and a scan can never lead to different ends.
 */
export const SearchHit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('product'), productId: Id, brand: z.string(), name: z.string(), variant: z.string(), picture: Picture,
    price_cents: Cents, stock: z.int(), tracking: Tracking, scan: z.string(),
  }),
  z.object({
    kind: z.literal('unit'), unitId: Id, brand: z.string(), name: z.string(), variant: z.string(), picture: Picture,
    serial: z.string(), custody: z.string(), condition: Condition, price_cents: Cents, scan: z.string(),
  }),
  z.object({
    kind: z.literal('document'), documentId: Id, paper: z.string(), number: z.string(), at: z.string(), total_cents: Cents,
    summary: z.string(),
  }),
  /** A receipt of another till: only its number and its pieces are known here. */
  z.object({ kind: z.literal('receipt'), number: z.string(), at: z.string().nullable(), name: z.string(), scan: z.string() }),
  z.object({ kind: z.literal('customer'), customerId: Id, name: z.string(), found: z.string() }),
])
export type SearchHit = z.infer<typeof SearchHit>
export type SearchKind = SearchHit['kind']
