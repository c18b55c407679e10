import type { NamedMask } from './classify.ts'
import { GS } from './element.ts'
import type { IdentityKind } from './identity.ts'
import { maskLength } from './mask.ts'

/** The look of a kind: a text that looks so and cannot be read so deserves the reason why. */
const LOOKS: readonly (readonly [kind: IdentityKind, look: RegExp])[] = [
  ['gs1-hri', /^\(\d/],
  ['gs1-digital-link', /^https?:.*\/(?:0[01]|253|25[45]|40[12]|41[457]|80(?:0[346]|1[0378]))\/\d/i],
  ['url', /^https?:/i],
  ['epc-uri', /^urn:epc:/i],
  ['gs1-element-string', /^0[01]\d{14}/],
  ['epc-hex', /^(?:3[0-9A-F]|F[0-9A-D])[0-9A-F]{18,}$/i],
  ['tid', /^E2[0-9A-F]{6,}$/i],
  ['gtin-8', /^\d{8}$/],
  ['gtin-12', /^\d{12}$/],
  ['gtin-13', /^\d{13}$/],
  ['gtin-14', /^[0-9]\d{13}$/],
  ['sscc', /^\d{18}$/],
  ['isbn', /^97[89][- ]?(?:\d[- ]?){9}\d$/],
  ['issn', /^\d{4}-\d{3}[\dXx]$/],
  ['imei', /^(?:01|35|86|99)(?:[- ]?\d){13}$/],
  ['iccid', /^89\d{17,18}F?$/i],
  ['eid', /^89\d{30}$/],
  ['vin', /^(?=.*[A-Z])(?=.*\d{4})[0-9A-Z]{17}$/i],
  ['mac', /^[0-9A-Z]{2}(?:[:-][0-9A-Z]{2}){4,5}$/i],
]

/** Ways of writing that nobody gives to a serial: what begins so and cannot be read is broken, not a serial. */
export const PROMISES: ReadonlySet<IdentityKind> = new Set(['gs1-hri', 'gs1-digital-link', 'url', 'epc-uri'])

/** Longer texts are no typed numbers; looking at them costs time and tells nothing. */
const LOOK_MAX = 2_000

/** What a text looks like although it may not be it. */
export function nearMisses(text: string, shop: { readonly masks: readonly NamedMask[] }): IdentityKind[] {
  const kinds: IdentityKind[] = text.includes(GS) ? ['gs1-element-string'] : []
  if (text.length > LOOK_MAX) return kinds
  kinds.push(...LOOKS.filter(([, look]) => look.test(text)).map(([kind]) => kind))
  const letters = text.replace(/[\s\-./_]/g, '').length
  if (/\d/.test(text) && shop.masks.some(({ mask }) => maskLength(mask) === letters)) kinds.push('shop-serial')
  return kinds
}
