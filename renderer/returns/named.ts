import { ownWordsIn, type OwnWords } from '../../contract/own-words.ts'
import { isWordKey } from '../../contract/words/say.ts'
import type { SpokenWords } from '../words/words-context.tsx'

/** A code of ours in our words, one of the shop's in the shop's own. */
export function named(words: SpokenWords, family: 'question-of' | 'accessory', { id, words: own }: { readonly id: string; readonly words?: OwnWords | undefined }): string {
  const key = `${family}.${id}`
  return ownWordsIn(own, words.language, isWordKey(key) ? words.say(key) : null) ?? id
}
