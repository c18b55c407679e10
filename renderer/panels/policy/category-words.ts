import type { SpokenWords } from '../../words/words-context.tsx'

/** A kind of goods in words; `*` is every other kind. */
export const categoryWords = ({ say, sayCode }: Pick<SpokenWords, 'say' | 'sayCode'>, category: string): string =>
  category === '*' ? say('policy.other-categories') : sayCode(`category.${category}`, {}, category)

/** Every kind of goods as a choice, everything else first. */
export const categoryChoices = (words: Pick<SpokenWords, 'say' | 'sayCode'>, categories: readonly string[]) =>
  ['*', ...categories].map((id) => ({ id, words: categoryWords(words, id) }))
