import { randomInt } from 'node:crypto'
import { CLEAR_SIGNS } from '../contract/clear-signs.ts'

/** A new code that a person reads in one place and types in another, in groups of four signs: each sign is worth five bits. */
export function newTypedCode(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => CLEAR_SIGNS[randomInt(CLEAR_SIGNS.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** The code as it was meant: small letters, blanks and hyphens do not matter. */
export const bareCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
