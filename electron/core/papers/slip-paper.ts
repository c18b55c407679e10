import type { SaleLine, Totals } from '../../../contract/sale-view.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { finished, heading, itemsOf, keptFor, localTime, money, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface SlipPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  /** The name under which the cart was put aside. */
  readonly name: string
  readonly lines: readonly SaleLine[]
  readonly totals: Totals
  /** Until when the pieces are kept for this cart; null where nothing in it is held. */
  readonly heldUntil: string | null
}

/** Goes with goods that are put aside: for whom, which pieces, until when. It says that nothing is paid yet. */
export function slipPaper(entry: SlipPaper, setting: PaperSetting): ReceiptDocument {
  return finished('slip', setting, [
    ...heading(setting, 'receipt.slip-title', entry.number, entry.at, entry.who),
    keptFor(entry.name),
    rule(),
    ...itemsOf(entry.lines, setting),
    rule(),
    { kind: 'total', left: words(setting, 'receipt.slip-due'), right: money(setting, entry.totals.gross_cents) },
    ...(entry.heldUntil === null ? [] : [text(words(setting, 'receipt.slip-until', { time: localTime(entry.heldUntil, setting) }))]),
    text(words(setting, 'receipt.slip-text'), 'center', true),
    { kind: 'cut' },
  ])
}
