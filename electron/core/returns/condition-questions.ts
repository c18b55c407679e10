import type { Policy } from '../../../contract/policy.ts'
import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import type { Condition } from '../../../contract/unit.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'

/** What was seen of a piece at the counter or the kiosk. Kept with the return line and in the file of a case. */
export interface LookedAt {
  readonly condition: Condition | null
  /** Answers to the questions of the category: true is the good one. */
  readonly answers: Readonly<Record<string, boolean>>
  /** Accessories that are there; one that is in neither list was not looked at. */
  readonly present: readonly string[]
  readonly absent: readonly string[]
  /** Numbers read off parts, by the part. */
  readonly parts: Readonly<Record<string, string>>
  /** Photographs by their id. */
  readonly photos: readonly string[]
  /** Pieces of its set that did not come back with it, by their id. */
  readonly without?: readonly string[]
}

export const NOTHING_LOOKED_AT: LookedAt = { condition: null, answers: {}, present: [], absent: [], parts: {}, photos: [] }

/** What is asked of things of a category, or of every other category; nothing where the policy asks nothing. Pure. */
export function questionsFor(policy: Policy, category: string): CategoryQuestions {
  const { categories } = returnRules(policy)
  return (
    categories.find((entry) => entry.category === category) ??
    categories.find((entry) => entry.category === '*') ??
    { category: '*', questions: [], accessories: [], parts: [], photos: {} }
  )
}

/** Best first: a worse one is never made better by another answer. */
const FROM_BEST: readonly Condition[] = ['new', 'open-box', 'refurbished', 'to-inspect', 'parts-missing', 'damaged']

/** The worse of two grades. */
export const worseOf = (one: Condition, other: Condition): Condition =>
  FROM_BEST.indexOf(other) > FROM_BEST.indexOf(one) ? other : one

/**
 * The grade a piece has when everything that was seen counts: never better than what an answer implies, and never
 * whole where an accessory that costs money is missing. Null while nobody has graded it.
 */
export function gradeOf(asked: CategoryQuestions, seen: LookedAt): Condition | null {
  if (seen.condition === null) return null
  const implied = asked.questions.flatMap(({ id, ifNo }) => (seen.answers[id] === false && ifNo !== null ? [ifNo] : []))
  const costly = asked.accessories.some(({ id, deduct_cents }) => deduct_cents > 0 && seen.absent.includes(id))
  const lacks = (seen.without ?? []).length > 0
  return [...implied, ...(costly || lacks ? (['parts-missing'] as const) : [])].reduce(worseOf, seen.condition)
}

/** Questions nobody has answered, in their order. */
export const unanswered = (asked: CategoryQuestions, seen: LookedAt): string[] =>
  asked.questions.flatMap(({ id }) => (seen.answers[id] === undefined ? [id] : []))

/** Accessories nobody has said anything of. */
export const notCounted = (asked: CategoryQuestions, seen: LookedAt): string[] =>
  asked.accessories.flatMap(({ id }) => (seen.present.includes(id) || seen.absent.includes(id) ? [] : [id]))

/** What missing accessories take off the refund, in minor units. */
export const deductionOf = (asked: CategoryQuestions, seen: LookedAt): number =>
  asked.accessories.reduce((sum, { id, deduct_cents }) => (seen.absent.includes(id) ? sum + deduct_cents : sum), 0)

/** The question whose bad answer hands the piece to a colleague, such as a lock of its owner; null where none is. */
export const stopsAt = (asked: CategoryQuestions, seen: LookedAt): string | null =>
  asked.questions.find(({ id, stops }) => stops && seen.answers[id] === false)?.id ?? null

/** How many photographs are still wanted at this grade. */
export function photosWanted(asked: CategoryQuestions, seen: LookedAt): number {
  const grade = gradeOf(asked, seen)
  return grade === null ? 0 : Math.max(0, (asked.photos[grade] ?? 0) - seen.photos.length)
}

/** Parts whose number nobody has read yet. */
export const partsUnread = (asked: CategoryQuestions, seen: LookedAt): string[] =>
  asked.parts.filter((part) => seen.parts[part] === undefined)
