import type { z } from 'zod'
import type { Reading } from '../../../contract/contract.ts'
import { identify, type IdentifyInput } from '../../../contract/identity/identify.ts'
import { codeWords } from '../../../contract/identity/outcome.ts'

type Explained = { bytesHex: string; aim: string | null; readings: z.infer<typeof Reading>[] }

/** Everything a code can be, field by field, and why it is not what it looks like. A card's number is not repeated. */
export function explain(text: string, hex: boolean, today: string): Explained {
  const bytes = hex ? Buffer.from(text.replaceAll(/\s/g, ''), 'hex') : Buffer.from(text, 'utf8')
  const source: Pick<IdentifyInput, 'text' | 'bytes'> = hex ? { bytes } : { text }
  const found = identify({ ...source, channel: 'scanner', config: { today, masks: [] } })
  if (found.card)
    return { bytesHex: '', aim: found.aim, readings: [{ what: 'payment-card', ok: false, code: 'card-number', fields: [] }] }
  const good = found.readings.map((reading) => ({
    what: reading.kind,
    ok: true,
    code: null,
    fields: [
      ...(reading.key === null ? [] : [{ name: reading.key.scheme, value: reading.key.value }]),
      ...reading.elements.map(([ai, value]) => ({ name: `(${ai})`, value })),
      ...Object.entries(reading.fields).map(([name, value]) => ({ name, value })),
    ],
  }))
  const bad = found.refusals.map((refusal) => ({
    what: refusal.as,
    ok: false,
    code: refusal.code,
    fields: [{ name: 'why', value: codeWords[refusal.code] }],
  }))
  return { bytesHex: bytes.toString('hex'), aim: found.aim, readings: [...good, ...bad] }
}
