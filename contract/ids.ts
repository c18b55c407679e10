import { z } from 'zod'

/** An id is made on the till before anything is sent: UUIDv7 text for records, short text for things with a code. */
export const Id = z.string().min(1).max(64).regex(/^[A-Za-z0-9:._-]+$/)
export type Id = z.infer<typeof Id>

/** UTC, ISO 8601 with milliseconds and `Z`. */
export const Instant = z.iso.datetime()
export type Instant = z.infer<typeof Instant>

/** A calendar day of the store, `YYYY-MM-DD`. */
export const Day = z.iso.date()
export type Day = z.infer<typeof Day>

/** What a person typed or a scanner sent. Bounded, because a 10 MB scan is a fault and not a text. */
export const ScanText = z.string().min(1).max(8_192)

export const Language = z.enum(['en', 'de', 'fr', 'es', 'ar'])
export type Language = z.infer<typeof Language>

/** Values put into a sentence: the words stand in `contract/words`, only these travel. */
export const Params = z.record(z.string(), z.union([z.string(), z.number()]))
export type Params = z.infer<typeof Params>
