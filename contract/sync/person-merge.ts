import { PersonDetails, Purpose, type Consent } from '../customer.ts'
import { TELLINGS_MAX, type CustomerField, type SaidAt, type Tellings, type ToldCustomer } from './customer-wire.ts'

export interface Person {
  readonly details: PersonDetails
  readonly consents: readonly Consent[]
}

/** A person, and under which date of the centre and by which tellings each word was said, as far as the one knows who tells. */
export interface DatedPerson extends Person {
  readonly saidAt: SaidAt
  readonly tellings: Tellings
}

/** One thing that is said of a person: a field, or what is allowed for one purpose. */
export type PersonWord = keyof PersonDetails | Purpose

const FIELDS = PersonDetails.keyof().options
const PURPOSES = Purpose.options

/** What differs between two words about one person. */
export function fieldsBetween(before: PersonDetails | null, after: PersonDetails): (keyof PersonDetails)[] {
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

/** These words were said by one telling more. */
export const saidOnceMore = (tellings: Tellings, words: readonly string[], telling: string): Tellings =>
  ({ ...tellings, ...Object.fromEntries(words.map((word) => [word, [...(tellings[word] ?? []), telling].slice(-TELLINGS_MAX)])) })

/** Whether a word of the one was said knowing the other's, or is the same. */
export function knows(one: DatedPerson, other: DatedPerson, word: string): boolean {
  const last = other.tellings[word]?.at(-1)
  return last !== undefined && one.tellings[word]?.includes(last) === true
}

/** When each word was said; whoever runs an older program only says when the last was. */
export const saidAtOf = ({ saidAt, changedAt }: ToldCustomer): SaidAt => saidAt ?? allSaid(changedAt)

/**
 * One person of whom a till and the centre each know something, word by word. Of two words of which the one was said
 * knowing the other, the one stands. Else what the till has `changed` and not told yet is later than what the centre has,
 * and of all other words the centre's dates decide. Where both have said something new on what is allowed, a no counts:
 * nobody is written to who took it back.
 */
export function mergedPerson(mine: DatedPerson, changed: readonly CustomerField[], theirs: DatedPerson): DatedPerson {
  const [said, saidThere] = [(word: string) => mine.saidAt[word] ?? '', (word: string) => theirs.saidAt[word] ?? '']
  const isLater = (word: string): boolean => knows(mine, theirs, word) || said(word) > saidThere(word)
  const fields = FIELDS.filter((field) => !knows(theirs, mine, field) && (changed.includes(field) || isLater(field)))
  const asked = givenOf(theirs.consents)
  const counts = ({ purpose, given }: Consent): boolean =>
    !knows(theirs, mine, purpose) && (isLater(purpose) || (changed.includes('consents') && (!given || said(purpose) === saidThere(purpose) || !asked.has(purpose))))
  const consents = mine.consents.filter(counts)
  const own = [...fields, ...consents.map(({ purpose }) => purpose)]
  return {
    details: { ...theirs.details, ...(Object.fromEntries(fields.map((field) => [field, mine.details[field]])) as Partial<PersonDetails>) },
    consents: withWords(theirs.consents, consents),
    saidAt: { ...theirs.saidAt, ...Object.fromEntries(own.filter((word) => said(word) > saidThere(word)).map((word) => [word, said(word)])) },
    tellings: { ...theirs.tellings, ...Object.fromEntries(own.map((word) => [word, bothTellings(mine.tellings[word] ?? [], theirs.tellings[word] ?? [])])) },
  }
}

/** All that both have heard of a word, what only one of them has heard at the end: what the first one says stands, and is the last. */
const bothTellings = (mine: readonly string[], theirs: readonly string[]): string[] =>
  [...mine.filter((telling) => theirs.includes(telling)), ...newsOf(theirs, mine), ...newsOf(mine, theirs)].slice(-TELLINGS_MAX)

/** What the other has not heard; what lies before all that both have heard, it has heard and has no room for. */
const newsOf = (tellings: readonly string[], other: readonly string[]): string[] =>
  tellings.slice(Math.max(tellings.findIndex((telling) => other.includes(telling)), 0)).filter((telling) => !other.includes(telling))

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
