import type { Apdu } from './apdu.ts'
import { currencyCode } from './currencies.ts'
import type { PaymentDetails, SlipLine } from './payment-terminal.ts'
import { digitsOf, fromBcd, readFields, readTlv, withoutCardNumbers, zvtText, type Field } from './zvt-fields.ts'

/** A status information (04 0F): what became of a transaction. `result` 0 is a yes; null: it does not say. */
export interface StatusInformation {
  readonly result: number | null
  readonly details: PaymentDetails
}

/** What a terminal says, read. */
export type ZvtMessage =
  | { readonly kind: 'acknowledged' }
  /** 84 xx: the terminal does not do what it was told. */
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'intermediate'; readonly status: number }
  | { readonly kind: 'status'; readonly information: StatusInformation }
  | { readonly kind: 'print'; readonly lines: readonly SlipLine[]; readonly last: boolean }
  | { readonly kind: 'completed' }
  | { readonly kind: 'aborted'; readonly code: number }
  | { readonly kind: 'other' }

/** Reads what a message of a terminal means. Total: what nobody knows is `other`. */
export function readMessage(apdu: Apdu): ZvtMessage {
  const { body } = apdu
  switch ((apdu.class << 8) | apdu.instruction) {
    case 0x8000:
    case 0x8400:
      return { kind: 'acknowledged' }
    case 0x04ff:
      return { kind: 'intermediate', status: body[0] ?? 0xff }
    case 0x040f:
      return { kind: 'status', information: readStatus(body) }
    case 0x06d1:
      return printLine(body)
    case 0x06d3:
      return printBlock(body)
    case 0x060f:
      return { kind: 'completed' }
    case 0x061e:
      return { kind: 'aborted', code: body[0] ?? 0xff }
    default:
      return apdu.class === 0x84 ? { kind: 'refused', code: apdu.instruction } : { kind: 'other' }
  }
}

/** Reads the fields of a status information. Card tracks and check numbers are passed over, never decoded. */
export function readStatus(body: Uint8Array): StatusInformation {
  const { fields } = readFields(body)
  const bytes = (id: number): Uint8Array | null => fields.find((field) => field.id === id)?.value ?? null
  const number = (id: number): number | null => mapped(bytes(id), fromBcd)
  const text = (id: number): string | null => mapped(bytes(id), (value) => withoutCardNumbers(zvtText(value)))
  return {
    result: bytes(0x27)?.[0] ?? null,
    details: {
      amount_cents: number(0x04),
      currency: mapped(number(0x49), currencyCode),
      receipt: number(0x87),
      trace: number(0x0b),
      terminalId: mapped(bytes(0x29), digitsOf),
      cardName: text(0x8b),
      cardEnd: mapped(bytes(0x22), endOfCard),
      text: text(0x3c) ?? textOfContainer(fields),
    },
  }
}

const mapped = <Value, Result>(value: Value | null, make: (value: Value) => Result | null): Result | null =>
  value === null ? null : make(value)

/** The number of a card is half a byte a digit, E where it is masked, F at the end of an odd one. */
export function endOfCard(bytes: Uint8Array): string | null {
  const end = /\d{1,4}$/.exec(digitsOf(bytes).replace(/F$/, ''))?.[0]
  return end ?? null
}

/** Newer terminals say it as a TLV container: display texts (24) of text lines (07). */
function textOfContainer(fields: readonly Field[]): string | null {
  const container = fields.find((field) => field.id === 0x06)
  if (container === undefined) return null
  const display = readTlv(container.value).find((entry) => entry.tag === 0x24)
  const lines = display === undefined ? [] : readTlv(display.value).filter((entry) => entry.tag === 0x07)
  const text = lines.map((line) => zvtText(line.value)).join(' ')
  return text === '' ? null : withoutCardNumbers(text)
}

/** 06 D1: one line, attributes first. 81 says that it was the last; FF asks for paper to be fed. */
function printLine(body: Uint8Array): ZvtMessage {
  const attributes = body[0] ?? 0
  const text = withoutCardNumbers(zvtText(body.subarray(1)))
  const last = attributes === 0x81
  return { kind: 'print', last, lines: last && text === '' ? [] : [{ text, copy: 'unsaid' }] }
}

const COPIES: ReadonlyMap<number, SlipLine['copy']> = new Map([[1, 'merchant'], [2, 'customer']])

/** 06 D3: a whole slip in a TLV container, 1F07 whose copy, 25 the lines, 07 each of them. */
function printBlock(body: Uint8Array): ZvtMessage {
  const container = readFields(body).fields.find((field) => field.id === 0x06)
  const entries = container === undefined ? [] : readTlv(container.value)
  const kind = entries.find((entry) => entry.tag === 0x1f07)?.value[0]
  const copy = kind === undefined ? 'unsaid' : (COPIES.get(kind) ?? 'other')
  const lines = entries
    .filter((entry) => entry.tag === 0x25)
    .flatMap((entry) => readTlv(entry.value))
    .filter((entry) => entry.tag === 0x07)
    .map((entry): SlipLine => ({ text: withoutCardNumbers(zvtText(entry.value)), copy }))
  return { kind: 'print', last: false, lines }
}
