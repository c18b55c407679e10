import { z } from 'zod'
import { Day, Id, Instant } from './ids.ts'
import { Cents } from './money.ts'

/** What the day journal can be narrowed to. Words: `journal-group.<group>`. */
export const JournalGroup = z.enum(['sale', 'return', 'money', 'shift', 'override', 'authority', 'paper'])
export type JournalGroup = z.infer<typeof JournalGroup>

/** What is looked for; a field that is null asks for nothing. Days are days of the store. */
export const JournalQuery = z.object({
  /** The start of a number, a serial, or part of what stands in the line. */
  text: z.string().max(128),
  group: JournalGroup.nullable(),
  staffId: Id.nullable(),
  from: Day.nullable(),
  to: Day.nullable(),
  /** By the size of the amount, whichever way it went. */
  least_cents: Cents.nullable(),
  most_cents: Cents.nullable(),
})
export type JournalQuery = z.infer<typeof JournalQuery>

/** Where the next page begins: after the last line of this one. */
export const JournalPlace = z.object({ at: Instant, id: Id })
export type JournalPlace = z.infer<typeof JournalPlace>

export const JournalLine = z.object({
  id: Id,
  at: Instant,
  group: JournalGroup,
  /** A kind of paper (`paper-kind.<kind>`), or of an event (`event.<kind>`). */
  of: z.enum(['paper', 'event']),
  kind: z.string().max(64),
  number: z.string(),
  who: z.string().nullable(),
  amount_cents: Cents.nullable(),
  /** What else stands in the line: goods and serials, a reason, a name. */
  summary: z.string(),
  documentId: Id.nullable(),
})
export type JournalLine = z.infer<typeof JournalLine>

export const JournalPage = z.object({ lines: z.array(JournalLine), next: JournalPlace.nullable() })
export type JournalPage = z.infer<typeof JournalPage>
