import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { EXAMPLE_MASK } from '../../contract/identity/example-mask.ts'
import { parseDigitalLink } from '../../contract/identity/digital-link.ts'
import { parseCompressedLink } from '../../contract/identity/digital-link-compressed.ts'
import { buildLabel } from '../../contract/identity/build.ts'
import { classify } from '../../contract/identity/classify.ts'
import { readDate } from '../../contract/identity/dates.ts'
import { readEid } from '../../contract/identity/eid.ts'
import { parseHri } from '../../contract/identity/hri.ts'
import { readIccid } from '../../contract/identity/iccid.ts'
import { readImei } from '../../contract/identity/imei.ts'
import { readIsbn, readIssn } from '../../contract/identity/isbn-issn.ts'
import { expandUpcE, keyCheckDigit, readKey } from '../../contract/identity/keys.ts'
import { readMac } from '../../contract/identity/mac.ts'
import { readMask } from '../../contract/identity/mask.ts'
import { MaskSchema } from '../../contract/identity/mask-schema.ts'
import { matchKey } from '../../contract/identity/match-key.ts'
import { readMeid } from '../../contract/identity/meid.ts'
import { refused } from '../../contract/identity/outcome.ts'
import { readScan } from '../../contract/identity/scan.ts'
import { readVin } from '../../contract/identity/vin.ts'
import { epcKinds } from './identity-vectors-epc.ts'

/** One line of the vector file: what goes in, and either the fields that come out or the fault. */
const IdentityVectorSchema = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.unknown().optional(),
  expected: z.unknown().optional(),
  error: z.string().optional(),
  optional: z.boolean().optional(),
  advisory: z.boolean().optional(),
})
export type IdentityVector = z.infer<typeof IdentityVectorSchema>

const ElementsSchema = z.array(z.tuple([z.string(), z.string()]))
const ProfileSchema = z.enum(['strict', 'loose', 'ocr'])
const ClassesSchema = z.object({
  includes: z.array(z.string()).default([]),
  excludes: z.array(z.string()).default([]),
  mustNotStore: z.boolean().optional(),
})

const CLASSIFY_CONTEXT = { nowYear: 2026, masks: [{ name: 'seed', mask: EXAMPLE_MASK }] }

function field(input: unknown, name: string): unknown {
  return typeof input === 'object' && input !== null && name in input ? Reflect.get(input, name) : undefined
}

function text(input: unknown, name: string): string {
  const value = field(input, name)
  return typeof value === 'string' ? value : ''
}

function flag(input: unknown, name: string): boolean {
  return field(input, name) === true
}

function scanOf(input: unknown): unknown {
  const substitute = field(input, 'gsSubstitute')
  return readScan(text(input, 'data'), {
    assumeGs1: flag(input, 'assumeGs1'),
    ...(typeof substitute === 'string' ? { gsSubstitute: substitute } : {}),
  })
}

function classified(input: unknown): unknown {
  const { candidates, mustNotStore } = classify(text(input, 'value'), CLASSIFY_CONTEXT)
  return { ok: true, candidates, mustNotStore }
}

function built(input: unknown): unknown {
  const elements = ElementsSchema.safeParse(field(input, 'elements'))
  return elements.success ? buildLabel(elements.data) : refused('FORMAT')
}

function maskRead(input: unknown): unknown {
  const mask = MaskSchema.safeParse(field(input, 'mask'))
  if (!mask.success) return refused('FORMAT')
  return readMask(mask.data, text(input, 'value'), Number(field(input, 'nowYear')))
}

/** Every vector kind, with what answers it: kind → function from the vector's input to an outcome. */
export const kinds: Readonly<Record<string, (input: unknown) => unknown>> = {
  'gs1.check-digit': (input) => keyCheckDigit(text(input, 'scheme'), text(input, 'body')),
  'gs1.key': (input) => readKey(text(input, 'scheme'), text(input, 'value')),
  'gs1.upce': (input) => expandUpcE(text(input, 'value')),
  'gs1.scan': scanOf,
  'gs1.hri': (input) => parseHri(text(input, 'text')),
  'gs1.dl': (input) => parseDigitalLink(text(input, 'uri'), { allowShortGtin: flag(input, 'allowShortGtin') }),
  'dl.compressed': (input) => parseCompressedLink(text(input, 'uri')),
  'gs1.build': (input) => built(input),
  'gs1.date': (input) => readDate(text(input, 'ai'), text(input, 'value'), text(input, 'today')),
  'id.imei': (input) => readImei(text(input, 'value')),
  'id.meid': (input) => readMeid(text(input, 'value')),
  'id.iccid': (input) => readIccid(text(input, 'value')),
  'id.eid': (input) => readEid(text(input, 'value')),
  'id.vin': (input) => readVin(text(input, 'value')),
  'id.isbn': (input) => readIsbn(text(input, 'value')),
  'id.issn': (input) => readIssn(text(input, 'value')),
  'id.mac': (input) => readMac(text(input, 'value')),
  'serial.mask': maskRead,
  'serial.match-key': (input) => ({
    ok: true, key: matchKey(text(input, 'value'), ProfileSchema.parse(field(input, 'profile'))),
  }),
  'classify': classified,
  ...epcKinds,
}

/** How one vector went. `skipped` only for optional kinds that nothing answers; `note`: refused with another code. */
export type VectorVerdict =
  | { readonly at: 'passed', readonly note?: string }
  | { readonly at: 'skipped', readonly why: string }
  | { readonly at: 'failed', readonly why: string }

/** Runs one vector. Only the fields in `expected` are compared; bad input must be refused, its code is advisory. */
export async function runVector(vector: IdentityVector): Promise<VectorVerdict> {
  const answer = Object.hasOwn(kinds, vector.kind) ? kinds[vector.kind] : undefined
  if (answer === undefined) {
    const why = `nothing answers ${vector.kind}`
    return vector.optional === true ? { at: 'skipped', why } : { at: 'failed', why }
  }
  let actual: unknown
  try {
    actual = await answer(vector.input)
  } catch (error) {
    return { at: 'failed', why: `threw ${String(error)}` }
  }
  return vector.error === undefined ? compared(vector, actual) : refusal(vector.error, actual)
}

function refusal(expected: string, actual: unknown): VectorVerdict {
  if (field(actual, 'ok') !== false) {
    return { at: 'failed', why: `accepted, expected ${expected}: ${JSON.stringify(actual)}` }
  }
  const code = text(actual, 'code')
  return code === expected ? { at: 'passed' } : { at: 'passed', note: `refused with ${code}, advised ${expected}` }
}

function compared(vector: IdentityVector, actual: unknown): VectorVerdict {
  if (field(actual, 'ok') === false) return { at: 'failed', why: `refused: ${JSON.stringify(actual)}` }
  const wrong = vector.kind === 'classify'
    ? wrongClasses(ClassesSchema.parse(vector.expected), actual)
    : differences(vector.expected, actual, '')
  return wrong.length === 0 ? { at: 'passed' } : { at: 'failed', why: wrong.join('; ') }
}

/** An excluded `gtin` stands for the whole family. */
function wrongClasses(expected: z.infer<typeof ClassesSchema>, actual: unknown): string[] {
  const candidates = z.array(z.string()).parse(field(actual, 'candidates'))
  const missing = expected.includes.filter((name) => !candidates.includes(name))
  const extra = expected.excludes.filter((name) =>
    candidates.some((candidate) => candidate === name || candidate.startsWith(`${name}-`)))
  const card = expected.mustNotStore !== undefined && expected.mustNotStore !== flag(actual, 'mustNotStore')
  return [
    ...missing.map((name) => `lacks ${name}`),
    ...extra.map((name) => `must not say ${name}`),
    ...(card ? [`mustNotStore is not ${String(expected.mustNotStore)}`] : []),
  ]
}

/** Where `actual` differs from the fields that `expected` names; lists are compared whole and in order. */
function differences(expected: unknown, actual: unknown, path: string): string[] {
  if (Array.isArray(expected)) {
    const same = JSON.stringify(expected) === JSON.stringify(actual)
    return same ? [] : [`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`]
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path} is ${JSON.stringify(actual)}`]
    return Object.entries(expected).flatMap(([name, value]: [string, unknown]) =>
      differences(value, field(actual, name), path === '' ? name : `${path}.${name}`))
  }
  return Object.is(expected, actual) ? [] : [`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`]
}

/** Reads a vector file: a list, or an object that holds one under `vectors`. Throws, saying what is wrong, if it is neither. */
export function readVectors(file: string | URL): IdentityVector[] {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const read = z.array(IdentityVectorSchema).safeParse(Array.isArray(parsed) ? parsed : field(parsed, 'vectors'))
  if (!read.success) throw new Error(z.prettifyError(read.error))
  return read.data
}
