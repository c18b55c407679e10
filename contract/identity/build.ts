import { specOfAi } from './ai-table.ts'
import { elementsFault } from './check-elements.ts'
import { buildDigitalLink } from './digital-link.ts'
import { GS } from './element.ts'
import type { Element } from './element.ts'
import type { Outcome } from './outcome.ts'

/**
 * Writes elements as an element string in the given order: a separator after each value whose length decoders
 * do not know, none at the end. It writes what it is given; {@link buildLabel} also checks it.
 */
export function buildElementString(elements: readonly Element[]): string {
  let text = ''
  elements.forEach(([ai, value], i) => {
    text += ai + value
    if (i < elements.length - 1 && specOfAi(ai)?.predefined !== true) text += GS
  })
  return text
}

/** Writes elements for people, `(01)…(21)…`; a bracket inside a value becomes `\(` so that it can be read back. */
export function buildHri(elements: readonly Element[]): string {
  return elements.map(([ai, value]) => `(${ai})${value.replaceAll('(', '\\(')}`).join('')
}

/** One set of elements in its three written forms. */
export interface Label {
  readonly elementString: string
  readonly hri: string
  /** Null where a Digital Link cannot hold every element (an IMEI, for example): nothing is ever dropped. */
  readonly digitalLink: string | null
}

/** Checks the elements as a reader would and writes them in all forms, or says why they are no GS1 data. */
export function buildLabel(elements: readonly Element[]): Outcome<Label> {
  const fault = elementsFault(elements)
  if (fault !== null) return fault
  return {
    ok: true,
    elementString: buildElementString(elements),
    hri: buildHri(elements),
    digitalLink: buildDigitalLink(elements),
  }
}

/**
 * The order in which GS1 recommends to print: the key, then values of known length, then variable ones, the serial
 * last. Any order is good to read; this one needs the fewest separators.
 */
export function inPrintOrder(elements: readonly Element[]): Element[] {
  const rank = ([ai]: Element): number => {
    if (ai === '01' || ai === '00') return 0
    if (specOfAi(ai)?.predefined === true) return 1
    return ai === '21' ? 3 : 2
  }
  return elements.toSorted((a, b) => rank(a) - rank(b))
}
