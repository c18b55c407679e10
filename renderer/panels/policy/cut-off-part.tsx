import { MINUTE_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { OfflineRule } from '../../../contract/policy.ts'
import { Seat } from '../../../contract/roles.ts'
import { useWords } from '../../words/words-context.tsx'
import type { PartProps } from './part-props.ts'
import { Choice, LimitOrNone } from './policy-fields.tsx'
import { MaybeMoney, MoneyField, WholeNumber } from './typed-fields.tsx'

const MINUTES_MAX = 60 * 24 * 90
/** What stands in the fields when a seat gets limits for the first time: an hour, and nothing without asking. */
const FIRST: OfflineRule = { after_ms: 60 * MINUTE_MS, sellUpTo_cents: null, refundUpTo_cents: cents(0), cashBackUpTo_cents: cents(0) }

/** What a seat may risk by itself while the centre has not been heard, and what becomes of its leave to sell. */
export function CutOffPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const offline = draft.offline ?? {}
  const set = (seat: Seat, rule: OfflineRule | null) => {
    const { [seat]: _before, ...others } = offline
    onDraft({ ...draft, offline: rule === null ? others : { ...others, [seat]: rule } })
  }
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.cut-off-text')}</p>
      {Seat.options.map((seat) => (
        <SeatCutOff key={seat} seat={seat} rule={offline[seat] ?? null} currency={desk.currency} onRule={(rule) => set(seat, rule)} />
      ))}
      <Choice
        rule="leaseOver" label={say('policy.lease-over')} chosen={draft.leaseOver ?? 'ask'}
        choices={(['ask', 'stop'] as const).map((id) => ({ id, words: say(`policy.lease-over-${id}`) }))} onChoose={(leaseOver) => onDraft({ ...draft, leaseOver })}
      />
      <p className="muted">{say('policy.lease-text')}</p>
    </section>
  )
}

interface SeatCutOffProps {
  readonly seat: Seat
  readonly rule: OfflineRule | null
  readonly currency: string
  readonly onRule: (rule: OfflineRule | null) => void
}

function SeatCutOff({ seat, rule, currency, onRule }: SeatCutOffProps) {
  const { say } = useWords()
  return (
    <fieldset className="policy__entry">
      <legend>{say(`policy.seat-${seat}`)}</legend>
      <LimitOrNone rule="offline.*.after_ms" label={say('policy.cut-off-limits')} isOn={rule !== null} onChoose={(isOn) => onRule(isOn ? (rule ?? FIRST) : null)} />
      {rule === null ? null : (
        <>
          <WholeNumber
            rule="offline.*.after_ms" label={say('policy.cut-off-after')} value={Math.round(rule.after_ms / MINUTE_MS)} most={MINUTES_MAX}
            onValue={(minutes) => onRule({ ...rule, after_ms: minutes * MINUTE_MS })}
          />
          <MaybeMoney
            rule="offline.*.sellUpTo_cents" label={say('policy.cut-off-sell')} cents={rule.sellUpTo_cents} currency={currency} whenEmpty={say('policy.any-price')}
            onCents={(sellUpTo_cents) => onRule({ ...rule, sellUpTo_cents })}
          />
          <MoneyField rule="offline.*.refundUpTo_cents" label={say('policy.cut-off-refund')} cents={rule.refundUpTo_cents} currency={currency} onCents={(refundUpTo_cents) => onRule({ ...rule, refundUpTo_cents })} />
          <MoneyField rule="offline.*.cashBackUpTo_cents" label={say('policy.cut-off-cash')} cents={rule.cashBackUpTo_cents} currency={currency} onCents={(cashBackUpTo_cents) => onRule({ ...rule, cashBackUpTo_cents })} />
        </>
      )}
    </fieldset>
  )
}
