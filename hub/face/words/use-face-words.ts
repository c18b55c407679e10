import type { Language, Params } from '../../../contract/ids.ts'
import { sayMessage } from '../../../contract/words/say.ts'
import { useWords, type SpokenWords } from '../../../renderer/words/words-context.tsx'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type FaceKey, type FaceSentences } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

export const FACE_WORDS: Readonly<Record<Language, FaceSentences>> = { en, de, fr, es, ar }

export interface FaceWords extends SpokenWords {
  /** A sentence of the centre; `say` is one of the till, for what both of them name. */
  t(key: FaceKey, params?: Params): string
  /** For keys made of a code that came over the wire; the code itself where nobody has words for it. */
  tCode(key: string, params?: Params, otherwise?: string): string
}

export function useFaceWords(): FaceWords {
  const words = useWords()
  const table = FACE_WORDS[words.language]
  return {
    ...words,
    t: (key, params) => sayMessage(words.language, table[key], params),
    tCode: (key, params, otherwise = key) => (Object.hasOwn(en, key) ? sayMessage(words.language, table[key as FaceKey], params) : otherwise),
  }
}
