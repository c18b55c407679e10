import type { Policy } from '../../../contract/policy.ts'
import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { SaleLine, Tender, Totals } from '../../../contract/sale-view.ts'
import { formatRate } from '../../../contract/words/format.ts'
import { contractNumber } from '../flows/sale-plans.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import { lawOf } from './country-law.ts'
import {
  codeWords, ending, exact, finished, heading, money, numbersOf, rule, text, words, type PaperSetting,
} from './paper-words.ts'

export interface SalePaper {
  readonly number: string
  readonly at: string
  readonly cashier: string
  readonly lines: readonly SaleLine[]
  readonly totals: Totals
  readonly rounding_cents: number
  readonly tenders: readonly Tender[]
}

/** The receipt of a sale: every serial on it, the tax, the money, and a code that brings the sale up again. */
export function salePaper(sale: SalePaper, setting: PaperSetting, policy: Policy): ReceiptDocument {
  return finished('sale', setting, [
    ...heading(setting, 'receipt.sale-title', sale.number, sale.at, sale.cashier),
    ...sale.lines.map((line) => itemBlock(line, sale, setting)),
    rule(),
    ...taxOnTop(sale, setting),
    ...(sale.rounding_cents === 0 ? [] : [pair(words(setting, 'receipt.rounding'), money(setting, sale.rounding_cents))]),
    { kind: 'total', left: words(setting, 'receipt.total'), right: money(setting, sale.totals.gross_cents + sale.rounding_cents) },
    ...taxWithin(sale, setting),
    rule(),
    ...sale.tenders.flatMap((tender) => tenderBlocks(tender, setting)),
    ...guarantee(sale, setting, policy),
    { kind: 'space', lines: 1 },
    { kind: 'qr', payload: `${RECEIPT_QR}${sale.number}`, caption: words(setting, 'receipt.scan-me') },
    ...ending(setting, 'receipt.thanks'),
  ])
}

const pair = (left: string, right: string, bold = false): ReceiptBlock => ({ kind: 'pair', left, right, bold })

function itemBlock(line: SaleLine, sale: SalePaper, setting: PaperSetting): ReceiptBlock {
  const details = [
    ...numbersOf(line.aliases, setting),
    ...(line.parts ?? []).flatMap((part) => [words(setting, 'receipt.set-part', { name: productName(part) }), ...numbersOf(part.aliases, setting)]),
    ...(line.lot === null ? [] : [words(setting, 'receipt.lot', { lot: line.lot })]),
    ...(line.expiry === null ? [] : [words(setting, 'receipt.expiry', { date: line.expiry })]),
    ...(line.plan === undefined
      ? []
      : [
        words(setting, 'receipt.plan-for', { piece: line.plan.name, serial: exact(line.plan.serial, setting) }),
        words(setting, 'receipt.cover-contract', { number: exact(contractNumber(sale.number, sale.lines, line), setting) }),
      ]),
    ...(line.priceSet === undefined
      ? []
      : [words(setting, 'receipt.price-instead', { price: money(setting, line.priceSet.listPrice_cents), reason: line.priceSet.reason })]),
    ...discountLines(line, setting),
  ]
  return {
    kind: 'item',
    name: productName(line),
    details,
    quantity:
      line.quantity === 1 ? null : words(setting, 'receipt.quantity', { count: line.quantity, price: money(setting, line.unitPrice_cents) }),
    amount: money(setting, line.total_cents),
  }
}

/** Each part of a discount under its own name, so that the customer sees what was given and why. */
function discountLines(line: SaleLine, setting: PaperSetting): string[] {
  if (line.discount_cents === 0) return []
  const parts = line.discounts ?? []
  if (parts.length === 0) return [words(setting, 'receipt.discount', { amount: money(setting, line.discount_cents) })]
  return parts.map((part) => words(setting, 'receipt.discount-why', { reason: part.reason, amount: money(setting, part.amount_cents) }))
}

/** Where prices are shown with the tax in them, each rate says under the total how much of it is tax. */
function taxWithin({ totals }: SalePaper, setting: PaperSetting): ReceiptBlock[] {
  if (totals.net_cents !== null) return []
  return totals.taxes.map((tax) =>
    pair(
      words(setting, 'receipt.tax', { rate: formatRate(setting.language, tax.rate_bp), name: lawOf(setting.place.country).taxName }),
      words(setting, 'receipt.tax-from', { tax: money(setting, tax.tax_cents), gross: money(setting, tax.gross_cents) }),
    ),
  )
}

/** Where the tax comes on top of the prices shown, the lines above the total lead from the one to the other. */
function taxOnTop({ totals }: SalePaper, setting: PaperSetting): ReceiptBlock[] {
  if (totals.net_cents === null) return []
  return [
    pair(words(setting, 'receipt.net'), money(setting, totals.net_cents)),
    ...totals.taxes.map((tax) =>
      pair(
        words(setting, 'receipt.tax-added', { rate: formatRate(setting.language, tax.rate_bp), name: lawOf(setting.place.country).taxName }),
        money(setting, tax.tax_cents),
      ),
    ),
  ]
}

function tenderBlocks(tender: Tender, setting: PaperSetting): ReceiptBlock[] {
  const kind = codeWords(setting, `tender.${tender.kind}`, tender.kind)
  const paid = pair(words(setting, 'receipt.paid-by', { tender: kind }), money(setting, tender.amount_cents))
  if (tender.credit) return [paid, pair(words(setting, 'receipt.left-on', { number: tender.credit.number }), money(setting, tender.credit.left_cents))]
  if (tender.kind !== 'cash') return [paid]
  return [
    paid,
    pair(words(setting, 'receipt.given'), money(setting, tender.given_cents)),
    pair(words(setting, 'receipt.change'), money(setting, tender.change_cents), true),
  ]
}

/** Where durable goods are on the receipt, the law of the country wants the guarantee told. */
function guarantee(sale: SalePaper, setting: PaperSetting, policy: Policy): ReceiptBlock[] {
  const legal = policy.legalGuarantee[setting.place.country]
  const units = sale.lines.some((line) => line.tracking === 'unit')
  if (!legal || !units) return []
  return [{ kind: 'space', lines: 1 }, text(words(setting, 'receipt.legal-guarantee', { months: legal.months }))]
}
