import { z } from 'zod'
import { Id, Instant, Params } from './ids.ts'
import { Notice } from './notice.ts'
import { Picture } from './unit.ts'

export const SAMPLE_MAX = 5_000

/** What is to be found: all of the store, one area or one kind of goods of it, or so many pieces of that, drawn by lot. */
export const CountScope = z.object({
  area: z.string().min(1).max(64).nullable(),
  category: z.string().min(1).max(64).nullable(),
  sample: z.int().min(1).max(SAMPLE_MAX).nullable(),
  /** Nobody is told how many are to be found before the end. */
  blind: z.boolean(),
})
export type CountScope = z.infer<typeof CountScope>

/** A piece as the lists of a count show it. */
export const CountPiece = z.object({
  unitId: Id, name: z.string(), serial: z.string(), picture: Picture, area: z.string().nullable(),
})
export type CountPiece = z.infer<typeof CountPiece>

/** What is to be done with what was scanned. Words: `count-step.<step>`. */
export const CountStep = z.enum([
  'to-area', 'take-in', 'look-at-sale', 'keep-aside', 'recall-shelf', 'say-found', 'ask', 'scan-the-whole', 'scan-the-serial',
])
export type CountStep = z.infer<typeof CountStep>

/**
 * What the till says to one scan of a count. `counted`: it was to be found. `again`: it was counted before. `found-again`:
 * it was missing. `outside`: it stands in this store and is not asked for. `not-here`: by the records it cannot be here.
 * `unknown`: no piece of ours. `which`: several pieces carry the number. `no-piece`: goods without numbers, or no goods.
 * `taken-in`: the records had it elsewhere, and it is of this store from now on.
 */
export const SaidKind = z.enum(['counted', 'again', 'found-again', 'outside', 'not-here', 'unknown', 'which', 'no-piece', 'taken-in'])

export const CountSaid = z.object({
  is: SaidKind,
  tone: Notice.shape.tone,
  at: Instant,
  who: z.string(),
  text: z.string(),
  piece: CountPiece.nullable(),
  /** Why, as `reason.<code>.staff` of the words. */
  reason: z.object({ code: z.string().max(64), params: Params }).nullable(),
  step: CountStep.nullable(),
  /** Who counted it first, and when; at which other till, null: at this one. A scan from before tills counted together does not say. */
  before: z.object({ who: z.string(), at: Instant, till: z.string().nullable().default(null) }).nullable(),
  choices: z.array(CountPiece),
})
export type CountSaid = z.infer<typeof CountSaid>

/** Another till in the same count. `found`: pieces it was the first to see, as far as this till has heard. */
export const TillInCount = z.object({ name: z.string(), leads: z.boolean(), found: z.int(), lastAt: Instant.nullable(), isDone: z.boolean() })
export type TillInCount = z.infer<typeof TillInCount>

export const CountView = z.object({
  countId: Id,
  number: z.string(),
  scope: CountScope,
  beganAt: Instant,
  beganBy: z.string(),
  found: z.int(),
  /** Null in a blind count. */
  expected: z.int().nullable(),
  /** Pieces that turned up and were not to be found here. */
  surplus: z.int(),
  /** The till that began it and alone ends it; null: this one. */
  lead: z.string().nullable(),
  /** The others that count along. All sums are of what all of them have seen. */
  tills: z.array(TillInCount),
  /** The newest first; `n` tells one from the next. */
  said: z.array(CountSaid.extend({ n: z.int() })),
})
export type CountView = z.infer<typeof CountView>

const SurplusPiece = CountPiece.extend({ reason: CountSaid.shape.reason, step: CountStep.nullable() })

/** How a count stands against the records at this moment. Lists are cut where nobody would read on; the sums are whole. */
export const CountDifferences = z.object({
  expected: z.int(),
  found: z.int(),
  missing: z.int(),
  /** Sold, sent away or in a sale since the count began: neither found nor missing. */
  gone: z.int(),
  surplus: z.int(),
  /** Found of what had to be there, in hundredths of a per cent; null where nothing had to. */
  accuracy_bp: z.int().nullable(),
  missingPieces: z.array(CountPiece),
  surplusPieces: z.array(SurplusPiece),
})
export type CountDifferences = z.infer<typeof CountDifferences>

const PastCount = z.object({
  countId: Id, number: z.string(), endedAt: Instant, endedBy: z.string(), found: z.int(), missing: z.int(),
  accuracy_bp: z.int().nullable(), documentId: Id,
})

/** A count of another till of this store that may be counted along. `wasHere`: this till did so before. */
export const CountOfOther = CountView.pick({ countId: true, number: true, scope: true, beganAt: true, beganBy: true }).extend({ till: z.string(), wasHere: z.boolean() })
export type CountOfOther = z.infer<typeof CountOfOther>

export const CountingDesk = z.object({
  going: CountView.nullable(),
  others: z.array(CountOfOther),
  /** Where pieces of this store stand by the records, and what kinds of goods they are. */
  areas: z.array(z.string()),
  categories: z.array(z.string()),
  past: z.array(PastCount),
})
export type CountingDesk = z.infer<typeof CountingDesk>
