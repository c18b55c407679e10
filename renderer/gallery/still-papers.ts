import type { Language } from '../../contract/ids.ts'
import type { ReceiptDocument } from '../../contract/receipt.ts'
import { formatInstant, formatMoney, formatRate } from '../../contract/words/format.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { say } from '../../contract/words/say.ts'
import { NOW } from './still-units.ts'

/** A receipt to look at, worded as the core words it. */
export function stillReceipt(language: Language): ReceiptDocument {
  const money = (amount_cents: number) => formatMoney(language, amount_cents, 'EUR')
  return {
    kind: 'sale',
    copy: false,
    demo: true,
    language: LANGUAGES[language].locale,
    blocks: [
      { kind: 'banner', text: say(language, 'receipt.demo') },
      { kind: 'logo', name: 'shop', alt: 'Halden & Söhne' },
      { kind: 'title', text: 'Halden & Söhne' },
      { kind: 'text', text: 'Berlin Mitte · Torstraße 18', align: 'center', bold: false, size: 'normal' },
      { kind: 'rule', weight: 'single' },
      {
        kind: 'pair',
        left: 'T1-2026-000347',
        right: formatInstant(language, NOW),
        bold: false,
      },
      { kind: 'text', text: say(language, 'receipt.served-by', { name: 'Mara Lindt' }), align: 'left', bold: false, size: 'normal' },
      { kind: 'rule', weight: 'single' },
      {
        kind: 'item',
        name: 'Halden Aurora X2',
        details: [say(language, 'receipt.serial', { serial: 'HX2-0048213' })],
        quantity: null,
        amount: money(189_900),
      },
      {
        kind: 'item',
        name: 'Norrvik Fjord 7 Pro',
        details: [
          say(language, 'receipt.imei', { imei: '356938035643809' }),
          say(language, 'receipt.imei', { imei: '356938035643817' }),
        ],
        quantity: null,
        amount: money(94_900),
      },
      {
        kind: 'item',
        name: 'USB-C 2 m',
        details: [],
        quantity: say(language, 'receipt.quantity', { count: 2, price: money(1_490) }),
        amount: money(2_980),
      },
      { kind: 'rule', weight: 'double' },
      { kind: 'total', left: say(language, 'receipt.total'), right: money(287_780) },
      { kind: 'pair', left: say(language, 'receipt.tax', { rate: formatRate(language, 1_900), name: 'MwSt.' }), right: money(45_948), bold: false },
      { kind: 'pair', left: say(language, 'receipt.given'), right: money(290_000), bold: false },
      { kind: 'pair', left: say(language, 'receipt.change'), right: money(2_220), bold: true },
      { kind: 'rule', weight: 'single' },
      { kind: 'text', text: say(language, 'receipt.legal-guarantee', { months: 24 }), align: 'left', bold: false, size: 'normal' },
      { kind: 'qr', payload: 'CM1:T1-2026-000347', caption: say(language, 'receipt.scan-me') },
      { kind: 'text', text: say(language, 'receipt.thanks'), align: 'center', bold: false, size: 'normal' },
    ],
  }
}
