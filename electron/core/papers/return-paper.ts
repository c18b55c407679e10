import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { RefundPlan } from '../../../contract/return-view.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { dayIn } from '../../../contract/days.ts'
import { productName } from '../../../contract/product-name.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'
import type { LookedAt } from '../returns/condition-questions.ts'
import {
  codeWords, exact, finished, heading, money, rule, text, words, type PaperSetting,
} from './paper-words.ts'
import { numbersOfLine, slipBlocks, type Slips } from './routing-slip.ts'

export interface ReturnPaperLine {
  readonly product: Product
  readonly unit: KnownUnit | null
  readonly serial: string | null
  readonly quantity: number
  readonly sale: { readonly receiptNumber: string | null; readonly soldAt: string | null }
  readonly reason: string
  readonly condition: Condition
  readonly refund_cents: number
  readonly next: NextPlace
  readonly seen: LookedAt
  /** It came after its window, and its money goes back as store credit alone. */
  readonly onlyCredit: boolean
}

export interface ReturnPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  readonly approvedBy: string | null
  readonly lines: readonly ReturnPaperLine[]
  readonly plan: RefundPlan
  /** Numbers of vouchers and store credit that were given out; each has a paper of its own. */
  readonly credits: readonly string[]
}

/** The customer's proof of the refund and, behind the knife, a slip for each piece that gets no label of its way. */
export function returnPaper(entry: ReturnPaper, setting: PaperSetting, slips: Slips): ReceiptDocument {
  const blocks: ReceiptBlock[] = [
    ...heading(setting, 'receipt.return-title', entry.number, entry.at, entry.who),
    ...entry.lines.flatMap((line) => itemBlocks(line, setting)),
    ...(entry.approvedBy === null ? [] : [text(words(setting, 'receipt.approved-by', { name: entry.approvedBy }))]),
    rule(),
    { kind: 'total', left: words(setting, 'receipt.refund'), right: money(setting, entry.plan.amount_cents + entry.plan.rounding_cents) },
    ...paidBlocks(entry, setting),
    { kind: 'cut' },
    ...(slips === 'labels-apart' ? [] : entry.lines.flatMap((line) => slipBlocks(entry.number, line, setting))),
  ]
  return finished('return', setting, blocks)
}

function itemBlocks(line: ReturnPaperLine, setting: PaperSetting): ReceiptBlock[] {
  const { receiptNumber, soldAt } = line.sale
  return [
    {
      kind: 'item', name: productName(line.product), details: numbersOfLine(line, setting),
      quantity: line.quantity === 1 ? null : `${line.quantity} ×`, amount: money(setting, -line.refund_cents),
    },
    ...(receiptNumber === null || soldAt === null
      ? [text(words(setting, 'receipt.no-original'))]
      : [text(words(setting, 'receipt.original', { receipt: receiptNumber, date: dayIn(soldAt, setting.place.time_zone) }))]),
    text(words(setting, 'receipt.reason', { reason: codeWords(setting, `return-reason.${line.reason}`, line.reason) })),
    text(words(setting, 'receipt.condition', { condition: codeWords(setting, `condition.${line.condition}`, line.condition) })),
    ...(line.onlyCredit ? [text(words(setting, 'receipt.after-window'))] : []),
    ...line.seen.absent.map((id) => text(words(setting, 'receipt.absent', { part: codeWords(setting, `accessory.${id}`, id) }))),
  ]
}

/** One tender is said in a sentence; several each with its share. */
function paidBlocks({ plan, credits }: ReturnPaper, setting: PaperSetting): ReceiptBlock[] {
  const name = (kind: string): string => codeWords(setting, `tender.${kind}`, kind)
  const only = plan.pays.length === 1 ? plan.pays[0] : undefined
  return [
    ...(only === undefined
      ? plan.pays.map(({ kind, amount_cents }) => ({ kind: 'pair' as const, left: name(kind), right: money(setting, amount_cents), bold: false }))
      : [text(words(setting, 'receipt.refund-to', { tender: name(only.kind) }))]),
    ...credits.map((number) => text(words(setting, 'receipt.credit-number', { number: exact(number, setting) }))),
  ]
}
