import type { Params } from '../../../contract/ids.ts'
import type { OtherWay, PolicyChange, WhatIf } from '../../../contract/policy-view.ts'
import { useWords } from '../../words/words-context.tsx'

/** Every change as a sentence. */
export function Changes({ changes }: { changes: readonly PolicyChange[] }) {
  const words = useWords()
  if (changes.length === 0) return <p className="muted">{words.say('policy.no-changes')}</p>
  return (
    <ul className="policy__changes">
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
    ...(typeof params['seat'] === 'string' ? { seat: words.sayCode(`policy.offline-${params['seat']}`) } : {}),
  }
}

/** How many of last month's returns would have gone the other way, and for how much. */
export function WhatIfSum({ whatIf }: { whatIf: WhatIf }) {
  const words = useWords()
  const { count, here, told, sum_cents, currency } = whatIf
  return (
    <p role="status">
      {words.say('policy.what-if', { looked: here + told, since: words.date(whatIf.since) })}{' '}
      <strong>{count === 0 ? words.say('policy.nothing-other') : words.say('policy.other-way', { count, amount_cents: sum_cents, currency })}</strong>
    </p>
  )
}

/** Each of them, the dearest first. */
export function WhatIfList({ whatIf }: { whatIf: WhatIf }) {
  const words = useWords()
  const { currency } = whatIf
  return (
    <div className="policy__what-if">
      <ul className="policy__other">
        {whatIf.otherWay.slice(0, 20).map((one) => (
          <li key={`${one.unitId} ${one.at}`}>
            <span className="policy__piece">
              <bdi>{`${one.name} …${one.serialEnd}`}</bdi> · {words.date(one.at)} · {words.money(one.amount_cents, currency)}
            </span>
            <Turn one={one} />
            <span className="muted">{words.sayCode(`reason.${one.reason}.staff`, one.params)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Turn({ one }: { one: OtherWay }) {
  const { say } = useWords()
  const { before, after } = one
  return (
    <span>
      {before.counter === after.counter ? null : say('policy.turn', { before: say(`fate.${before.counter}`), after: say(`fate.${after.counter}`) })}
      {before.counter !== after.counter && before.kiosk !== after.kiosk ? ' · ' : null}
      {before.kiosk === after.kiosk ? null : say('policy.turn', { before: say(`fate.${before.kiosk}`), after: say(`fate.${after.kiosk}`) })}
    </span>
  )
}
