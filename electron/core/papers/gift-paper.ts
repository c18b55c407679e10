import { DAY_MS } from '../../../contract/durations.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import { ending, finished, heading, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface GiftLine {
  readonly name: string
  readonly category: string
  readonly numbers: readonly string[]
  readonly quantity: number
}

export interface GiftPaper {
  /** Number of the sale: the gift receipt is found by it. */
  readonly number: string
  /** The day of the sale in the store's calendar. */
  readonly soldOn: string
  readonly at: string
  readonly lines: readonly GiftLine[]
}

/** Lets somebody who did not pay exchange or bring back a present: every number of it, no price. */
export function giftPaper(entry: GiftPaper, setting: PaperSetting, policy: Policy): ReceiptDocument {
  return finished('gift', setting, [
    ...heading(setting, 'receipt.gift-title', entry.number, entry.at, ''),
    text(words(setting, 'receipt.gift-sold', { date: entry.soldOn })),
    rule(),
    ...entry.lines.map((line): ReceiptBlock => ({
      kind: 'item',
      name: line.name,
      details: [...line.numbers, ...backUntil(line, entry.soldOn, setting, policy)],
      quantity: line.quantity === 1 ? null : `${line.quantity} ×`,
      amount: '',
    })),
    rule(),
    text(words(setting, 'receipt.gift-text')),
    { kind: 'space', lines: 1 },
    { kind: 'qr', payload: `${RECEIPT_QR}${entry.number}`, caption: words(setting, 'receipt.scan-me') },
    ...ending(setting, 'receipt.thanks'),
  ])
}

/** The last day of the return window; nothing is promised for goods that do not come back. */
function backUntil(line: GiftLine, soldOn: string, setting: PaperSetting, policy: Policy): string[] {
  const { windows } = policy.returns
  const window = windows.find((one) => one.category === line.category) ?? windows.find((one) => one.category === '*')
  if (!window || window.days === 0) return []
  const last = new Date(Date.parse(soldOn) + window.days * DAY_MS).toISOString().slice(0, 10)
  return [words(setting, 'receipt.gift-until', { date: last })]
}
