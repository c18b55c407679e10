import type { Consent, PersonDetails } from '../customer.ts'
import type { CustomerField } from './customer-wire.ts'

export interface Person {
  readonly details: PersonDetails
  readonly consents: readonly Consent[]
}

/** What differs between two words about one person. */
export function fieldsBetween(before: PersonDetails | null, after: PersonDetails): CustomerField[] {
  return (Object.keys(after) as (keyof PersonDetails)[]).filter((field) => before === null || before[field] !== after[field])
}

/**
 * One person of whom two have changed something without knowing of each other: the `changed` fields of the one, all the
 * rest of the other. Where both have a word on what is allowed, a no counts: nobody is written to who took it back.
 */
export function mergedPerson(mine: Person, changed: readonly CustomerField[], theirs: Person): Person {
  const own = Object.fromEntries(changed.filter((field) => field !== 'consents').map((field) => [field, mine.details[field]])) as Partial<PersonDetails>
  return { details: { ...theirs.details, ...own }, consents: changed.includes('consents') ? bothConsents(mine.consents, theirs.consents) : theirs.consents }
}

/** Of two words on what is allowed a no counts, and of what only one was asked the one. */
export function bothConsents(mine: readonly Consent[], theirs: readonly Consent[]): Consent[] {
  const words = new Map(theirs.map((consent) => [consent.purpose, consent]))
  for (const consent of mine) if (!consent.given || !words.has(consent.purpose)) words.set(consent.purpose, consent)
  return [...words.values()]
}
