import type { Policy } from '../../../contract/policy.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { SaleLine, Tender, Totals } from '../../../contract/sale-view.ts'
import type { Alias } from '../../../contract/unit.ts'
import { formatRate } from '../../../contract/words/format.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import { bcp47, codeWords, heading, money, rule, text, words, type PaperSetting } from './paper-words.ts'

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
  const blocks: ReceiptBlock[] = [
    ...heading(setting, 'receipt.sale-title', sale.number, sale.at, sale.cashier),
    ...sale.lines.map((line) => itemBlock(line, setting)),
    rule(),
    { kind: 'total', left: words(setting, 'receipt.total'), right: money(setting, sale.totals.gross_cents + sale.rounding_cents) },
    ...sale.totals.taxes.map((tax): ReceiptBlock => ({
      kind: 'pair',
      left: words(setting, 'receipt.tax', { rate: formatRate(setting.language, tax.rate_bp) }),
      right: words(setting, 'receipt.tax-from', { tax: money(setting, tax.tax_cents), gross: money(setting, tax.gross_cents) }),
      bold: false,
    })),
    rule(),
    ...sale.tenders.flatMap((tender) => tenderBlocks(tender, setting)),
    ...guarantee(sale, setting, policy),
    { kind: 'space', lines: 1 },
    { kind: 'qr', payload: `${RECEIPT_QR}${sale.number}`, caption: words(setting, 'receipt.scan-me') },
    text(words(setting, 'receipt.thanks'), 'center'),
    { kind: 'cut' },
  ]
  return { kind: 'sale', copy: false, demo: setting.demo, language: bcp47(setting), blocks }
}

function itemBlock(line: SaleLine, setting: PaperSetting): ReceiptBlock {
  const details = [
    ...line.aliases.filter((alias) => alias.kind !== 'epc' && alias.kind !== 'tag-uid').map((alias) => aliasLine(alias, setting)),
    ...(line.lot === null ? [] : [words(setting, 'receipt.lot', { lot: line.lot })]),
    ...(line.expiry === null ? [] : [words(setting, 'receipt.expiry', { date: line.expiry })]),
  ]
  return {
    kind: 'item',
    name: [line.brand, line.name, line.variant].filter((part) => part !== '').join(' '),
    details,
    quantity:
      line.quantity === 1 ? null : words(setting, 'receipt.quantity', { count: line.quantity, price: money(setting, line.unitPrice_cents) }),
    amount: money(setting, line.total_cents),
  }
}

export function aliasLine(alias: Alias, setting: PaperSetting): string {
  if (alias.kind === 'imei') return words(setting, 'receipt.imei', { imei: alias.value })
  if (alias.kind === 'vin') return words(setting, 'receipt.frame', { number: alias.value })
  return words(setting, 'receipt.serial', { serial: alias.value })
}

function tenderBlocks(tender: Tender, setting: PaperSetting): ReceiptBlock[] {
  const kind = codeWords(setting, `tender.${tender.kind}`, tender.kind)
  const paid: ReceiptBlock = {
    kind: 'pair',
    left: words(setting, 'receipt.paid-by', { tender: kind }),
    right: money(setting, tender.amount_cents),
    bold: false,
  }
  if (tender.kind !== 'cash') return [paid]
  return [
    paid,
    { kind: 'pair', left: words(setting, 'receipt.given'), right: money(setting, tender.given_cents), bold: false },
    { kind: 'pair', left: words(setting, 'receipt.change'), right: money(setting, tender.change_cents), bold: true },
  ]
}

/** Where durable goods are on the receipt, the law of the country wants the guarantee told. */
function guarantee(sale: SalePaper, setting: PaperSetting, policy: Policy): ReceiptBlock[] {
  const legal = policy.legalGuarantee[setting.place.country]
  const units = sale.lines.some((line) => line.tracking === 'unit')
  if (!legal || !units) return []
  return [{ kind: 'space', lines: 1 }, text(words(setting, 'receipt.legal-guarantee', { months: legal.months }))]
}
