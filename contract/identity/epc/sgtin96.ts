import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import type { Epc } from './epc.ts'

/**
 * SGTIN-96 from the three 32-bit words of the tag, in plain numbers: a gate reads thousands of these a second,
 * and every one of them is under 2^53. The general reader gives the same for all input; a property proves it.
 */
export function readSgtin96(first: number, second: number, third: number): Outcome<Epc> {
  const filter = (first >>> 21) & 7
  const partition = (first >>> 18) & 7
  if (partition === 7) return refused('PARTITION')
  const both = (first & 0x3ffff) * 0x4000000 + (second >>> 6)
  const referenceSize = REFERENCE_SIZES[partition]!
  const company = Math.floor(both / referenceSize)
  const reference = both - company * referenceSize
  const itemDecimals = ITEM_DECIMALS[partition]!
  const indicator = Math.floor(reference / itemDecimals)
  if (company >= COMPANY_DECIMALS[partition]! || indicator > 9) return refused('RANGE')
  const body = indicator * 1e12 + company * itemDecimals + (reference - indicator * itemDecimals)
  const gcpLength = 12 - partition
  return {
    ok: true,
    scheme: 'SGTIN-96',
    filter,
    elements: [['01', gtin14(body)], ['21', decimal((second & 0x3f) * 0x100000000 + third)]],
    partition,
    gcpLength,
  }
}

/** 2 to the bits of the reference, 10 to its digits behind the indicator, 10 to the digits of the company prefix. */
const REFERENCE_SIZES = [4, 7, 10, 14, 17, 20, 24].map((bits) => 2 ** bits)
const ITEM_DECIMALS = [0, 1, 2, 3, 4, 5, 6].map((digits) => 10 ** digits)
const COMPANY_DECIMALS = [12, 11, 10, 9, 8, 7, 6].map((digits) => 10 ** digits)

/** A body of 13 digits with its check digit, in two halves, because small whole numbers turn into text fastest. */
function gtin14(body: number): string {
  const high = Math.floor(body / 1e6)
  const low = body - high * 1e6
  const check = (10 - ((weighted(high, 3) + weighted(low, 3)) % 10)) % 10
  return padded(high) + padded(low * 10 + check)
}

/** The digits of a number below 10^7, from the right, times `first`, 1 or 3 in turns. */
function weighted(number: number, first: 1 | 3): number {
  let rest = number | 0
  let sum = 0
  let weight: number = first
  while (rest > 0) {
    const tenth = (rest / 10) | 0
    sum += (rest - tenth * 10) * weight
    weight = 4 - weight
    rest = tenth
  }
  return sum
}

/** Seven digits with zeros in front. */
function padded(number: number): string {
  return String(number + 10_000_000).slice(1)
}

/** A number below 2^38 in decimal digits. */
function decimal(number: number): string {
  if (number < 1e7) return String(number)
  const high = Math.floor(number / 1e7)
  return String(high) + padded(number - high * 1e7)
}
