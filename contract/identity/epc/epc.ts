import { valueFault } from '../check-elements.ts'
import { specOfAi } from '../ai-table.ts'
import type { Element } from '../element.ts'
import { refused } from '../outcome.ts'
import type { Refused } from '../outcome.ts'
import type { PcWord } from './pc-word.ts'

/** What a tag says, in the terms of GS1. The filter and the partition are how it says it, never part of who it is. */
export interface Epc {
  readonly scheme: string
  /** What kind of packaging the tag sits on (0–7), for readers that select; null where the scheme has none. */
  readonly filter: number | null
  /** The key, its serial, and any data behind them. Empty for schemes outside of GS1. */
  readonly elements: readonly Element[]
  /** Schemes with a company prefix in them. */
  readonly partition?: number
  readonly gcpLength?: number
  /** Plus schemes: 1 if AIDC data follows the EPC. */
  readonly aidcToggle?: number
  /** "++" schemes: the host of the maker's Digital Link. */
  readonly hostname?: string
  /** Schemes outside of GS1 (GID, USDoD, ADI): the parts of the name, as in the URI but unescaped. */
  readonly parts?: readonly string[]
  readonly pc?: PcWord
}

/** The first fault that an element has by the rules of its AI, or null. */
export function elementFault(elements: readonly Element[]): Refused | null {
  for (const [ai, value] of elements) {
    const spec = specOfAi(ai)
    if (spec === undefined) return refused('UNKNOWN_AI', undefined, ai)
    const code = valueFault(spec, value, 0, value.length)
    if (code !== null) return refused(code, undefined, ai)
  }
  return null
}

/** What a tag is written with beside its elements. */
export interface TagOptions {
  /** 0–7. */
  readonly filter: number
  /** Digits of the company prefix, 6–12; only the partitioned schemes need it. */
  readonly gcpLength?: number
  /** Only the "++" schemes: the host of the Digital Link, in lower case. */
  readonly hostname?: string
}

export const GCP_LENGTH_MIN = 6
export const GCP_LENGTH_MAX = 12

/** True for a whole number from `low` to `high`. */
export function isWithin(value: number | undefined, low: number, high: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= low && value <= high
}
