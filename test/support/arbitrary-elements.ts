import * as fc from 'fast-check'
import { AI_SPECS, specOfAi } from '../../contract/identity/ai-table.ts'
import type { AiPart, AiSpec } from '../../contract/identity/ai-table.ts'
import { BASE64URL, DIGIT, SET_39, SET_82, SET_82_ORDER } from '../../contract/identity/characters.ts'
import { checkPair, mod10CheckDigit } from '../../contract/identity/check-digits.ts'
import { elementsFault, valueFault } from '../../contract/identity/check-elements.ts'
import type { Element } from '../../contract/identity/element.ts'

const DIGITS = '0123456789'
const ALPHABETS = new Map([
  [DIGIT, DIGITS],
  [SET_82, SET_82_ORDER],
  [SET_39, '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [BASE64URL, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'],
])

function textOf(alphabet: string, min: number, max: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: min, maxLength: max })
}

const number = (min: number, max: number, digits: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((value) => String(value).padStart(digits, '0'))

const day = (openDay: boolean): fc.Arbitrary<string> =>
  fc.tuple(number(0, 99, 2), number(1, 12, 2), number(openDay ? 0 : 1, 28, 2)).map((parts) => parts.join(''))

/** Values that pass the checks which random characters would hardly ever pass. */
const MADE: Readonly<Record<string, (part: AiPart) => fc.Arbitrary<string>>> = {
  csum: (part) => textOf(DIGITS, part.max - 1, part.max - 1).map((body) => body + mod10CheckDigit(body)),
  csumalpha: () => fc.tuple(textOf(DIGITS, 4, 4), textOf('AZaz-/09', 1, 18)).map(([prefix, rest]) =>
    `${prefix}${rest}x${checkPair(`${prefix}${rest}x`)}`),
  gcppos1: (part) => fc.tuple(textOf(DIGITS, 4, 4), textOf(ALPHABETS.get(part.set)!, 0, part.max - 4))
    .map((parts) => parts.join('')),
  yymmd0: () => day(true),
  yymmdd: () => day(false),
  yyyymmdd: () => fc.tuple(number(1900, 2099, 4), number(1, 12, 2), number(1, 28, 2)).map((parts) => parts.join('')),
  hhmi: () => fc.tuple(number(0, 23, 2), number(0, 59, 2)).map((parts) => parts.join('')),
  hh: () => number(0, 23, 2),
  mi: () => number(0, 59, 2),
  ss: () => number(0, 59, 2),
  pieceoftotal: () => number(1, 99, 2).map((total) => `01${total}`),
  pcenc: (part) => textOf('ABCabc123+', 1, part.max - 3).map((text) => `${text}%2F`),
  nonzero: (part) => number(1, 10 ** part.max - 1, part.max),
  nozeroprefix: () => fc.integer({ min: 1, max: 999_999_999_999 }).map(String),
  zero: () => fc.constant('0'),
  hyphen: () => fc.constant('-'),
  yesno: () => fc.constantFrom('0', '1'),
  winding: () => fc.constantFrom('0', '1', '9'),
  importeridx: () => fc.constantFrom('-', '_', 'A', 'z', '7'),
}

function partValue(part: AiPart): fc.Arbitrary<string> {
  const lint = part.lints.find((name) => MADE[name] !== undefined)
  return lint === undefined ? textOf(ALPHABETS.get(part.set)!, part.min, part.max) : MADE[lint]!(part)
}

/** A value that is good for an AI by itself. Optional parts come or stay away from the end on. */
export function aiValue(spec: AiSpec): fc.Arbitrary<string> {
  const optional = spec.parts.filter((part) => part.optional).length
  return fc.integer({ min: spec.parts.length - optional, max: spec.parts.length })
    .chain((count) => fc.tuple(...spec.parts.slice(0, count).map(partValue)))
    .map((parts) => parts.join(''))
    .filter((value) => valueFault(spec, value, 0, value.length) === null)
}

/** Companions that make most AIs legal, so that sets are not thrown away too often. */
const COMPANIONS = [
  ['01'], ['00'], ['01', '21'], ['00', '02', '37'], ['8006', '21'], ['415', '8020'], ['255'], ['8018'], ['8017'],
  ['414'], ['01', '21', '8040'], ['8010'], ['01', '30'], ['01', '416'], ['8003'], ['8004'],
] as const

/** Any set of different AIs that is legal as one message, in any order. */
export const arbitraryElements: fc.Arbitrary<readonly Element[]> = fc
  .tuple(fc.constantFrom(...COMPANIONS), fc.array(fc.constantFrom(...AI_SPECS), { maxLength: 7 }))
  .map(([companions, specs]) => [...new Set([...companions.map((ai) => specOfAi(ai)!), ...specs])])
  .chain((specs) => fc.tuple(fc.constant(specs), fc.tuple(...specs.map(aiValue))))
  .map(([specs, values]) => specs.map((spec, i): Element => [spec.ai, values[i]!]))
  .map(largestLegal)
  .filter((elements) => elements.length > 0)
  .chain((elements) => fc.shuffledSubarray([...elements], { minLength: elements.length }))

/** Leaves out, from the end on, what may not stand beside the rest. */
function largestLegal(elements: readonly Element[]): readonly Element[] {
  let legal = elements
  while (legal.length > 0 && elementsFault(legal) !== null) {
    const without = legal.findIndex((_, i) => elementsFault(legal.toSpliced(legal.length - 1 - i, 1)) === null)
    legal = legal.toSpliced(without < 0 ? legal.length - 1 : legal.length - 1 - without, 1)
  }
  return legal
}
