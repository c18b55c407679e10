import type { PersonDetails } from '../../../contract/customer.ts'

/** A name is found by its first letters, from the second to the twelfth. */
const NAME_MIN = 2
const NAME_MAX = 12
const WORDS_MAX = 6
/** Enough of a telephone number to be typed, and common to all the ways in which it is written. */
const PHONE_END = 7
const PHONE_MIN = 5

/**
 * All that a person is found by, each with its kind in front so that a card never answers to a telephone. These are
 * hashed before they are kept.
 */
export function findingsOf(details: PersonDetails): string[] {
  const email = details.email.toLowerCase()
  return [
    ...namesIn(details.name).flatMap((word) => beginnings(word).map((start) => `name:${start}`)),
    ...phoneEnds(details.phone).map((end) => `phone:${end}`),
    ...(email === '' ? [] : [`email:${email}`, ...beginnings(email.split('@')[0] ?? '').map((start) => `email:${start}`)]),
    ...(details.card === '' ? [] : [cardFinding(details.card)]),
  ]
}

/**
 * What a typed text could be, each reading a list of findings that must all be met: all the words of a name, or one
 * number. Empty for a text that is too short for a person to be meant.
 */
export function askedFor(text: string): string[][] {
  const typed = text.trim()
  const names = namesIn(typed).map((word) => `name:${word.slice(0, NAME_MAX)}`)
  const isName = names.length > 0 && namesIn(typed).every((word) => word.length >= NAME_MIN)
  const phone = phoneEnds(typed)[0]
  const email = typed.toLowerCase()
  const emailStart = email.includes('@') ? email : email.slice(0, NAME_MAX)
  return [
    ...(typed === '' ? [] : [[cardFinding(typed)]]),
    ...(isName ? [names] : []),
    ...(phone === undefined ? [] : [[`phone:${phone}`]]),
    ...(emailStart.length >= NAME_MIN && !email.includes(' ') ? [[`email:${emailStart}`]] : []),
  ]
}

export const cardFinding = (number: string): string => `card:${number.trim().toUpperCase()}`

/** A full name as two texts that say it have it in common, whatever the case, the accents and the order of its words; empty for a text without one. */
export const fullName = (text: string): string => namesIn(text).toSorted().join(' ')

/** What everybody with this full name is found by: the longest beginning of each of its words. */
export const fullNameFindings = (name: string): string[] => namesIn(name).flatMap((word) => beginnings(word).at(-1) ?? []).map((start) => `name:${start}`)

/** Without accents and in small letters: `Núñez` is found by `nunez`. */
const namesIn = (text: string): string[] =>
  (text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, WORDS_MAX)

function beginnings(word: string): string[] {
  const signs = [...word]
  const last = Math.min(signs.length, NAME_MAX)
  return Array.from({ length: Math.max(0, last - NAME_MIN + 1) }, (_, more) => signs.slice(0, NAME_MIN + more).join(''))
}

/** The last digits: `+49 171 5550123`, `0171/5550123` and `5550123` are one telephone. */
function phoneEnds(text: string): string[] {
  if (!/^[+\d\s()/.-]+$/.test(text)) return []
  const digits = text.replaceAll(/\D/g, '')
  return digits.length < PHONE_MIN ? [] : [digits.slice(-PHONE_END)]
}
