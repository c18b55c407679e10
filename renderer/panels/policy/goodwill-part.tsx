import { afterWindow, returnRules } from '../../../contract/cautious-return-rules.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { useWords } from '../../words/words-context.tsx'
import type { PartProps } from './part-props.ts'
import { Choice, LimitOrNone } from './policy-fields.tsx'
import { MoneyField, WholeNumber } from './typed-fields.tsx'

const DAYS_MAX = 3_650
/** What stands in the fields when a limit is put in where there was none. */
const FIRST_IN_STORE = 20
const FIRST_OF_CUSTOMER = { pieces: 10, days: 30 }

/** What the shop does out of goodwill: after the window, without a record, and how often for the same person. */
export function GoodwillPart({ draft, desk, onDraft }: PartProps) {
  const rules = returnRules(draft)
  const set = (change: Partial<ReturnRules>) => onDraft({ ...draft, returns: { ...draft.returns, rules: { ...rules, ...change } } })
  return (
    <section className="policy__part">
      <Late rules={rules} set={set} />
      <WithoutRecord rules={rules} set={set} currency={desk.currency} />
      <HowOften rules={rules} set={set} />
    </section>
  )
}

interface RulesProps {
  readonly rules: ReturnRules
  readonly set: (change: Partial<ReturnRules>) => void
}

function Late({ rules, set }: RulesProps) {
  const { say } = useWords()
  const late = afterWindow(rules)
  return (
    <>
      <h4>{say('policy.late')}</h4>
      <p className="muted">{say(late.days === 0 ? 'policy.late-text-never' : 'policy.late-text')}</p>
      <WholeNumber rule="returns.rules.afterWindow.days" label={say('policy.late-days')} value={late.days} most={DAYS_MAX} onValue={(days) => set({ afterWindow: { ...late, days } })} />
      <Choice
        rule="returns.rules.afterWindow.payAs"
        label={say('policy.late-as')}
        chosen={late.payAs}
        choices={(['store-credit', 'original'] as const).map((id) => ({ id, words: say(`policy.late-as-${id}`) }))}
        onChoose={(payAs) => set({ afterWindow: { ...late, payAs } })}
      />
    </>
  )
}

function WithoutRecord({ rules, set, currency }: RulesProps & { currency: string }) {
  const { say } = useWords()
  const { withoutRecord } = rules
  const change = (next: Partial<ReturnRules['withoutRecord']>) => set({ withoutRecord: { ...withoutRecord, ...next } })
  const { perDayInStore, ...others } = withoutRecord
  return (
    <>
      <h4>{say('policy.record')}</h4>
      <p className="muted">{say('policy.record-text')}</p>
      <MoneyField rule="returns.rules.withoutRecord.upTo_cents" label={say('policy.record-most')} cents={withoutRecord.upTo_cents} currency={currency} onCents={(upTo_cents) => change({ upTo_cents })} />
      <WholeNumber rule="returns.rules.withoutRecord.percentOfPrice" label={say('policy.record-percent')} value={withoutRecord.percentOfPrice} most={100} onValue={(percentOfPrice) => change({ percentOfPrice })} />
      <WholeNumber rule="returns.rules.withoutRecord.perDay" label={say('policy.record-till')} value={withoutRecord.perDay} most={1_000} onValue={(perDay) => change({ perDay })} />
      <LimitOrNone
        rule="returns.rules.withoutRecord.perDayInStore"
        label={say('policy.record-store-also')}
        isOn={perDayInStore !== undefined}
        onChoose={(isOn) => set({ withoutRecord: isOn ? { ...others, perDayInStore: perDayInStore ?? FIRST_IN_STORE } : others })}
      />
      {perDayInStore === undefined ? null : (
        <WholeNumber rule="returns.rules.withoutRecord.perDayInStore" label={say('policy.record-store')} value={perDayInStore} most={10_000} onValue={(value) => change({ perDayInStore: value })} />
      )}
    </>
  )
}

function HowOften({ rules, set }: RulesProps) {
  const { say } = useWords()
  const { perCustomer } = rules
  return (
    <>
      <h4>{say('policy.often')}</h4>
      <p className="muted">{say('policy.often-text')}</p>
      <LimitOrNone
        rule="returns.rules.perCustomer.pieces"
        label={say('policy.often-limit')}
        isOn={perCustomer !== undefined}
        onChoose={(isOn) => set({ perCustomer: isOn ? (perCustomer ?? FIRST_OF_CUSTOMER) : undefined })}
      />
      {perCustomer === undefined ? null : (
        <div className="policy__row">
          <WholeNumber rule="returns.rules.perCustomer.pieces" label={say('policy.often-pieces')} value={perCustomer.pieces} most={1_000} onValue={(pieces) => set({ perCustomer: { ...perCustomer, pieces } })} />
          <WholeNumber rule="returns.rules.perCustomer.days" label={say('policy.often-days')} value={perCustomer.days} least={1} most={DAYS_MAX} onValue={(days) => set({ perCustomer: { ...perCustomer, days } })} />
        </div>
      )}
    </>
  )
}
