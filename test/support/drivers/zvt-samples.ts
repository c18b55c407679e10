import { joined } from '../../../native/bytes.ts'
import type { SlipLine } from '../../../native/terminals/payment-terminal.ts'
import { zvtDriver } from '../../../native/terminals/zvt-driver.ts'
import type { ZvtCommandFromTill, ZvtEvent } from '../../../native/terminals/zvt-state.ts'
import { fromHex } from './desk.ts'
import type { Sample } from './laws.ts'

export const PATIENCE = { acknowledge_ms: 1_000, silence_ms: 4_000, quick_ms: 4_000, rest_ms: 500 }

export const ZVT = zvtDriver({ password: '000000', currency: 978, patience: PATIENCE })

export const READY = [{ kind: 'opened' }, { kind: 'bytes', bytes: fromHex('80 00 00 06 0F 00') }] as const

/** 20.40 EUR with the card, trace and receipt of the fixture frame "payment ok, full". */
export const PAID_2040 =
  '04 0F 77 27 00 04 00 00 00 00 20 40 0B 00 04 70 0C 22 39 53 0D 10 06 0E 25 12 17 00 01 19 70 22 F0 F8 EE EE EE EE ' +
  'EE EE 47 71 29 28 00 48 69 2A 31 30 30 34 36 31 37 36 33 20 20 20 20 20 20 3B 36 31 31 38 30 34 00 00 3C F0 F1 F4 ' +
  '47 45 4E 2E 4E 52 2E 3A 36 31 31 38 30 34 49 09 78 87 04 70 88 00 04 70 8A 2E 8B F1 F7 44 65 62 69 74 20 4D 61 73 ' +
  '74 65 72 63 61 72 64 00'
export const DECLINED =
  '04 0F 25 27 05 29 29 00 02 74 3C F0 F0 F9 41 62 67 65 6C 65 68 6E 74 8A 06 06 0D 24 0B 07 09 41 62 67 65 6C 65 68 6E 74'
export const ACK = '80 00 00'
export const INSERT = '04 FF 01 0A'
export const DONE = '06 0F 00'

export const PAY: ZvtCommandFromTill = { kind: 'ask', id: 'a', act: { do: 'pay', amount_cents: 2_040 } }
export const DETAILS = {
  amount_cents: 2_040, currency: 'EUR', receipt: 470, trace: 470, terminalId: '28004869', cardName: 'Debit Mastercard',
  cardEnd: '4771', text: 'GEN.NR.:611804',
} as const

const approved = (slip: readonly SlipLine[] = []): ZvtEvent => ({
  kind: 'answer', id: 'a', answer: { of: 'money', outcome: { outcome: 'approved', details: DETAILS, slip } },
})
const insert: ZvtEvent = { kind: 'progress', id: 'a', progress: 'insert-card' }

const sample = (
  name: string,
  act: ZvtCommandFromTill,
  frames: readonly string[],
  events: readonly ZvtEvent[],
): Sample<ZvtCommandFromTill, ZvtEvent> => ({
  name,
  before: [act],
  bytes: joined(...frames.map((frame) => fromHex(frame))),
  events,
})

export const ZVT_SAMPLES: readonly Sample<ZvtCommandFromTill, ZvtEvent>[] = [
  sample('a payment', PAY, [ACK, INSERT, PAID_2040, DONE], [insert, approved()]),
  sample(
    'a payment with a slip',
    PAY,
    [ACK, INSERT, PAID_2040, '06 D1 14 40 2A 2A 20 4B 41 53 53 45 4E 53 43 48 4E 49 54 54 20 2A 2A', '06 D1 01 81', DONE],
    [insert, approved([{ text: '** KASSENSCHNITT **', copy: 'unsaid' }])],
  ),
  sample('a declined card', PAY, [ACK, INSERT, DECLINED, '06 1E 01 05'], [
    insert,
    {
      kind: 'answer', id: 'a',
      answer: { of: 'money', outcome: { outcome: 'declined', code: 'declined', words: 'Abgelehnt', slip: [] } },
    },
  ]),
  sample('a command it does not know', PAY, ['84 83 00'], [
    { kind: 'answer', id: 'a', answer: { of: 'money', outcome: { outcome: 'declined', code: 'refused', words: '', slip: [] } } },
  ]),
  sample('its last result', { kind: 'ask', id: 'a', act: { do: 'last-result' } }, [ACK, PAID_2040, DONE], [
    { kind: 'answer', id: 'a', answer: { of: 'last', last: { told: true, approved: true, details: DETAILS } } },
  ]),
]

export const ZVT_COMMANDS: readonly ZvtCommandFromTill[] = [
  PAY,
  { kind: 'ask', id: 'b', act: { do: 'refund', amount_cents: 100 } },
  { kind: 'ask', id: 'c', act: { do: 'reverse', receipt: 470 } },
  { kind: 'ask', id: 'd', act: { do: 'end-of-day' } },
  { kind: 'ask', id: 'e', act: { do: 'last-result' } },
  { kind: 'ask', id: 'f', act: { do: 'status' } },
  { kind: 'cancel' },
]

/** A message of a terminal and a slip: what a driver of this protocol may hold at most. */
export const ZVT_HELD_MAX = 128 * 1024
