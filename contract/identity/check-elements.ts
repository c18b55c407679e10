import { SLOTS, specOfAi } from './ai-table.ts'
import type { AiPart, AiSpec } from './ai-table.ts'
import { CHARACTER_CLASSES } from './characters.ts'
import type { Element } from './element.ts'
import { refused } from './outcome.ts'
import type { Code, Refused } from './outcome.ts'

/**
 * The fault of a value that stands in `text` from `start` up to `end`, or null: empty, length, characters,
 * then the checks of each component (General Specifications 3, GS1 Syntax Dictionary).
 */
export function valueFault(spec: AiSpec, text: string, start: number, end: number): Code | null {
  if (start >= end) return 'EMPTY'
  if (end - start > spec.max || end - start < spec.min) return 'LENGTH'
  const parts = spec.parts
  let at = start
  for (let p = 0; p < parts.length; p++) {
    const part = parts[p]!
    const left = end - at
    if (left === 0 && part.optional) break
    if (left < part.min) return 'LENGTH'
    const partEnd = left < part.max ? end : at + part.max
    const fault = partFault(part, text, at, partEnd)
    if (fault !== null) return fault
    at = partEnd
  }
  return at < end ? 'LENGTH' : null
}

function partFault(part: AiPart, text: string, start: number, end: number): Code | null {
  const set = part.set
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code >= 128 || (CHARACTER_CLASSES[code]! & set) === 0) return 'CHARSET'
  }
  const checks = part.checks
  for (let c = 0; c < checks.length; c++) {
    const fault = checks[c]!(text, start, end)
    if (fault !== null) return fault
  }
  return null
}

/**
 * How many different AIs of the message at hand fill each slot. One table for the whole process:
 * reading is synchronous, and whoever fills the table empties it again before returning.
 */
const present = new Uint16Array(SLOTS)
const presentValue: string[] = []

/**
 * The fault between elements that are each good by themselves, or null: the same AI with two values,
 * an AI that excludes another, one that lacks its companion, a signature over a key without serial part.
 * Takes time in proportion to the number of elements.
 */
export function associationFault(elements: readonly Element[], specs: readonly AiSpec[]): Refused | null {
  let counted = 0
  let fault: Refused | null = null
  for (; counted < elements.length && fault === null; counted++) {
    const spec = specs[counted]!
    const value = elements[counted]![1]
    const slots = spec.slots
    if (present[slots[0]] === 0) {
      present[slots[0]]!++
      present[slots[1]]!++
      present[slots[2]]!++
      presentValue[slots[0]] = value
    } else if (presentValue[slots[0]] !== value) {
      fault = refused('DUPLICATE_AI', undefined, spec.ai)
    }
  }
  for (let i = 0; i < specs.length && fault === null; i++) fault = companionFault(specs[i]!)
  for (let i = 0; i < counted; i++) {
    const slots = specs[i]!.slots
    present[slots[0]] = 0
    present[slots[1]] = 0
    present[slots[2]] = 0
  }
  return fault
}

function companionFault(spec: AiSpec): Refused | null {
  const excluded = spec.excluded
  for (let i = 0; i < excluded.length; i++) {
    if (present[excluded[i]!.slot]! > excluded[i]!.own) return refused('EXCLUSIVE_AI', undefined, spec.ai)
  }
  const required = spec.required
  for (let i = 0; i < required.length; i++) {
    if (!someGroupPresent(required[i]!)) return refused('MISSING_AI', undefined, spec.ai)
  }
  return spec.ai === '8030' ? unsignableKey() : null
}

function someGroupPresent(groups: readonly (readonly number[])[]): boolean {
  for (let g = 0; g < groups.length; g++) {
    const group = groups[g]!
    let held = true
    for (let s = 0; s < group.length && held; s++) held = present[group[s]!]! > 0
    if (held) return true
  }
  return false
}

/** Keys whose serial part is optional, with the length of the bare key. */
const BARE_KEY_LENGTHS = [[253, 13], [255, 13], [8003, 14]] as const

function unsignableKey(): Refused | null {
  for (const [slot, length] of BARE_KEY_LENGTHS) {
    if (present[slot] === 0 || presentValue[slot]!.length > length) continue
    return refused('MISSING_SERIAL', undefined, String(slot))
  }
  return null
}

/** The first fault of a list of elements, each by itself and all together, or null. An empty list is `EMPTY`. */
export function elementsFault(elements: readonly Element[]): Refused | null {
  if (elements.length === 0) return refused('EMPTY')
  const specs: AiSpec[] = []
  for (const [ai, value] of elements) {
    const spec = specOfAi(ai)
    if (spec === undefined) return refused('UNKNOWN_AI', undefined, ai)
    const code = valueFault(spec, value, 0, value.length)
    if (code !== null) return refused(code, undefined, ai)
    specs.push(spec)
  }
  return associationFault(elements, specs)
}
