import type { Cents } from '../../contract/money.ts'
import type { TenderKind } from '../../contract/unit.ts'
import { useWords } from '../words/words-context.tsx'

interface MoneyBackProps {
  readonly pays: readonly { readonly kind: TenderKind; readonly amount_cents: Cents }[]
  readonly currency: string
  /** The numbers of vouchers and store credit that were given out. */
  readonly credits?: readonly string[]
}

/** What has gone back, by the way it went, and what the hand has still to do: cash is counted out by a person. */
export function MoneyBack({ pays, currency, credits = [] }: MoneyBackProps) {
  const words = useWords()
  return (
    <div className="card paid__change">
      {pays.map(({ kind, amount_cents }) => (
        <div key={kind}>
          <p className="tendering__label">{words.say('return.refund-to', { tender: words.say(`tender.${kind}`) })}</p>
          <output className="amount amount--hero">{words.money(amount_cents, currency)}</output>
          {kind === 'cash' ? <p className="prose">{words.say('money-back.count-out')}</p> : null}
        </div>
      ))}
      {credits.map((number) => (
        <p key={number}>
          <bdi dir="ltr">{words.say('return.credit-given', { number })}</bdi>
        </p>
      ))}
    </div>
  )
}
