import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import { Right, Role } from '../../../contract/roles.ts'
import { ACCESSORY_CODES, CONDITION_QUESTION_CODES, RETURN_REASON_CODES } from '../../../contract/words/codes.ts'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'
import { KioskSlots } from './kiosk-slots.tsx'
import type { PartProps } from './part-props.ts'
import { Checks, MoneyField, WholeNumber } from './policy-fields.tsx'
import { QuestionGrades } from './question-grades.tsx'

const HOUR_MS = 3_600_000
const DAYS_MAX = 3_650

/** How long things may come back, by category; every other category has the last word. */
export function WindowsPart({ draft, desk, onDraft }: PartProps) {
  const { say, sayCode } = useWords()
  const { windows } = draft.returns
  const set = (next: Policy['returns']['windows']) => onDraft({ ...draft, returns: { ...draft.returns, windows: next } })
  const free = desk.categories.filter((category) => !windows.some((entry) => entry.category === category))
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.windows-text')}</p>
      {windows.map(({ category, days }) => (
        <div key={category} className="policy__row">
          <WholeNumber
            label={say('policy.window-of', { category: category === '*' ? say('policy.other-categories') : sayCode(`category.${category}`, {}, category) })}
            value={days}
            most={DAYS_MAX}
            onValue={(value) => set(windows.map((entry) => (entry.category === category ? { category, days: value } : entry)))}
          />
          {category === '*' ? null : (
            <Button tone="quiet" onPress={() => set(windows.filter((entry) => entry.category !== category))}>
              {say('policy.remove')}
            </Button>
          )}
        </div>
      ))}
      <div className="row row--wrap">
        {free.map((category) => (
          <Button key={category} tone="quiet" onPress={() => set([{ category, days: windows.at(-1)?.days ?? 0 }, ...windows])}>
            {say('policy.add-window', { category: sayCode(`category.${category}`, {}, category) })}
          </Button>
        ))}
      </div>
    </section>
  )
}

/** What needs somebody's word, and what may be risked on old knowledge. */
export function LimitsPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const { currency } = desk
  const { staleness, returns } = draft
  const offline = staleness.offlineRefundUpTo_cents
  const rules = returns.rules ?? desk.returnRules
  return (
    <section className="policy__part">
      <MoneyField label={say('policy.approval-from')} cents={returns.approvalFrom_cents} currency={currency} onCents={(approvalFrom_cents) => onDraft({ ...draft, returns: { ...returns, approvalFrom_cents } })} />
      <WholeNumber
        label={say('policy.list-age')}
        value={Math.round(staleness.listAskAfter_ms / HOUR_MS)}
        most={24 * 365}
        onValue={(hours) => onDraft({ ...draft, staleness: { ...staleness, listAskAfter_ms: hours * HOUR_MS } })}
      />
      {(['counter', 'service', 'kiosk'] as const).map((seat) => (
        <MoneyField
          key={seat}
          label={say(`policy.offline-${seat}`)}
          cents={offline[seat]}
          currency={currency}
          onCents={(amount) => onDraft({ ...draft, staleness: { ...staleness, offlineRefundUpTo_cents: { ...offline, [seat]: amount } } })}
        />
      ))}
      <ChoiceGroup
        label={say('policy.claim-first')}
        chosen={rules.claimFirst ?? 'offer'}
        choices={[{ id: 'offer', words: say('policy.claim-offer') }, { id: 'never', words: say('policy.claim-never') }]}
        onChoose={(claimFirst) => onDraft({ ...draft, returns: { ...returns, rules: { ...rules, claimFirst } } })}
      />
      <ChoiceGroup
        label={say('policy.shadow')}
        chosen={draft.shadow ? 'on' : 'off'}
        choices={[{ id: 'off', words: say('policy.shadow-off') }, { id: 'on', words: say('policy.shadow-on') }]}
        onChoose={(id) => onDraft({ ...draft, shadow: id === 'on' })}
      />
    </section>
  )
}

const CONDITIONS = ['new', 'open-box', 'refurbished', 'damaged', 'parts-missing', 'to-inspect'] as const

/** What is asked when something comes back, and which answers need nobody. */
export function QuestionsPart({ draft, desk, onDraft }: PartProps) {
  const { say, sayCode } = useWords()
  const rules = draft.returns.rules ?? desk.returnRules
  const [category, setCategory] = useState(rules.categories[0]?.category ?? '*')
  const { returns } = draft
  const now = rules.categories.find((entry) => entry.category === category)
  const change = (next: CategoryQuestions) =>
    onDraft({ ...draft, returns: { ...returns, rules: { ...rules, categories: rules.categories.map((entry) => (entry.category === category ? next : entry)) } } })
  return (
    <section className="policy__part">
      <Checks label={say('policy.reasons')} all={RETURN_REASON_CODES.map((id) => ({ id, words: say(`return-reason.${id}`) }))} chosen={returns.reasons as typeof RETURN_REASON_CODES[number][]} onChosen={(reasons) => onDraft({ ...draft, returns: { ...returns, reasons } })} />
      <Checks label={say('policy.conditions')} all={CONDITIONS.map((id) => ({ id, words: say(`condition.${id}`) }))} chosen={returns.acceptedConditions} onChosen={(acceptedConditions) => onDraft({ ...draft, returns: { ...returns, acceptedConditions } })} />
      <ChoiceGroup
        label={say('policy.questions-of')}
        chosen={category}
        choices={rules.categories.map((entry) => ({ id: entry.category, words: entry.category === '*' ? say('policy.other-categories') : sayCode(`category.${entry.category}`, {}, entry.category) }))}
        onChoose={setCategory}
      />
      {now === undefined ? null : (
        <>
          <Checks
            label={say('policy.questions')}
            all={CONDITION_QUESTION_CODES.map((id) => ({ id, words: sayCode(`question-of.${id}`) }))}
            chosen={now.questions.map(({ id }) => id) as typeof CONDITION_QUESTION_CODES[number][]}
            onChosen={(ids) => change({ ...now, questions: ids.map((id) => now.questions.find((entry) => entry.id === id) ?? { id, ifNo: 'damaged', stops: id === 'signed-out' }) })}
          />
          <Checks
            label={say('policy.accessories')}
            all={ACCESSORY_CODES.map((id) => ({ id, words: sayCode(`accessory.${id}`) }))}
            chosen={now.accessories.map(({ id }) => id) as typeof ACCESSORY_CODES[number][]}
            onChosen={(ids) => change({ ...now, accessories: ids.map((id) => now.accessories.find((entry) => entry.id === id) ?? { id, deduct_cents: cents(0) }) })}
          />
          <QuestionGrades asked={now} currency={desk.currency} onAsked={change} />
        </>
      )}
    </section>
  )
}

/** What a customer may do alone. */
export function KioskPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const { kiosk } = draft
  const set = (change: Partial<Policy['kiosk']>) => onDraft({ ...draft, kiosk: { ...kiosk, ...change } })
  return (
    <section className="policy__part">
      <MoneyField label={say('policy.kiosk-limit')} cents={kiosk.refundUpTo_cents} currency={desk.currency} onCents={(refundUpTo_cents) => set({ refundUpTo_cents })} />
      <WholeNumber label={say('policy.kiosk-checks')} value={kiosk.checksPerHour} least={1} most={9_999} onValue={(checksPerHour) => set({ checksPerHour })} />
      <WholeNumber label={say('policy.kiosk-warn')} value={kiosk.idleWarnAfter_ms / 1_000} least={5} most={600} onValue={(s) => set({ idleWarnAfter_ms: s * 1_000 })} />
      <WholeNumber label={say('policy.kiosk-wipe')} value={kiosk.idleWipeAfter_ms / 1_000} least={10} most={900} onValue={(s) => set({ idleWipeAfter_ms: s * 1_000 })} />
      <ChoiceGroup
        label={say('policy.kiosk-photo')}
        chosen={kiosk.photo ?? 'never'}
        choices={(['never', 'ask', 'must'] as const).map((id) => ({ id, words: say(`policy.photo-${id}`) }))}
        onChoose={(photo) => set({ photo })}
      />
      <Checks label={say('policy.kiosk-tenders')} all={(['card', 'voucher'] as const).map((id) => ({ id, words: say(`kiosk.as-${id}`) }))} chosen={kiosk.tenders ?? ['card']} onChosen={(tenders) => set({ tenders })} />
      <label className="field">
        <span className="field__label">{say('policy.kiosk-place')}</span>
        <input className="field__input" type="text" maxLength={80} value={kiosk.handOverTo ?? ''} onChange={(event) => set({ handOverTo: event.target.value })} />
      </label>
      <KioskSlots slots={kiosk.slots ?? []} categories={desk.categories} onSlots={(slots) => set({ slots })} />
    </section>
  )
}

/** Who may do what. */
export function RightsPart({ draft, onDraft }: PartProps) {
  const { say } = useWords()
  const [role, setRole] = useState<Role>('cashier')
  return (
    <section className="policy__part">
      <ChoiceGroup label={say('policy.role')} chosen={role} choices={Role.options.map((id) => ({ id, words: say(`role.${id}`) }))} onChoose={setRole} />
      <Checks label={say('policy.rights')} all={Right.options.map((id) => ({ id, words: say(`right.${id}`) }))} chosen={draft.rights[role]} onChosen={(rights) => onDraft({ ...draft, rights: { ...draft.rights, [role]: rights } })} />
    </section>
  )
}
