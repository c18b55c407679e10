import { moneyRules, type MoneyRules } from '../../../contract/money-rules.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import type { Cents } from '../../../contract/money.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { Role } from '../../../contract/roles.ts'
import { TenderKind } from '../../../contract/unit.ts'
import { useWords } from '../../words/words-context.tsx'
import type { PartProps } from './part-props.ts'
import { Choice } from './policy-fields.tsx'
import { MaybeMoney, MaybeNumber, MoneyField, WholeNumber } from './typed-fields.tsx'

const YEARS_MAX = 30
const DEPOSIT_DAYS_MAX = 730

/** What the shop promises on paper, what lies in the drawer, and how far a person's own word reaches. */
export function MoneyPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const { currency } = desk
  const money = moneyRules(draft)
  const set = (change: Partial<MoneyRules>) => onDraft({ ...draft, money: { ...money, ...change } })
  return (
    <section className="policy__part">
      <h4>{say('policy.promises')}</h4>
      <p className="muted">{say('policy.promises-text')}</p>
      <MaybeNumber rule="money.creditYears" label={say('policy.credit-years')} value={money.creditYears} least={1} most={YEARS_MAX} whenEmpty={say('policy.credit-for-ever')} onValue={(creditYears) => set({ creditYears })} />
      <MoneyField rule="money.creditUpTo_cents" label={say('policy.credit-most')} cents={money.creditUpTo_cents} currency={currency} onCents={(creditUpTo_cents) => set({ creditUpTo_cents })} />
      <MoneyField rule="money.offlineCreditUpTo_cents" label={say('policy.credit-offline')} cents={money.offlineCreditUpTo_cents} currency={currency} onCents={(offlineCreditUpTo_cents) => set({ offlineCreditUpTo_cents })} />
      <WholeNumber rule="money.depositDays" label={say('policy.deposit-days')} value={money.depositDays} least={1} most={DEPOSIT_DAYS_MAX} onValue={(depositDays) => set({ depositDays })} />
      <h4>{say('policy.drawer')}</h4>
      <MoneyField rule="money.differenceReasonOver_cents" label={say('policy.drawer-difference')} cents={money.differenceReasonOver_cents} currency={currency} onCents={(differenceReasonOver_cents) => set({ differenceReasonOver_cents })} />
      <MaybeMoney rule="money.drawerUpTo_cents" label={say('policy.drawer-most')} cents={money.drawerUpTo_cents} currency={currency} whenEmpty={say('policy.drawer-quiet')} onCents={(drawerUpTo_cents) => set({ drawerUpTo_cents })} />
      <GivenBack draft={draft} desk={desk} onDraft={onDraft} />
    </section>
  )
}

/** How much goes back on one person's word, and as what. */
function GivenBack({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const { currency } = desk
  const rules = returnRules(draft)
  const set = (change: Partial<ReturnRules>) => onDraft({ ...draft, returns: { ...draft.returns, rules: { ...rules, ...change } } })
  return (
    <>
      <h4>{say('policy.own-word')}</h4>
      <p className="muted">{say('policy.own-word-text')}</p>
      {Role.options.map((role) => (
        <div key={role} className="policy__row">
          <MaybeMoney
            rule="returns.rules.refundUpTo_cents.*" label={say('policy.refund-by', { role: say(`role.${role}`) })} cents={rules.refundUpTo_cents[role] ?? null} currency={currency}
            whenEmpty={say('policy.refund-by-everybody')} onCents={(amount) => set({ refundUpTo_cents: withAmount(rules.refundUpTo_cents, role, amount) })}
          />
          <MaybeMoney
            rule="returns.rules.approveUpTo_cents.*" label={say('policy.approve-by', { role: say(`role.${role}`) })} cents={rules.approveUpTo_cents[role] ?? null} currency={currency}
            whenEmpty={say('policy.any-amount-with-right')} onCents={(amount) => set({ approveUpTo_cents: withAmount(rules.approveUpTo_cents, role, amount) })}
          />
        </div>
      ))}
      <h4>{say('policy.back-as')}</h4>
      <p className="muted">{say('policy.back-as-text')}</p>
      {TenderKind.options.map((kind) => (
        <MaybeMoney
          key={kind} rule="returns.rules.tenderUpTo_cents.*" label={say('policy.back-as-most', { tender: say(`tender.${kind}`) })} cents={rules.tenderUpTo_cents[kind] ?? null}
          currency={currency} whenEmpty={say('policy.any-amount')} onCents={(amount) => set({ tenderUpTo_cents: withAmount(rules.tenderUpTo_cents, kind, amount) })}
        />
      ))}
      <Choice
        rule="returns.rules.storeCredit" label={say('policy.store-credit')} chosen={rules.storeCredit ? 'yes' : 'no'}
        choices={(['yes', 'no'] as const).map((id) => ({ id, words: say(`policy.store-credit-${id}`) }))} onChoose={(id) => set({ storeCredit: id === 'yes' })}
      />
    </>
  )
}

/** The amount under its name; null takes the name out, which is not the same as nothing. */
function withAmount<Name extends string>(before: Readonly<Partial<Record<Name, Cents>>>, name: Name, amount: Cents | null): Partial<Record<Name, Cents>> {
  const others = Object.fromEntries(Object.entries(before).filter(([one]) => one !== name))
  return (amount === null ? others : { ...others, [name]: amount }) as Partial<Record<Name, Cents>>
}
