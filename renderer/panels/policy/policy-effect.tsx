import type { OtherWay, WhatIf } from '../../../contract/policy-view.ts'
import { useWords } from '../../words/words-context.tsx'

/** How many of last month's returns would have gone the other way, and for how much. */
export function WhatIfSum({ whatIf }: { whatIf: WhatIf }) {
  const words = useWords()
  const { count, unknown, here, told, sum_cents, currency } = whatIf
  return (
    <p role="status">
      {words.say('policy.what-if', { looked: here + told, since: words.date(whatIf.since) })}{' '}
      <strong>{count === 0 ? words.say('policy.nothing-other') : words.say('policy.other-way', { count, amount_cents: sum_cents, currency })}</strong>
      {unknown === 0 ? null : ` ${words.say('policy.cannot-tell', { count: unknown })}`}
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
