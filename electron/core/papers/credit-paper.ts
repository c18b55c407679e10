import type { CreditKind } from '../../../contract/credit.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { formatDate } from '../../../contract/words/format.ts'
import { VOUCHER_QR } from '../scans/resolve.ts'
import { ending, finished, heading, money, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface CreditPaper {
  readonly number: string
  readonly kind: CreditKind
  readonly amount_cents: number
  readonly holder: string | null
  readonly expires_on: string | null
  readonly at: string
  readonly who: string
}

/** A voucher or a store credit to take home: what it is worth, until when, and its code for the scanner and for the eye. */
export function creditPaper(credit: CreditPaper, setting: PaperSetting): ReceiptDocument {
  const title = credit.kind === 'voucher' ? 'receipt.voucher-title' : 'receipt.credit-title'
  return finished('credit', setting, [
    ...heading(setting, title, credit.number, credit.at, credit.who),
    { kind: 'total', left: words(setting, 'receipt.credit-worth'), right: money(setting, credit.amount_cents) },
    ...(credit.holder === null ? [] : [text(words(setting, 'receipt.credit-for', { name: credit.holder }))]),
    ...(credit.expires_on === null
      ? []
      : [text(words(setting, 'receipt.credit-until', { date: formatDate(setting.language, credit.expires_on) }))]),
    rule(),
    { kind: 'barcode', symbology: 'code128', payload: credit.number, caption: credit.number },
    { kind: 'qr', payload: `${VOUCHER_QR}${credit.number}`, caption: null },
    text(words(setting, 'receipt.credit-text')),
    ...ending(setting, 'receipt.thanks'),
  ])
}
