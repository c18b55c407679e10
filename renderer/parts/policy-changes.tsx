import type { Params } from '../../contract/ids.ts'
import type { PolicyChange } from '../../contract/policy-view.ts'
import { useWords } from '../words/words-context.tsx'

/** Every change as a sentence. */
export function PolicyChanges({ changes }: { changes: readonly PolicyChange[] }) {
  const words = useWords()
  if (changes.length === 0) return <p className="muted">{words.say('policy.no-changes')}</p>
  return (
    <ul className="rule-changes">
      {changes.map((change) => (
        <li key={JSON.stringify(change)}>{words.sayCode(`policy-change.${change.code}`, inWords(change, words))}</li>
      ))}
    </ul>
  )
}

/** Codes among the values get their own words, so that no sentence names a code. */
function inWords({ code, params }: PolicyChange, words: ReturnType<typeof useWords>): Params {
  const named = (name: string, prefix: string) => {
    const value = params[name]
    return typeof value === 'string' ? { [name]: words.sayCode(`${prefix}.${value}`, {}, value) } : {}
  }
  const what = code.startsWith('condition') ? 'condition' : code.startsWith('reason') ? 'return-reason' : code.startsWith('question') ? 'question-of' : 'accessory'
  return {
    ...params, ...named('item', what), ...named('role', 'role'), ...named('right', 'right'),
    ...named('grade', 'condition'),
    ...(params['category'] === '*' ? { category: words.say('policy.other-categories') } : {}),
    ...(typeof params['categories'] === 'string' ? { categories: params['categories'].split(', ').map((one) => (one === '*' ? words.say('policy.other-categories') : one)).join(', ') } : {}),
    ...(typeof params['seat'] === 'string' ? { seat: words.sayCode(`policy.${code.startsWith('cut-off') ? 'seat' : 'offline'}-${params['seat']}`) } : {}),
    ...(typeof params['where'] === 'string' ? { where: words.sayCode(`policy.part-${params['where']}`, {}, params['where']) } : {}),
  }
}
