import * as fc from 'fast-check'
import { AI_SPECS, specOfAi } from '../../contract/identity/ai-table.ts'
import { SET_82_ORDER } from '../../contract/identity/characters.ts'
import type { Element } from '../../contract/identity/element.ts'
import { hasTagFormat } from '../../contract/identity/epc/ai-values.ts'
import { elementFault } from '../../contract/identity/epc/epc.ts'
import type { TagOptions } from '../../contract/identity/epc/epc.ts'
import { FAMILIES } from '../../contract/identity/epc/families.ts'
import { SCHEMES } from '../../contract/identity/epc/schemes.ts'
import type { PartitionedScheme, PlusScheme, Writing } from '../../contract/identity/epc/schemes.ts'
import { aiValue } from './arbitrary-elements.ts'

/** What goes onto a tag. */
export interface TagPlan {
  readonly scheme: string
  readonly elements: readonly Element[]
  readonly options: TagOptions
}

const DIGITS = '0123456789'
const SET_6_BIT = '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const text = (alphabet: string, min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: min, maxLength: max })

/** A part that the scheme can hold, from the smallest to the largest. */
function part(as: Writing, bits: number, max: number): fc.Arbitrary<string> {
  switch (as) {
    case 'padded': return text(DIGITS, max, max)
    case 'integer': {
      const largest = 2n ** BigInt(bits) - 1n
      const decimal = 10n ** BigInt(max) - 1n
      return fc.bigInt({ min: 0n, max: largest < decimal ? largest : decimal }).map(String)
    }
    case 'marked-integer': return text(DIGITS, 1, max)
    case 'text7': return text(SET_82_ORDER, 1, max)
    case 'text6': return text(SET_6_BIT, 1, max)
    default: return as satisfies never
  }
}

function partitionedPlan(scheme: PartitionedScheme): fc.Arbitrary<TagPlan> {
  return fc.integer({ min: 0, max: 6 }).chain((partition) => {
    const { reference, serial } = scheme
    const pieces = scheme.family === 'itip' ? [fc.constant('01'), fc.constantFrom('01', '02', '99')] : []
    return fc.record({
      company: text(DIGITS, 12 - partition, 12 - partition),
      reference: part(reference.as, reference.bits[partition]!, reference.digits[partition]!),
      rest: fc.tuple(...pieces, ...(serial === null ? [] : [part(serial.as, serial.bits, serial.max)])),
      filter: fc.integer({ min: 0, max: 7 }),
    }).map(({ company, reference: ref, rest, filter }): TagPlan => ({
      scheme: scheme.name,
      elements: FAMILIES[scheme.family].elementsOf([company, ref, ...rest]),
      options: { filter, gcpLength: 12 - partition },
    }))
  })
}

const DATES = ['11', '13', '15', '16', '17', '7006', '7007'] as const
const CARRIED = AI_SPECS.filter(({ ai }) => hasTagFormat(ai))

function plusPlan(scheme: PlusScheme): fc.Arbitrary<TagPlan> {
  const extras = fc.uniqueArray(fc.constantFrom(...CARRIED.map(({ ai }) => ai)), { maxLength: 3 })
  return fc.tuple(fc.constantFrom(...DATES), extras).chain(([date, behind]) => {
    const ais = [...new Set([...scheme.ais, ...(scheme.dated ? [date] : []), ...behind])]
    return fc.record({
      values: fc.tuple(...ais.map((ai) => aiValue(specOfAi(ai)!))),
      filter: fc.integer({ min: 0, max: 7 }),
      hostname: fc.constantFrom('example.com', 'id.example.com', 'a.b-c.shop', 'www.maker.eco', 'x1.de'),
    }).map(({ values, filter, hostname }): TagPlan => ({
      scheme: scheme.name,
      elements: ais.map((ai, i): Element => [ai, values[i]!]),
      options: scheme.hosted ? { filter, hostname } : { filter },
    }))
  })
}

/** Plans for a scheme by name; elements that break a rule of their own AI are left out. */
export function tagPlan(name: string): fc.Arbitrary<TagPlan> {
  const scheme = SCHEMES.find((candidate) => candidate.name === name)
  if (scheme === undefined || scheme.kind === 'foreign') throw new Error(`no plan for ${name}`)
  const plans = scheme.kind === 'partitioned' ? partitionedPlan(scheme) : plusPlan(scheme)
  return plans.filter(({ elements }) => elementFault(elements) === null)
}

/** The schemes that carry GS1 elements. */
export const KEYED_SCHEMES: readonly string[] =
  SCHEMES.filter(({ kind }) => kind !== 'foreign').map(({ name }) => name)

/** The bytes of any tag, most of them with a header that means something. */
export const anyTagBytes: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...SCHEMES.map(({ header }) => header), 0, 0xe2, 0x77), fc.uint8Array({ maxLength: 60 }))
  .map(([header, rest]) => Uint8Array.from([header, ...rest]))
