import { IntlMessageFormat } from 'intl-messageformat'
import type { Language, Params } from '../ids.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { WordKey, Words } from './en.ts'
import { es } from './es.ts'
import { formatDate, formatMoney } from './format.ts'
import { fr } from './fr.ts'
import { LANGUAGES } from './languages.ts'

export const WORDS: Readonly<Record<Language, Words>> = { en, de, fr, es, ar }

type Value = string | number

interface Sentence {
  readonly format: IntlMessageFormat
  readonly names: readonly string[]
}

const sentences = new Map<string, Sentence>()

/**
 * The sentence of a key in a language, with its values put in. A value that is a day or an instant is written as a
 * date of the language; `<name>_cents` beside `currency` is also there as `<name>`, written as money. A value that is
 * missing shows as a dash: a till says an incomplete sentence rather than nothing. `timeZone` is the store's.
 */
export function say(language: Language, key: WordKey, params: Params = {}, timeZone?: string): string {
  return sayMessage(language, WORDS[language][key], params, timeZone)
}

/** The same for a sentence of another table than the till's: the centre has its own. */
export function sayMessage(language: Language, message: string, params: Params = {}, timeZone?: string): string {
  const sentence = sentenceOf(language, message)
  if (sentence.names.length === 0) return message
  const values = inWords(language, params, timeZone)
  for (const name of sentence.names) values[name] ??= '–'
  return String(sentence.format.format(values))
}

/** For keys made of a code that came over the wire: falls back to the code itself when nobody has words for it. */
export function sayCode(language: Language, key: string, params: Params = {}, otherwise = key, timeZone?: string): string {
  return isWordKey(key) ? say(language, key, params, timeZone) : otherwise
}

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key)
}

/** The names a sentence needs, for the test that compares the languages. */
export function namesIn(message: string): string[] {
  const names = new Set<string>()
  collect(new IntlMessageFormat(message, 'en').getAst(), names)
  return [...names].sort()
}

function sentenceOf(language: Language, message: string): Sentence {
  const id = `${language} ${message}`
  const found = sentences.get(id)
  if (found !== undefined) return found
  const made = { format: new IntlMessageFormat(message, LANGUAGES[language].locale), names: namesIn(message) }
  sentences.set(id, made)
  return made
}

function inWords(language: Language, params: Params, timeZone?: string): Record<string, Value> {
  const values: Record<string, Value> = {}
  const currency = params['currency']
  for (const [name, value] of Object.entries(params)) {
    values[name] = typeof value === 'string' ? formatDate(language, value, timeZone) : value
    if (name.endsWith('_cents') && typeof value === 'number' && typeof currency === 'string') {
      values[name.slice(0, -'_cents'.length)] = formatMoney(language, value, currency)
    }
  }
  return values
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** The parser's number for plain text, the one kind of element with a value that is not a name. */
const LITERAL = '0'

/** Every element but plain text names a value, and plural and select hold more elements. */
function collect(elements: readonly Element[], names: Set<string>): void {
  for (const element of elements) {
    if (String(element.type) !== LITERAL && 'value' in element) names.add(element.value)
    if ('options' in element) for (const option of Object.values(element.options)) collect(option.value, names)
  }
}
