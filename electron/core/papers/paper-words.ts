import { zoneKnownHere } from '../../../contract/days.ts'
import type { Language, Params } from '../../../contract/ids.ts'
import type { PaperTemplate } from '../../../contract/paper-template.ts'
import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument, ReceiptKind } from '../../../contract/receipt.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { Alias } from '../../../contract/unit.ts'
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
  readonly template: PaperTemplate
}

export const money = (setting: PaperSetting, amount_cents: number): string =>
  formatMoney(setting.language, amount_cents, setting.place.currency)

export const words = (setting: PaperSetting, key: WordKey, params: Params = {}): string => say(setting.language, key, params)

export const codeWords = (setting: PaperSetting, key: string, otherwise: string, params: Params = {}): string =>
  sayCode(setting.language, key, params, otherwise)

const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[]

export const languageOfDocument = (document: ReceiptDocument): Language | null =>
  LANGUAGE_NAMES.find((language) => LANGUAGES[language].locale === document.language) ?? null

export const bcp47 = (setting: PaperSetting): string => LANGUAGES[setting.language].locale

export const text = (line: string, align: 'left' | 'center' | 'right' = 'left', bold = false): ReceiptBlock => ({
  kind: 'text',
  text: line,
  align,
  bold,
  size: 'normal',
})

export const rule = (weight: 'single' | 'double' = 'single'): ReceiptBlock => ({ kind: 'rule', weight })

/** A document of these blocks, in the language of the setting. */
export const finished = (kind: ReceiptKind, setting: PaperSetting, blocks: ReceiptBlock[]): ReceiptDocument => ({
  kind,
  copy: false,
  demo: setting.demo,
  language: bcp47(setting),
  blocks,
})

/** For whom goods lie apart, to be read from across the shelf. */
export const keptFor = (name: string): ReceiptBlock => ({ kind: 'text', text: name, align: 'center', bold: true, size: 'large' })

/** Goods of a cart as lines with their numbers and what they come to. */
export const itemsOf = (lines: readonly SaleLine[], setting: PaperSetting): ReceiptBlock[] =>
  lines.map((line) => ({
    kind: 'item',
    name: productName(line),
    details: numbersOf(line.aliases, setting),
    quantity: line.quantity === 1 ? null : `${line.quantity} ×`,
    amount: money(setting, line.total_cents),
  }))

/** Logo, shop, paper and number; in the demo shop first of all that this is none. */
export function heading(setting: PaperSetting, title: WordKey, number: string, at: string, who: string): ReceiptBlock[] {
  const { place, template } = setting
  return [
    ...(setting.demo ? [{ kind: 'banner', text: words(setting, 'receipt.demo') } as const] : []),
    ...(template.logo === null ? [] : [{ kind: 'logo', name: template.logo.name, alt: place.name } as const]),
    { kind: 'title', text: place.name },
    ...place.address.split('\n').map((line) => text(line, 'center')),
    text(place.tax_number, 'center'),
    ...template.header.map((line) => text(line, 'center')),
    { kind: 'space', lines: 1 },
    { kind: 'pair', left: words(setting, title), right: exact(number, setting), bold: true },
    {
      kind: 'pair',
      left: localTime(at, setting),
      right: words(setting, 'receipt.till', { till: setting.tillName }),
      bold: false,
    },
    ...(who === '' ? [] : [text(words(setting, 'receipt.served-by', { name: who }))]),
    rule(),
  ]
}

/** The last lines of a paper for the customer: the store's own words, then ours, then the knife. */
export const ending = (setting: PaperSetting, last: WordKey): ReceiptBlock[] => [
  ...setting.template.footer.map((line) => text(line, 'center')),
  text(words(setting, last), 'center'),
  { kind: 'cut' },
]

/** The wall clock of the store: what the customer's watch showed. */
export const localTime = (at: string, setting: PaperSetting): string =>
  new Intl.DateTimeFormat(bcp47(setting), { dateStyle: 'medium', timeStyle: 'short', timeZone: zoneKnownHere(setting.place.time_zone) }).format(
    new Date(at),
  )

export const countryName = (country: string, setting: PaperSetting): string =>
  new Intl.DisplayNames(bcp47(setting), { type: 'region' }).of(country) ?? country

/** The numbers a person can read off the piece; what only a reader hears is left out, and so are retired labels. */
export const numbersOf = (aliases: readonly Alias[], setting: PaperSetting): string[] =>
  aliases
    .filter((alias) => alias.retiredWhy === null && alias.kind !== 'epc' && alias.kind !== 'tag-uid')
    .map((alias) => aliasLine(alias, setting))

function aliasLine(alias: Alias, setting: PaperSetting): string {
  const value = exact(alias.value, setting)
  if (alias.kind === 'imei') return words(setting, 'receipt.imei', { imei: value })
  if (alias.kind === 'vin') return words(setting, 'receipt.frame', { number: value })
  return words(setting, 'receipt.serial', { serial: value })
}

/** A number inside a right-to-left sentence keeps its own order: `000-ABC` must not be read as `ABC-000`. */
export const exact = (value: string, setting: PaperSetting): string =>
  LANGUAGES[setting.language].direction === 'rtl' ? `\u2066${value}\u2069` : value
