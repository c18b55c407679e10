import { X } from 'lucide-react'
import type { SaleAction, Tender } from '../../contract/sale-view.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

interface TendersSoFarProps {
  readonly tenders: readonly Tender[]
  readonly currency: string
  readonly act: (action: SaleAction) => void
}

/** What lies on the table already. Cash and vouchers can be taken off again; what a card has paid cannot. */
export function TendersSoFar({ tenders, currency, act }: TendersSoFarProps) {
  const words = useWords()
  if (tenders.length === 0) return null
  return (
    <>
      <h2 className="card__title">{words.say('pay.so-far')}</h2>
      <ul className="rows">
        {tenders.map((one) => (
          <li key={one.tenderId} className="tender">
            <span className="tender__words">
              <span className="sentence">{words.say(`tender.${one.kind}`)}</span>
              {one.credit ? (
                <span className="muted">
                  <bdi>{one.credit.number}</bdi> · {words.say('pay.stays-on', { amount: words.money(one.credit.left_cents, currency) })}
                </span>
              ) : null}
            </span>
            <span className="amount">{words.money(one.amount_cents, currency)}</span>
            {one.kind === 'card' || one.kind === 'deposit' ? null : (
              <Button tone="quiet" icon={X} iconOnly label={words.say('pay.drop-tender')} onPress={() => act({ do: 'drop-tender', tenderId: one.tenderId })}>
                {words.say('pay.drop-tender')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
