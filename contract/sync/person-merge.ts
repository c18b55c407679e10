import { PersonDetails, Purpose, type Consent } from '../customer.ts'
import type { CustomerField, SaidAt, ToldCustomer } from './customer-wire.ts'

export interface Person {
  readonly details: PersonDetails
  readonly consents: readonly Consent[]
}

/** A person, and under which date of the centre each word was last said, as far as the one knows who tells. */
export interface DatedPerson extends Person {
  readonly saidAt: SaidAt
}

const FIELDS = PersonDetails.keyof().options
const PURPOSES = Purpose.options

/** What differs between two words about one person. */
export function fieldsBetween(before: PersonDetails | null, after: PersonDetails): CustomerField[] {
  return FIELDS.filter((field) => before === null || before[field] !== after[field])
}

/** The purposes of which the one allows what the other does not. */
export function purposesBetween(before: Person | null, after: Person): Purpose[] {
  const [was, is] = [givenOf(before?.consents ?? []), givenOf(after.consents)]
  return PURPOSES.filter((purpose) => was.get(purpose) !== is.get(purpose))
}

/** What differs between two persons, word by word. */
export const wordsBetween = (before: Person | null, after: Person): string[] => [...fieldsBetween(before?.details ?? null, after.details), ...purposesBetween(before, after)]

/** Everything that can be said of a person, said at once. */
export const allSaid = (at: string): SaidAt => Object.fromEntries([...FIELDS, ...PURPOSES].map((word) => [word, at]))

/** When each word was said; whoever runs an older program only says when the last was. */
export const saidAtOf = ({ saidAt, changedAt }: ToldCustomer): SaidAt => saidAt ?? allSaid(changedAt)

/**
 * One person of whom a till and the centre each know something, word by word: of each the later. What the till has
 * `changed` since it heard the centre's word is later than that. Where both have said something new on what is allowed,
 * a no counts: nobody is written to who took it back.
 */
export function mergedPerson(mine: DatedPerson, changed: readonly CustomerField[], theirs: DatedPerson): DatedPerson {
  const [said, saidThere] = [(word: string) => mine.saidAt[word] ?? '', (word: string) => theirs.saidAt[word] ?? '']
  const isLater = (word: string): boolean => said(word) > saidThere(word)
  const own = Object.fromEntries(FIELDS.filter((field) => changed.includes(field) || isLater(field)).map((field) => [field, mine.details[field]])) as Partial<PersonDetails>
  const asked = givenOf(theirs.consents)
  const counts = ({ purpose, given }: Consent): boolean =>
    isLater(purpose) || (changed.includes('consents') && (!given || said(purpose) === saidThere(purpose) || !asked.has(purpose)))
  const saidAt = { ...theirs.saidAt, ...Object.fromEntries(Object.entries(mine.saidAt).filter(([word]) => isLater(word))) }
  return { details: { ...theirs.details, ...own }, consents: withWords(theirs.consents, mine.consents.filter(counts)), saidAt }
}

/** Of two words on what is allowed a no counts, and of what only one was asked the one. */
export function bothConsents(mine: readonly Consent[], theirs: readonly Consent[]): Consent[] {
  const asked = givenOf(theirs)
  return withWords(theirs, mine.filter(({ purpose, given }) => !given || !asked.has(purpose)))
}

/** These words on what is allowed, and in their place the others of the same purpose. */
function withWords(consents: readonly Consent[], others: readonly Consent[]): Consent[] {
  return [...new Map([...consents, ...others].map((consent) => [consent.purpose, consent])).values()]
}

/** What is allowed, by purpose. */
export const givenOf = (consents: readonly Consent[]): Map<Purpose, boolean> => new Map(consents.map(({ purpose, given }) => [purpose, given]))
