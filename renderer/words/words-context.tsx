import { createContext, use, useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Language, Params } from '../../contract/ids.ts'
import type { WordKey } from '../../contract/words/en.ts'
import * as format from '../../contract/words/format.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { say, sayCode } from '../../contract/words/say.ts'

export interface SpokenWords {
  readonly language: Language
  say(key: WordKey, params?: Params): string
  /** For keys made of a code from the core. */
  sayCode(key: string, params?: Params, otherwise?: string): string
  /** A refusal of the core, as `fault.<code>`: a wait of minutes is told by the clock and not by the day. */
  refusal(code: string, params: Params): string
  money(amount_cents: number, currency: string): string
  date(text: string): string
  instant(text: string): string
  time(text: string): string
  number(value: number): string
  rate(rate_bp: number): string
  /** Null under a minute. */
  age(asOf: string, at: string): string | null
}

const WordsContext = createContext<SpokenWords | null>(null)

export function useWords(): SpokenWords {
  const words = use(WordsContext)
  if (words === null) throw new Error('a screen was drawn without a language')
  return words
}

interface SpeakingProps {
  readonly language: Language
  /** The store's, by its IANA name; before there is a store, the machine's. */
  readonly timeZone?: string
  readonly children: ReactNode
}

/** Speaks one language to everything inside it, and tells the document, the browser and assistive technology. */
export function Speaking({ language, timeZone, children }: SpeakingProps) {
  const { locale, direction } = LANGUAGES[language]
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
  }, [language, direction])
  const words = useMemo(() => spoken(language, timeZone), [language, timeZone])
  return (
    <WordsContext value={words}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </WordsContext>
  )
}

function spoken(language: Language, timeZone?: string): SpokenWords {
  return {
    language,
    say: (key, params) => say(language, key, params, timeZone),
    sayCode: (key, params, otherwise) => sayCode(language, key, params, otherwise, timeZone),
    money: (amount_cents, currency) => format.formatMoney(language, amount_cents, currency),
    refusal: (code, params) => {
      const values = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? format.formatTime(language, value, timeZone) : value])
      return sayCode(language, `fault.${code}`, Object.fromEntries(values), undefined, timeZone)
    },
    date: (text) => format.formatDate(language, text, timeZone),
    instant: (text) => format.formatInstant(language, text, timeZone),
    time: (text) => format.formatTime(language, text, timeZone),
    number: (value) => format.formatNumber(language, value),
    rate: (rate_bp) => format.formatRate(language, rate_bp),
    age: (asOf, at) => format.formatAge(language, asOf, at),
  }
}
