import type { PersonDetails } from '../../../contract/customer.ts'

/**
 * As much of a person as lets a cashier ask "is that you?" and nobody write anything down: first letters, last digits.
 * The language stays: papers speak it.
 */
export const masked = (details: PersonDetails): PersonDetails => ({
  name: maskedName(details.name),
  phone: details.phone === '' ? '' : `••• ${details.phone.slice(-2)}`,
  email: maskedEmail(details.email),
  card: details.card === '' ? '' : `•••${details.card.slice(-3)}`,
  address: details.address === '' ? '' : '•••',
  note: details.note === '' ? '' : '•••',
  language: details.language,
})

/** First letters only: enough to ask "is it you?", too little to learn a name. */
export const maskedName = (name: string): string => name.split(/\s+/).map(firstSign).join(' ')

const firstSign = (word: string): string => {
  const [first] = word
  return first === undefined ? '' : `${first}•••`
}

/** `m•••@e•••.com`: enough to see that it is the right one of two. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 0) return email === '' ? '' : '•••'
  const place = email.slice(at + 1)
  const dot = place.lastIndexOf('.')
  return `${firstSign(email.slice(0, at))}@${firstSign(place)}${dot < 0 ? '' : place.slice(dot)}`
}
