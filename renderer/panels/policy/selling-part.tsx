import { Plus } from 'lucide-react'
import { MINUTE_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import { Role } from '../../../contract/roles.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryChoices } from './category-words.ts'
import type { PartProps } from './part-props.ts'
import { Checks, Choice, LimitOrNone, Pick } from './policy-fields.tsx'
import { useRowNames } from './row-names.ts'
import { SensorRules } from './sensor-rules.tsx'
import { MaybePercent, MoneyField, WholeNumber } from './typed-fields.tsx'

const CART_MINUTES_MAX = 60 * 24 * 7
/** What stands in the fields when discounts get a limit for the first time. */
const FIRST_DISCOUNTS = { cashier: 500, supervisor: 2_000, manager: 10_000 }

/** How far a price may be taken down, how long a basket holds its pieces, for whom goods are sold, which are not counted by serial, and what becomes of tags. */
export function SellingPart({ draft, desk, onDraft }: PartProps) {
  const words = useWords()
  const { say } = words
  return (
    <section className="policy__part">
      <Discounts draft={draft} desk={desk} onDraft={onDraft} />
      <WholeNumber
        rule="cartLease_ms" label={say('policy.cart-minutes')} value={Math.round(draft.cartLease_ms / MINUTE_MS)} least={1} most={CART_MINUTES_MAX}
        onValue={(minutes) => onDraft({ ...draft, cartLease_ms: minutes * MINUTE_MS })}
      />
      <p className="muted">{say('policy.cart-minutes-text')}</p>
      <CustomerNeeded draft={draft} desk={desk} onDraft={onDraft} />
      <h4>{say('policy.not-by-serial')}</h4>
      <p className="muted">{say('policy.not-by-serial-text')}</p>
      <Checks
        rule="stockNotBySerial" label={say('policy.not-by-serial-for')} all={categoryChoices(words, desk.categories)} chosen={draft.stockNotBySerial ?? []}
        onChosen={(stockNotBySerial) => onDraft({ ...draft, stockNotBySerial })}
      />
      <SensorRules draft={draft} desk={desk} onDraft={onDraft} />
      <Choice
        rule="tagsAtExit" label={say('policy.tags')} chosen={draft.tagsAtExit ?? 'keep'}
        choices={(['keep', 'mute', 'kill'] as const).map((id) => ({ id, words: say(`policy.tags-${id}`) }))} onChoose={(tagsAtExit) => onDraft({ ...draft, tagsAtExit })}
      />
      <p className="muted">{say('policy.exit-tags-text')}</p>
    </section>
  )
}

function Discounts({ draft, onDraft }: PartProps) {
  const { say } = useWords()
  const limits = draft.discountUpTo_bp
  const set = (discountUpTo_bp: Policy['discountUpTo_bp']) => onDraft({ ...draft, discountUpTo_bp })
  return (
    <>
      <h4>{say('policy.discounts')}</h4>
      <p className="muted">{say('policy.discounts-text')}</p>
      <LimitOrNone rule="discountUpTo_bp.*" label={say('policy.discounts-limit')} isOn={limits !== undefined} onChoose={(isOn) => set(isOn ? (limits ?? FIRST_DISCOUNTS) : undefined)} />
      {limits === undefined ? null : Role.options.map((role) => (
        <MaybePercent
          key={role} rule="discountUpTo_bp.*" label={say('policy.discount-by', { role: say(`role.${role}`) })} value_bp={limits[role] ?? null} whenEmpty={say('policy.discount-none')}
          onValue={(value_bp) => {
            const { [role]: _before, ...others } = limits
            set(value_bp === null ? others : { ...others, [role]: value_bp })
          }}
        />
      ))}
    </>
  )
}

/** For which goods a name is wanted before they are paid. */
function CustomerNeeded({ draft, desk, onDraft }: PartProps) {
  const words = useWords()
  const { say } = words
  const needed = draft.customerNeeded ?? []
  const rows = useRowNames(needed.length)
  const set = (customerNeeded: NonNullable<Policy['customerNeeded']>) => onDraft({ ...draft, customerNeeded })
  return (
    <>
      <h4>{say('policy.customer-needed')}</h4>
      <p className="muted">{say(needed.length === 0 ? 'policy.customer-needed-none' : 'policy.customer-needed-text')}</p>
      {needed.map((one, place) => (
        <div key={rows.nameAt(place)} className="policy__row">
          <Pick
            rule="customerNeeded[].category" label={say('policy.category')} value={one.category} all={categoryChoices(words, desk.categories)}
            onPick={(category) => set(needed.with(place, { ...one, category }))}
          />
          <MoneyField rule="customerNeeded[].from_cents" label={say('policy.customer-from')} cents={one.from_cents} currency={desk.currency} onCents={(from_cents) => set(needed.with(place, { ...one, from_cents }))} />
          <Button
            tone="quiet"
            onPress={() => {
              rows.remove(place)
              set(needed.toSpliced(place, 1))
            }}
          >
            {say('policy.remove')}
          </Button>
        </div>
      ))}
      <Button tone="quiet" icon={Plus} onPress={() => set([...needed, { category: '*', from_cents: cents(0) }])}>{say('policy.customer-add')}</Button>
    </>
  )
}
