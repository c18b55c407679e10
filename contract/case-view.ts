import { z } from 'zod'
import { Id, Instant, Params } from './ids.ts'
import { UnitCard } from './unit.ts'
import { Verdict } from './verdict.ts'

/** A photograph travels in one message, so it is made small before: some 1,600 dots wide, as JPEG. */
export const PHOTO_BYTES_MAX = 184_320
/** What a person may choose from a disk; the window makes it small. Beyond this nothing is even opened. */
export const PHOTO_FILE_MAX = 40 * 1024 * 1024
export const PHOTOS_MAX = 8

/** JPEG, PNG or WebP as base64. */
export const PhotoUpload = z.object({ base64: z.string().min(16).max(Math.ceil(PHOTO_BYTES_MAX / 3) * 4) })

export const PhotoNote = z.object({ photoId: Id, at: Instant, hash: z.string().length(64) })
export type PhotoNote = z.infer<typeof PhotoNote>

export const CaseRow = z.object({
  caseId: Id,
  /** The short number people say to each other. */
  number: z.string(),
  at: Instant,
  /** Why it is one: words `case-kind.<kind>`. */
  kind: z.string(),
  quiet: z.boolean(),
  seat: z.string(),
  state: z.enum(['open', 'closed']),
  what: z.string(),
  photos: z.int(),
})
export type CaseRow = z.infer<typeof CaseRow>

/** One line of the file: words `case-entry.<kind>`. */
export const CaseEntry = z.object({
  at: Instant,
  kind: z.enum(['opened', 'note', 'photo', 'closed', 'reopened', 'exported']),
  who: z.string(),
  text: z.string(),
  params: Params,
  photoId: Id.nullable(),
})
export type CaseEntry = z.infer<typeof CaseEntry>

export const CaseFile = CaseRow.extend({
  unit: UnitCard.nullable(),
  /** What was scanned where no piece of ours answers to it. */
  text: z.string(),
  verdict: Verdict.nullable(),
  verdictId: Id.nullable(),
  answers: z.array(z.object({ id: z.string(), good: z.boolean() })),
  absent: z.array(z.string()),
  photoNotes: z.array(PhotoNote),
  entries: z.array(CaseEntry),
})
export type CaseFile = z.infer<typeof CaseFile>
