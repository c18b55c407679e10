import { productName } from '../../../contract/product-name.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { finished, heading, localTime, money, numbersOf, rule, text, words, type PaperSetting } from '../papers/paper-words.ts'

export interface ReservationPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  readonly customer: string
  readonly unit: KnownUnit
  readonly until: string
  /** The store in which the customer fetches it. */
  readonly fetchedAt: string
}

/** For the customer, and to lie with the piece: which one is kept, for whom, until when and where. Nothing of it is paid. */
export function reservationPaper(entry: ReservationPaper, setting: PaperSetting): ReceiptDocument {
  const { unit } = entry
  return finished('slip', setting, [
    ...heading(setting, 'receipt.slip-title', entry.number, entry.at, entry.who),
    { kind: 'text', text: entry.customer, align: 'center', bold: true, size: 'large' },
    rule(),
    { kind: 'item', name: productName(unit.product), details: numbersOf(unit.aliases, setting), quantity: null, amount: money(setting, unit.price_cents) },
    rule(),
    text(words(setting, 'receipt.slip-until', { time: localTime(entry.until, setting) })),
    text(words(setting, 'receipt.slip-fetch', { store: entry.fetchedAt }), 'left', true),
    text(words(setting, 'receipt.slip-text'), 'center', true),
    { kind: 'qr', payload: unit.aliases[0]?.value ?? entry.number, caption: entry.number },
    { kind: 'cut' },
  ])
}
