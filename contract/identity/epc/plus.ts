import { AI_LENGTH_BY_PREFIX, specOfAi } from '../ai-table.ts'
import type { Element } from '../element.ts'
import { refused } from '../outcome.ts'
import type { Outcome, Refused } from '../outcome.ts'
import { hasTagFormat, readAiValue, writeAiValue } from './ai-values.ts'
import { BitWriter } from './bits.ts'
import type { BitReader } from './bits.ts'
import { elementFault } from './epc.ts'
import type { Epc, TagOptions } from './epc.ts'
import { NO_EXTENSION } from './families.ts'
import { readHostname, writeHostname } from './hostname.ts'
import type { PlusScheme } from './schemes.ts'

/** The AI that the date of a DSGTIN belongs to, by its 4-bit type. */
const DATE_AIS: readonly string[] = ['11', '13', '15', '16', '17', '7006', '7007']

/** Every date of a DSGTIN is written like this one, harvest dates too. */
const SOME_DATE_AI = '11'

/** A zero remainder shorter than this is padding; an AI 00 with its value would take as much. */
const SSCC_WITH_AI_BITS = 80

/** Keys with the serial in their value, and the length of the bare key: an EPC names one piece, so it has more. */
const BARE_LENGTHS: Readonly<Record<string, number>> = { '253': 13, '255': 13, '8003': 14 }

/** Reads what follows the header of a TDS 2.x scheme, with the AIDC data behind the EPC if the toggle says so. */
export function readPlus(scheme: PlusScheme, reader: BitReader): Outcome<Epc> {
  const aidcToggle = reader.number(1)
  const filter = reader.number(3)
  const dates = scheme.dated ? [readTypedDate(reader)] : []
  const elements: Element[] = scheme.ais.map((ai): Element => [ai, readAiValue(reader, ai)])
  elements.push(...dates)
  const hostname = scheme.hosted ? readHostname(reader) : null
  if (reader.fault !== null) return refused(reader.fault)
  const key = elements.filter(([ai, value]) => ai !== '254' || value !== NO_EXTENSION)
  const fault = elementFault(key) ?? missingSerial(key)
  if (fault !== null) return fault
  const behind = aidcToggle === 1 ? readAidc(reader, key) : { ok: true as const, elements: [] }
  if (!behind.ok) return behind
  return {
    ok: true, scheme: scheme.name, filter, aidcToggle, elements: [...key, ...behind.elements],
    ...(hostname === null ? {} : { hostname }),
  }
}

function readTypedDate(reader: BitReader): Element {
  const ai = DATE_AIS[reader.number(4)]
  if (ai === undefined) reader.fail('DATE_TYPE')
  return [ai ?? '', readAiValue(reader, SOME_DATE_AI)]
}

function missingSerial(elements: readonly Element[]): Refused | null {
  const bare = elements.find(([ai, value]) => value.length <= (BARE_LENGTHS[ai] ?? 0))
  return bare === undefined ? null : refused('EMPTY', undefined, bare[0])
}

/** AIs and values one after the other, each AI once; the rest of the last word is zero. */
function readAidc(reader: BitReader, before: readonly Element[]): Outcome<{ elements: Element[] }> {
  const elements: Element[] = []
  const seen = new Set(before.map(([ai]) => ai))
  while (reader.left >= 8 && !(reader.left < SSCC_WITH_AI_BITS && reader.restIsZero())) {
    const ai = readAi(reader)
    if (reader.fault === null && seen.has(ai)) return refused('DUPLICATE_AI', undefined, ai)
    if (reader.fault === null && !hasTagFormat(ai)) {
      return refused(specOfAi(ai) === undefined ? 'UNKNOWN_AI' : 'UNSUPPORTED', undefined, ai)
    }
    const value = readAiValue(reader, ai)
    if (reader.fault !== null) return refused(reader.fault)
    const fault = elementFault([[ai, value]])
    if (fault !== null) return fault
    seen.add(ai)
    elements.push([ai, value])
  }
  return { ok: true, elements }
}

function readAi(reader: BitReader): string {
  const prefix = reader.bcd(2)
  const length = AI_LENGTH_BY_PREFIX[Number(prefix)] ?? 0
  if (length === 0) reader.fail('UNKNOWN_AI')
  return prefix + reader.bcd(Math.max(0, length - 2))
}

/**
 * Writes a TDS 2.x scheme: first the key of the scheme with its serial, then (toggle 1) every further element
 * as AIDC data in the given order. No company prefix is needed and every GS1 serial can be held.
 */
export function writePlus(
  scheme: PlusScheme, elements: readonly Element[], options: TagOptions,
): Outcome<{ writer: BitWriter }> {
  const key = keyOf(scheme, elements)
  if (key === null) return refused('UNSUPPORTED')
  const fault = missingSerial(key.own)
  if (fault !== null) return fault
  const toggle = key.behind.length > 0 ? 1 : 0
  const writer = new BitWriter().number(scheme.header, 8).number(toggle, 1).number(options.filter, 3)
  if (key.date !== null) writer.number(DATE_AIS.indexOf(key.date[0]), 4)
  const dated: readonly Element[] = key.date === null ? [] : [[SOME_DATE_AI, key.date[1]]]
  for (const [ai, value] of [...dated, ...key.own]) {
    if (!writeAiValue(writer, ai, value)) return refused('SERIAL_NOT_ENCODABLE', undefined, ai)
  }
  if (scheme.hosted && !writeHostname(writer, options.hostname ?? '')) return refused('URI_DOMAIN')
  for (const [ai, value] of key.behind) {
    writer.bcd(ai)
    if (!writeAiValue(writer, ai, value)) return refused('UNSUPPORTED', undefined, ai)
  }
  return { ok: true, writer }
}

interface Sorted {
  readonly own: readonly Element[]
  readonly date: Element | null
  readonly behind: readonly Element[]
}

/** The scheme's own elements in its order, its date, and the others; null if one of its own is missing or repeated. */
function keyOf(scheme: PlusScheme, elements: readonly Element[]): Sorted | null {
  if (new Set(elements.map(([ai]) => ai)).size < elements.length) return null
  if (elements.some(([ai, value]) => ai === '254' && value === NO_EXTENSION)) return null
  const byAi = new Map(elements)
  if (scheme.ais.includes('254') && !byAi.has('254')) byAi.set('254', NO_EXTENSION)
  const date = scheme.dated ? elements.find(([ai, value]) => isDateOfKey(ai, value)) : null
  const own = scheme.ais.flatMap((ai): Element[] => (byAi.has(ai) ? [[ai, byAi.get(ai)!]] : []))
  if (own.length < scheme.ais.length || date === undefined) return null
  const behind = elements.filter(([ai]) => !scheme.ais.includes(ai) && ai !== date?.[0])
  return { own, date, behind }
}

const isDateOfKey = (ai: string, value: string): boolean =>
  DATE_AIS.includes(ai) && value.length === 6
