import { returnRules } from '../../../contract/cautious-return-rules.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../contract/durations.ts'
import type { Policy } from '../../../contract/policy.ts'
import { Right, Role } from '../../../contract/roles.ts'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryWords } from './category-words.ts'
import { KioskSlots } from './kiosk-slots.tsx'
import type { PartProps } from './part-props.ts'
import { Checks, Choice, TextField } from './policy-fields.tsx'
import { MaybeMoney, MoneyField, WholeNumber } from './typed-fields.tsx'

const DAYS_MAX = 3_650

/** How long things may come back, by category; every other category has the last word. */
export function WindowsPart({ draft, desk, onDraft }: PartProps) {
  const words = useWords()
  const { say } = words
  const { windows } = draft.returns
  const set = (next: Policy['returns']['windows']) => onDraft({ ...draft, returns: { ...draft.returns, windows: next } })
  const free = desk.categories.filter((category) => !windows.some((entry) => entry.category === category))
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.windows-text')}</p>
      {windows.map(({ category, days }) => (
        <div key={category} className="policy__row">
          <WholeNumber
            rule="returns.windows[].days"
            label={say('policy.window-of', { category: categoryWords(words, category) })}
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
      <div className="row row--wrap" data-rule="returns.windows[].category">
        {free.map((category) => (
          <Button key={category} tone="quiet" onPress={() => set([{ category, days: windows.at(-1)?.days ?? 0 }, ...windows])}>
            {say('policy.add-window', { category: categoryWords(words, category) })}
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
  const rules = returnRules(draft)
  return (
    <section className="policy__part">
      <MoneyField rule="returns.approvalFrom_cents" label={say('policy.approval-from')} cents={returns.approvalFrom_cents} currency={currency} onCents={(approvalFrom_cents) => onDraft({ ...draft, returns: { ...returns, approvalFrom_cents } })} />
      <WholeNumber
        rule="staleness.listAskAfter_ms"
        label={say('policy.list-age')}
        value={Math.round(staleness.listAskAfter_ms / HOUR_MS)}
        most={24 * 365}
        onValue={(hours) => onDraft({ ...draft, staleness: { ...staleness, listAskAfter_ms: hours * HOUR_MS } })}
      />
      {(['counter', 'service', 'kiosk'] as const).map((seat) => (
        <MoneyField
          key={seat}
          rule="staleness.offlineRefundUpTo_cents.*"
          label={say(`policy.offline-${seat}`)}
          cents={offline[seat]}
          currency={currency}
          onCents={(amount) => onDraft({ ...draft, staleness: { ...staleness, offlineRefundUpTo_cents: { ...offline, [seat]: amount } } })}
        />
      ))}
      <Choice
        rule="returns.rules.claimFirst"
        label={say('policy.claim-first')}
        chosen={rules.claimFirst ?? 'offer'}
        choices={[{ id: 'offer', words: say('policy.claim-offer') }, { id: 'never', words: say('policy.claim-never') }]}
        onChoose={(claimFirst) => onDraft({ ...draft, returns: { ...returns, rules: { ...rules, claimFirst } } })}
      />
      <Choice
        rule="shadow"
        label={say('policy.shadow')}
        chosen={draft.shadow ? 'on' : 'off'}
        choices={[{ id: 'off', words: say('policy.shadow-off') }, { id: 'on', words: say('policy.shadow-on') }]}
        onChoose={(id) => onDraft({ ...draft, shadow: id === 'on' })}
      />
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
      <MoneyField rule="kiosk.refundUpTo_cents" label={say('policy.kiosk-limit')} cents={kiosk.refundUpTo_cents} currency={desk.currency} onCents={(refundUpTo_cents) => set({ refundUpTo_cents })} />
      <MaybeMoney
        rule="kiosk.buyUpTo_cents" label={say('policy.kiosk-buy')} cents={kiosk.buyUpTo_cents ?? null} currency={desk.currency} whenEmpty={say('policy.kiosk-buy-nothing')}
        onCents={(amount) => set({ buyUpTo_cents: amount ?? undefined })}
      />
      <WholeNumber rule="kiosk.checksPerHour" label={say('policy.kiosk-checks')} value={kiosk.checksPerHour} least={1} most={9_999} onValue={(checksPerHour) => set({ checksPerHour })} />
      <WholeNumber rule="kiosk.idleWarnAfter_ms" label={say('policy.kiosk-warn')} value={kiosk.idleWarnAfter_ms / 1_000} least={5} most={600} onValue={(s) => set({ idleWarnAfter_ms: s * 1_000 })} />
      <WholeNumber rule="kiosk.idleWipeAfter_ms" label={say('policy.kiosk-wipe')} value={kiosk.idleWipeAfter_ms / 1_000} least={10} most={900} onValue={(s) => set({ idleWipeAfter_ms: s * 1_000 })} />
      <Choice
        rule="kiosk.photo"
        label={say('policy.kiosk-photo')}
        chosen={kiosk.photo ?? 'never'}
        choices={(['never', 'ask', 'must'] as const).map((id) => ({ id, words: say(`policy.photo-${id}`) }))}
        onChoose={(photo) => set({ photo })}
      />
      <Checks rule="kiosk.tenders" label={say('policy.kiosk-tenders')} all={(['card', 'voucher'] as const).map((id) => ({ id, words: say(`kiosk.as-${id}`) }))} chosen={kiosk.tenders ?? ['card']} onChosen={(tenders) => set({ tenders })} />
      <TextField rule="kiosk.handOverTo" label={say('policy.kiosk-place')} value={kiosk.handOverTo ?? ''} most={80} onText={(handOverTo) => set({ handOverTo })} />
      <KioskSlots slots={kiosk.slots ?? []} categories={desk.categories} onSlots={(slots) => set({ slots })} />
    </section>
  )
}

/** Who may do what, and how a person shows who he is. */
export function RightsPart({ draft, onDraft }: PartProps) {
  const { say } = useWords()
  const [role, setRole] = useState<Role>('cashier')
  const { pin } = draft
  const set = (change: Partial<Policy['pin']>) => onDraft({ ...draft, pin: { ...pin, ...change } })
  return (
    <section className="policy__part">
      <Choice rule="rights.*" label={say('policy.role')} chosen={role} choices={Role.options.map((id) => ({ id, words: say(`role.${id}`) }))} onChoose={setRole} />
      <Checks rule="rights.*" label={say('policy.rights')} all={Right.options.map((id) => ({ id, words: say(`right.${id}`) }))} chosen={draft.rights[role]} onChosen={(rights) => onDraft({ ...draft, rights: { ...draft.rights, [role]: rights } })} />
      <h4>{say('policy.pin')}</h4>
      <p className="muted">{say('policy.pin-text')}</p>
      <WholeNumber rule="pin.wrongTriesAllowed" label={say('policy.pin-tries')} value={pin.wrongTriesAllowed} least={1} most={50} onValue={(wrongTriesAllowed) => set({ wrongTriesAllowed })} />
      <WholeNumber rule="pin.waitAfter_ms" label={say('policy.pin-wait')} value={Math.round(pin.waitAfter_ms / SECOND_MS)} least={1} most={3_600} onValue={(s) => set({ waitAfter_ms: s * SECOND_MS })} />
      <WholeNumber rule="pin.lockAfter_ms" label={say('policy.pin-lock')} value={Math.round(pin.lockAfter_ms / MINUTE_MS)} most={1_440} onValue={(minutes) => set({ lockAfter_ms: minutes * MINUTE_MS })} />
      <Choice
        rule="pin.badgeAlone" label={say('policy.badge')} chosen={pin.badgeAlone === true ? 'alone' : 'with-pin'}
        choices={(['with-pin', 'alone'] as const).map((id) => ({ id, words: say(`policy.badge-${id}`) }))} onChoose={(id) => set({ badgeAlone: id === 'alone' })}
      />
    </section>
  )
}
