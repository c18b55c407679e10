import type { Language } from '../../contract/ids.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'

/** The language to wait in, before the core has said which one the till speaks. */
export function browserLanguage(): Language {
  const known = Object.keys(LANGUAGES) as Language[]
  for (const tag of window.navigator.languages) {
    const found = known.find((language) => tag.toLowerCase().startsWith(language))
    if (found !== undefined) return found
  }
  return 'en'
}
