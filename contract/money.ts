import { z } from 'zod'

/** Money in whole minor units of its currency (cents, pence). The only representation that is ever stored or sent. */
export type Cents = number & { readonly __unit: 'cents' }

/** A hundred million in major units: more than any till, and far below where integers lose their exactness. */
export const CENTS_MAX = 10_000_000_000

/** On the wire: a whole number in range. The brand is the compiler's, the bounds are checked at run time. */
export const Cents = z.int().min(-CENTS_MAX).max(CENTS_MAX) as unknown as z.ZodType<Cents, Cents>

export const Currency = z.string().regex(/^[A-Z]{3}$/)
export type Currency = z.infer<typeof Currency>

/** Refuses (throws: it is a bug, not bad news) what is not a whole amount within ±CENTS_MAX. */
export function cents(amount: number): Cents {
  if (!Number.isSafeInteger(amount)) throw new Error(`cents are whole: ${amount}`)
  if (Math.abs(amount) > CENTS_MAX) throw new Error(`cents out of range: ${amount}`)
  return (amount === 0 ? 0 : amount) as Cents
}

export const ZERO = cents(0)

export const add = (...amounts: readonly Cents[]): Cents => cents(amounts.reduce((sum, amount) => sum + amount, 0))
export const minus = (from: Cents, amount: Cents): Cents => cents(from - amount)
export const negated = (amount: Cents): Cents => cents(-amount)
export const times = (amount: Cents, quantity: number): Cents => cents(amount * quantity)

/**
 * Splits a whole by integer weights so that the parts sum to the whole, whatever the weights (largest remainder;
 * ties go to the earlier part). If all weights are zero the first part takes everything. Refuses (throws) no weights,
 * and weights that are negative or not whole.
 */
export function allocate(whole: Cents, weights: readonly number[]): Cents[] {
  if (weights.length === 0) throw new Error('nothing to allocate to')
  if (!weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0))
    throw new Error(`weights are whole and not negative: ${weights.join(', ')}`)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum === 0) return weights.map((_, index) => (index === 0 ? whole : ZERO))
  const sign = whole < 0 ? -1n : 1n
  const size = BigInt(Math.abs(whole))
  const shares = weights.map((weight, index) => {
    const exact = size * BigInt(weight)
    return { index, part: exact / BigInt(sum), rest: exact % BigInt(sum) }
  })
  let left = size - shares.reduce((total, share) => total + share.part, 0n)
  const byRest = [...shares].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const share of byRest) {
    if (left === 0n) break
    share.part += 1n
    left -= 1n
  }
  return shares.map((share) => cents(Number(sign * share.part)))
}

/** The share of `amount` for a rate in basis points (1900 = 19 %), rounded half away from zero. */
export function share(amount: Cents, rate_bp: number): Cents {
  return cents(roundedDivision(BigInt(amount) * BigInt(rate_bp), 10_000n))
}

/** The tax contained in a gross amount at a rate in basis points, rounded half away from zero. */
export function taxWithin(gross: Cents, rate_bp: number): Cents {
  return cents(roundedDivision(BigInt(gross) * BigInt(rate_bp), 10_000n + BigInt(rate_bp)))
}

/** Cash is paid in coins of `step` minor units (5 in Switzerland); rounds half away from zero. */
export function roundedToCash(amount: Cents, step: number): Cents {
  if (step <= 1) return amount
  return cents(roundedDivision(BigInt(amount), BigInt(step)) * step)
}

function roundedDivision(dividend: bigint, divisor: bigint): number {
  const sign = dividend < 0n ? -1n : 1n
  const size = dividend < 0n ? -dividend : dividend
  return Number(sign * ((size * 2n + divisor) / (divisor * 2n)))
}
