import type { Language } from '../ids.ts'

export interface LanguageTraits {
  /** BCP 47 tag for numbers, dates and plural rules. Arabic keeps Latin digits, as serial numbers and receipts do. */
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  /** What its speakers call it: on the kiosk a language is offered in its own name, never in another's. */
  readonly ownName: string
}

export const LANGUAGES: Readonly<Record<Language, LanguageTraits>> = {
  en: { locale: 'en-GB', direction: 'ltr', ownName: 'English' },
  de: { locale: 'de-DE', direction: 'ltr', ownName: 'Deutsch' },
  fr: { locale: 'fr-FR', direction: 'ltr', ownName: 'Français' },
  es: { locale: 'es-ES', direction: 'ltr', ownName: 'Español' },
  ar: { locale: 'ar-u-ca-gregory-nu-latn', direction: 'rtl', ownName: 'العربية' },
}

/** The way a text of this BCP 47 tag is read; a tag of no language of ours is read from the left. */
export const directionOfTag = (tag: string): 'ltr' | 'rtl' =>
  Object.entries(LANGUAGES).find(([language]) => tag === language || tag.startsWith(`${language}-`))?.[1].direction ?? 'ltr'
