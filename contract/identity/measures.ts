/** The AIs whose last digit says how many digits of the value stand behind the decimal point. */
const DECIMAL_AI = /^(?:3[1-6]\d[0-5]|39[0-5]\d)$/
/** Amounts with a currency begin with its three ISO 4217 digits. */
const WITH_CURRENCY = /^39[13]\d$/

/**
 * The number that a weight, measure or amount means, as decimal text: AI 3103 with `001234` is `1.234`.
 * Made by moving digits, never by floating point. Null for AIs without an implied decimal point.
 */
export function decimalOf(ai: string, value: string): string | null {
  if (!DECIMAL_AI.test(ai)) return null
  const digits = WITH_CURRENCY.test(ai) ? value.slice(3) : value
  const decimals = Number(ai.charAt(3))
  const padded = digits.padStart(decimals + 1, '0')
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, '')
  return decimals === 0 ? whole : `${whole}.${padded.slice(padded.length - decimals)}`
}
