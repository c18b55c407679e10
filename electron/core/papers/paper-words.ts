import type { Language, Params } from '../../../contract/ids.ts'
import type { ReceiptBlock } from '../../../contract/receipt.ts'
import { formatMoney } from '../../../contract/words/format.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import { say, sayCode } from '../../../contract/words/say.ts'
import type { WordKey } from '../../../contract/words/en.ts'
import type { ShopStore } from '../mirror/mirror.ts'

/** What every paper of this shop needs: its language, its money, its heading. */
export interface PaperSetting {
  readonly language: Language
  readonly place: ShopStore
  readonly tillName: string
  readonly demo: boolean
}

export const money = (setting: PaperSetting, amount_cents: number): string =>
  formatMoney(setting.language, amount_cents, setting.place.currency)

export const words = (setting: PaperSetting, key: WordKey, params: Params = {}): string => say(setting.language, key, params)

export const codeWords = (setting: PaperSetting, key: string, otherwise: string): string =>
  sayCode(setting.language, key, {}, otherwise)

export const bcp47 = (setting: PaperSetting): string => LANGUAGES[setting.language].locale

export const text = (line: string, align: 'left' | 'center' = 'left', bold = false): ReceiptBlock => ({
  kind: 'text',
  text: line,
  align,
  bold,
  size: 'normal',
})

export const rule = (weight: 'single' | 'double' = 'single'): ReceiptBlock => ({ kind: 'rule', weight })

/** Shop, paper and number; in the demo shop first of all that this is none. */
export function heading(setting: PaperSetting, title: WordKey, number: string, at: string, who: string): ReceiptBlock[] {
  const { place } = setting
  return [
    ...(setting.demo ? [{ kind: 'banner', text: words(setting, 'receipt.demo') } as const] : []),
    { kind: 'title', text: place.name },
    ...place.address.split('\n').map((line) => text(line, 'center')),
    text(place.tax_number, 'center'),
    { kind: 'space', lines: 1 },
    { kind: 'pair', left: words(setting, title), right: number, bold: true },
    {
      kind: 'pair',
      left: localTime(at, place.time_zone, bcp47(setting)),
      right: words(setting, 'receipt.till', { till: setting.tillName }),
      bold: false,
    },
    ...(who === '' ? [] : [text(words(setting, 'receipt.served-by', { name: who }))]),
    rule(),
  ]
}

/** The wall clock of the store: what the customer's watch showed. */
const localTime = (at: string, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at))
