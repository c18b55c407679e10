import { z } from 'zod'
import { Language } from './ids.ts'

/** Words of the shop's own for something the program may have none for. */
export const OwnWords = z.partialRecord(Language, z.string().min(1).max(200))
export type OwnWords = z.infer<typeof OwnWords>

/**
 * How the shop says it in a language. Where it has no words in that one, the program's own `known` go before the
 * shop's in another language, English first; null where nobody has any. Pure.
 */
export const ownWordsIn = (own: OwnWords | undefined, language: Language, known: string | null): string | null =>
  own?.[language] ?? known ?? own?.en ?? Object.values(own ?? {})[0] ?? null
