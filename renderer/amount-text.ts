/**
 * Reads an amount as people type it, whatever signs their country uses, as whole minor units. The last separator
 * followed by one or two digits (for a currency with two) is the decimal sign; others must stand before groups of
 * three. Null for what is no amount: a till asks again rather than guess.
 */
export function readAmount(text: string, digits: number): number | null {
  const plain = withLatinDigits(text).replaceAll(/[\s'’\u00A0\u202F]/gu, '')
  if (!/\d/u.test(plain) || !/^\d*(?:[.,٫٬]\d*)*$/u.test(plain)) return null
  const parts = plain.split(/[.,٫٬]/u)
  const last = parts.at(-1) ?? ''
  const hasMinor = parts.length > 1 && digits > 0 && last.length <= digits
  const minor = hasMinor ? last : ''
  const whole = hasMinor ? parts.slice(0, -1) : parts
  if (whole.length > 1 && !whole.slice(1).every((group) => group.length === 3)) return null
  const all = `${whole.join('')}${minor.padEnd(digits, '0')}`
  if (all.length === 0 || all.length > 12) return null
  return Number(all)
}

function withLatinDigits(text: string): string {
  return text.replaceAll(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}
