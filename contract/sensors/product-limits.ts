import { z } from 'zod'

/** What a piece is kept within: °C, per cent of relative humidity, multiples of standard gravity. */
export const LimitedKind = z.enum(['temperature', 'humidity', 'shock'])
export type LimitedKind = z.infer<typeof LimitedKind>

const YEAR_MINUTES = 366 * 24 * 60

/** Between which values a piece is kept, both included, and for how long in all of its life it may be outside of them. */
export const Limit = z
  .object({
    of: LimitedKind,
    min: z.number().min(-300).max(10_000).nullable(),
    max: z.number().min(-300).max(10_000).nullable(),
    outside_minutes: z.int().min(0).max(YEAR_MINUTES),
  })
  .refine(({ min, max }) => (min ?? max) !== null && (min ?? -Infinity) <= (max ?? Infinity), 'a limit has an end, and the lower one is not above the upper one')
export type Limit = z.infer<typeof Limit>

/** What the maker asks for all pieces of a product. */
export const ProductLimits = z.object({
  limits: z.array(Limit).min(1).max(3).refine((all) => new Set(all.map(({ of }) => of)).size === all.length, 'one limit for each kind'),
  /** A piece is only sold with a reading of each kind that is no older than this; null: also without any. */
  readEvery_minutes: z.int().min(1).max(YEAR_MINUTES).nullable(),
})
export type ProductLimits = z.infer<typeof ProductLimits>

export const columnOfLimits = (limits: ProductLimits | null): string | null => (limits === null ? null : JSON.stringify(limits))

/** Limits as a column of a product keeps them; null for none, and for a text that a later program wrote otherwise. */
export function limitsIn(column: string | null | undefined): ProductLimits | null {
  if (column === null || column === undefined) return null
  try {
    return ProductLimits.safeParse(JSON.parse(column)).data ?? null
  } catch {
    return null
  }
}
