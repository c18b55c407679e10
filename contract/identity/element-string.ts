import { AI_LENGTH_BY_PREFIX, SPEC_BY_NUMBER } from './ai-table.ts'
import type { AiSpec } from './ai-table.ts'
import { associationFault, valueFault } from './check-elements.ts'
import type { Element } from './element.ts'
import { refused } from './outcome.ts'
import type { Outcome, Refused } from './outcome.ts'

const CODE_0 = 48
const CODE_GS = 29

/** Elements that are each good by themselves, with what the table says of each. */
export interface SplitElements {
  readonly elements: readonly Element[]
  readonly specs: readonly AiSpec[]
}

/**
 * Reads an element string (GS1 General Specifications 7.8): AI, value, a group separator after values whose length
 * decoders do not know. `data` is what follows the AIM identifier; one separator may stand after any value.
 * `at` in a refusal counts characters of `data`. A lost separator is not repaired: the value just runs on.
 */
export function parseElementString(data: string, from = 0): Outcome<{ elements: readonly Element[] }> {
  const split = splitElementString(data, from)
  if (!split.ok) return split
  return associationFault(split.elements, split.specs) ?? { ok: true, elements: split.elements }
}

/** The first half of {@link parseElementString}: everything but the rules between elements. */
export function splitElementString(data: string, from = 0): Outcome<SplitElements> {
  const length = data.length
  if (from >= length) return refused('EMPTY', from)
  const elements: Element[] = []
  const specs: AiSpec[] = []
  let at = from
  while (at < length) {
    const spec = specAt(data, at, length)
    if (spec === undefined) return refused('UNKNOWN_AI', at)
    const start = at + spec.ai.length
    const end = spec.predefined ? start + spec.max : separatorFrom(data, start, start + spec.max, length)
    if (end > length) return refused(start === length ? 'EMPTY' : 'LENGTH', start, spec.ai)
    const code = valueFault(spec, data, start, end)
    if (code !== null) return wrongValue(spec, code, data, start)
    elements.push([spec.ai, data.slice(start, end)])
    specs.push(spec)
    at = end
    if (at < length && data.charCodeAt(at) === CODE_GS) at++
    else if (!spec.predefined && at < length) return refused('LENGTH', start, spec.ai)
  }
  return { ok: true, elements, specs }
}

/** The AI that begins at a place; its first two digits say how many digits it has. */
function specAt(data: string, at: number, length: number): AiSpec | undefined {
  if (at + 2 > length) return undefined
  const first = data.charCodeAt(at) - CODE_0
  const second = data.charCodeAt(at + 1) - CODE_0
  if (first < 0 || first > 9 || second < 0 || second > 9) return undefined
  let number = first * 10 + second
  const digits = AI_LENGTH_BY_PREFIX[number]!
  if (digits === 0 || at + digits > length) return undefined
  for (let i = 2; i < digits; i++) {
    const digit = data.charCodeAt(at + i) - CODE_0
    if (digit < 0 || digit > 9) return undefined
    number = number * 10 + digit
  }
  return SPEC_BY_NUMBER[number]
}

/** Where a value of variable length ends: at a separator, at the end of the data, or at its longest form. */
function separatorFrom(data: string, start: number, longest: number, length: number): number {
  const stop = longest < length ? longest : length
  for (let i = start; i < stop; i++) {
    if (data.charCodeAt(i) === CODE_GS) return i
  }
  return stop
}

/** A separator inside of a value of known length means that the value is too short, not that it has a bad character. */
function wrongValue(spec: AiSpec, code: Refused['code'], data: string, start: number): Refused {
  const cutShort = code === 'CHARSET' && spec.predefined && data.slice(start, start + spec.max).includes('\u001d')
  return refused(cutShort ? 'LENGTH' : code, start, spec.ai)
}
