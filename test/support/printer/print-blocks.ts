import * as fc from 'fast-check'
import type { PrintBlock } from '../../../native/printers/columns.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'

/** A receipt as the shop sends it: two phones with their IMEIs, a plain article, the total and the codes. */
export const RECEIPT: readonly PrintBlock[] = [
  { kind: 'logo', name: 'shop', alt: 'Harbour Devices' },
  { kind: 'title', text: 'Harbour Devices' },
  { kind: 'text', text: 'Quai de l’Été 12, 1000 Zürich', align: 'center', bold: false, size: 'normal' },
  { kind: 'rule', weight: 'double' },
  {
    kind: 'item',
    name: 'Phone Aurora 256 GB',
    details: ['IMEI 356938035643809', 'IMEI 2 490154203237518'],
    quantity: null,
    amount: '€ 649.00',
  },
  { kind: 'item', name: 'Crème brûlée torch', details: [], quantity: '2 × € 12.50', amount: '€ 25.00' },
  { kind: 'rule', weight: 'single' },
  { kind: 'pair', left: 'VAT 8.1 %', right: '€ 50.50', bold: false },
  { kind: 'total', left: 'TOTAL', right: '€ 674.00' },
  { kind: 'pair', left: 'Cash', right: '€ 700.00', bold: false },
  { kind: 'pair', left: 'Change', right: '€ 26.00', bold: true },
  { kind: 'qr', payload: 'https://harbour.example/r/8f2c', caption: 'Your receipt' },
  { kind: 'barcode', symbology: 'code128', payload: 'R-000123', caption: 'R-000123' },
  { kind: 'space', lines: 2 },
  { kind: 'banner', text: 'COPY' },
]

export const PLAIN: PaperSettings = { profile: 'epson', paper: '80mm', pictures: new Map() }

/** Words of letters, digits and signs of many scripts, without blanks. */
const word = fc.string({
  unit: fc.constantFrom(...'abcXYZ0189-./%€éßŁőșñΩЖ日한', 'e\u0301', '👟'),
  minLength: 1,
  maxLength: 30,
})
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

/** A serial or IMEI as makers print them. */
export const serialArbitrary = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-/'),
  minLength: 1,
  maxLength: 60,
})
/** An amount in any of the ways that the shops of this trade write it. */
export const amountArbitrary = fc
  .tuple(fc.constantFrom('€ ', 'CHF ', '', '-', '− '), fc.nat(99_999_999), fc.constantFrom('', ' €', ' kr', '\u202fzł'))
  .map(([before, cents, after]) => {
    return `${before}${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}${after}`
  })

export const itemArbitrary = fc.record({
  kind: fc.constant('item' as const),
  name: text,
  details: fc.array(serialArbitrary, { maxLength: 4 }),
  quantity: fc.option(text),
  amount: amountArbitrary,
})

export const blockArbitrary: fc.Arbitrary<PrintBlock> = fc.oneof(
  itemArbitrary,
  fc.record({ kind: fc.constant('title' as const), text }),
  fc.record({
    kind: fc.constant('text' as const),
    text,
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    bold: fc.boolean(),
    size: fc.constantFrom('normal' as const, 'tall' as const, 'large' as const),
  }),
  fc.record({ kind: fc.constant('pair' as const), left: text, right: amountArbitrary, bold: fc.boolean() }),
  fc.record({ kind: fc.constant('total' as const), left: text, right: amountArbitrary }),
  fc.record({ kind: fc.constant('banner' as const), text }),
  fc.constant({ kind: 'rule', weight: 'single' } as const),
)
