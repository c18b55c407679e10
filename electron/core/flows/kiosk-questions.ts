import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import { photosWanted } from '../returns/condition-questions.ts'
import type { KioskFacts, KioskState } from './kiosk-state.ts'

/** What is asked next, one thing at a time: many people read a kiosk standing, with a thing in one hand. */
export type Asked =
  | { readonly kind: 'reason' }
  | { readonly kind: 'condition' }
  | { readonly kind: 'question'; readonly id: string }
  | { readonly kind: 'accessory'; readonly id: string }

/** Everything that is asked about a piece, in its order. */
export const allAsked = (asked: CategoryQuestions): Asked[] => [
  { kind: 'reason' },
  { kind: 'condition' },
  ...asked.questions.map(({ id }) => ({ kind: 'question' as const, id })),
  ...asked.accessories.map(({ id }) => ({ kind: 'accessory' as const, id })),
]

const isAnswered = (state: KioskState, one: Asked): boolean => {
  switch (one.kind) {
    case 'reason':
      return state.reason !== null
    case 'condition':
      return state.seen.condition !== null
    case 'question':
      return state.seen.answers[one.id] !== undefined
    default:
      return state.seen.present.includes(one.id) || state.seen.absent.includes(one.id)
  }
}

/** The first that has no answer yet; null when everything has one. */
export const nextAsked = (state: KioskState, asked: CategoryQuestions): Asked | null =>
  allAsked(asked).find((one) => !isAnswered(state, one)) ?? null

/** Takes the last answer back; null when there is none to take back. */
export function withoutLastAnswer(state: KioskState, asked: CategoryQuestions): KioskState | null {
  const last = allAsked(asked).findLast((one) => isAnswered(state, one))
  if (!last) return null
  const { seen } = state
  const without = (list: readonly string[]) => list.filter((id) => !('id' in last) || id !== last.id)
  switch (last.kind) {
    case 'reason':
      return { ...state, reason: null }
    case 'condition':
      return { ...state, seen: { ...seen, condition: null } }
    case 'question':
      return { ...state, seen: { ...seen, answers: Object.fromEntries(Object.entries(seen.answers).filter(([id]) => id !== last.id)) } }
    default:
      return { ...state, seen: { ...seen, present: without(seen.present), absent: without(seen.absent) } }
  }
}

/** How many photographs a customer is asked for: what the rules want of such a piece, or one where the kiosk wants to see all. */
export function photosAsked(state: KioskState, asked: CategoryQuestions, facts: Pick<KioskFacts, 'photo'>): number {
  if (facts.photo === 'never') return 0
  return Math.max(photosWanted(asked, state.seen) + state.seen.photos.length, 1)
}
