import type { Params } from '../../contract/ids.ts'
import type { SpokenWords } from './words-context.tsx'

/** Values of an event that are codes, and the family of words each belongs to. */
const CODES = ['flag', 'place', 'tender'] as const

/** What happened, as a sentence: a mark, a place or a means of payment inside it has its own words too. */
export function eventInWords({ sayCode }: Pick<SpokenWords, 'sayCode'>, kind: string, params: Params, otherwise?: string): string {
  const spoken = CODES.flatMap((name) => {
    const code = params[name]
    return code === undefined ? [] : [[name, sayCode(`${name}.${code}`, {}, String(code))]]
  })
  return sayCode(`event.${kind}`, { ...params, ...Object.fromEntries(spoken) }, otherwise)
}
