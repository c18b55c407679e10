import type { z } from 'zod'
import type { Reading } from '../../../contract/calls/device-calls.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { specOfAi } from '../../../contract/identity/ai-table.ts'
import { doubtWords } from '../../../contract/identity/doubts.ts'
import { bytesOfHex } from '../../../contract/identity/epc/hex.ts'
import type { Identity } from '../../../contract/identity/identity.ts'
import { identify, type Identification, type Refusal } from '../../../contract/identity/identify.ts'
import { codeWords } from '../../../contract/identity/outcome.ts'

type Explained = { bytesHex: string; aim: string | null; readings: z.infer<typeof Reading>[] }

/**
 * Everything a code can be, field by field, and why it is not what it looks like. With `hex` the text is the bytes as
 * the device sent them, or the content of a tag; what is no whole bytes in hexadecimal is refused (`not-hexadecimal`).
 * A card's number is not repeated, nor its bytes.
 */
export function explain(text: string, hex: boolean, today: string): Result<Explained> {
  if (!hex) return ok(explained(identify({ text, channel: 'scanner', config: { today, masks: [] } })))
  const digits = text.replaceAll(/\s/g, '')
  const bytes = digits.length % 2 === 0 && digits !== '' ? bytesOfHex(digits) : null
  if (bytes === null) return refused('not-hexadecimal')
  const sent = identify({ bytes, channel: 'scanner', config: { today, masks: [] } })
  const tag = asTag(digits, today)
  const readings = [...tag.readings, ...sent.readings]
  return ok(explained({ ...sent, readings, refusals: [...sent.refusals, ...tag.refusals] }))
}

/** Ninety-six bits: no radio tag of goods holds less. */
const TAG_DIGITS_MIN = 24

/** Hexadecimal may be a radio tag itself, with its protocol control word in front or without; noise says nothing. */
function asTag(digits: string, today: string): Pick<Identification, 'readings' | 'refusals'> {
  const read = (includesPc: boolean) =>
    identify({ text: digits, channel: 'rfid', config: { today, masks: [], includesPc } })
  const plain = read(false)
  if (plain.readings.length > 0) return plain
  const withWord = read(true)
  if (withWord.readings.length > 0) return withWord
  const isTagLong = digits.length >= TAG_DIGITS_MIN
  return { readings: [], refusals: isTagLong ? plain.refusals.filter((refusal) => refusal.code !== 'HEADER') : [] }
}

const CARD = { what: 'payment-card', ok: false, code: 'card-number', fields: [] }

function explained(found: Identification): Explained {
  if (found.card) return { bytesHex: '', aim: found.aim, readings: [CARD] }
  return {
    bytesHex: found.raw?.hex ?? '',
    aim: found.aim,
    readings: [...found.readings.map(goodReading), ...found.refusals.map(badReading)],
  }
}

function goodReading(reading: Identity): Explained['readings'][number] {
  const { key, elements, fields, dates, doubts } = reading
  return {
    what: reading.kind,
    ok: true,
    code: null,
    fields: [
      // The key of a label with elements stands among them.
      ...(key === null || elements.length > 0 ? [] : [{ name: key.scheme, value: key.value }]),
      ...elements.map(([ai, value]) => ({ name: titled(ai), value })),
      ...dates.map(({ ai, date, expired }) => ({
        name: `${titled(ai)} =`,
        value: expired ? `${date} (expired)` : date,
      })),
      ...Object.entries(fields).filter(([, value]) => value !== '').map(([name, value]) => ({ name, value })),
      ...doubts.map(({ kind, ai }) => ({ name: ai === undefined ? kind : `${kind} (${ai})`, value: doubtWords[kind] })),
    ],
  }
}

const titled = (ai: string): string => [`(${ai})`, specOfAi(ai)?.title ?? ''].filter((part) => part !== '').join(' ')

function badReading({ as, code, at, ai }: Refusal): Explained['readings'][number] {
  return {
    what: as,
    ok: false,
    code,
    fields: [
      { name: 'why', value: codeWords[code] },
      ...(ai === undefined ? [] : [{ name: 'field', value: `(${ai})` }]),
      ...(at === undefined ? [] : [{ name: 'character', value: String(at + 1) }]),
    ],
  }
}
