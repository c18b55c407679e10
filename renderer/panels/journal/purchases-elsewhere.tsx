import { Store } from 'lucide-react'
import type { JournalQuery } from '../../../contract/day-journal.ts'
import type { PurchaseElsewhere, PurchasesElsewhere as Elsewhere } from '../../../contract/purchases-elsewhere.ts'
import { PURCHASE_DAYS_MAX } from '../../../contract/sync/receipt-wire.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { useBeginReturn } from '../../desk/use-begin-return.ts'
import { useRested } from '../../desk/use-rested.ts'
import { useWords } from '../../words/words-context.tsx'

/** The sales of other tills, under those of this one: a customer without paper and number knows about when and how much. */
export function PurchasesElsewhere({ query, onBegun }: { query: JournalQuery; onBegun: () => void }) {
  const about = useRested(JSON.stringify(query))
  const { state } = useDesk().sync
  if (state === 'alone') return null
  const isReached = state === 'up-to-date' || state === 'catching-up'
  // What was found for another question is gone at once, and a line that comes back is asked by.
  return <Asked key={`${isReached} ${about}`} about={about} onBegun={onBegun} />
}

function Asked({ about, onBegun }: { about: string; onBegun: () => void }) {
  const { say } = useWords()
  const found = useAnswer((core, asked) => core.money.purchasesElsewhere({ query: JSON.parse(asked) as JournalQuery }), about)
  return (
    <section className="journal__elsewhere" aria-label={say('journal.elsewhere')} aria-busy={found === null}>
      <h3>{say('journal.elsewhere')}</h3>
      <div role="status">{found === null ? <p className="muted">{say('journal.elsewhere-asking')}</p> : <Remark found={found} />}</div>
      {found?.is === 'found' ? (
        <ul className="rows">
          {found.purchases.map((purchase) => (
            <PurchaseRow key={purchase.number} purchase={purchase} onBegun={onBegun} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Remark({ found }: { found: Elsewhere }) {
  const { say } = useWords()
  switch (found.is) {
    case 'too-wide':
      return <p className="muted">{say('journal.elsewhere-narrow', { days: PURCHASE_DAYS_MAX })}</p>
    case 'not-reached':
      return <p>{say('journal.elsewhere-away')}</p>
    case 'found':
      if (found.isMore) return <p>{say('journal.elsewhere-more')}</p>
      return found.purchases.length === 0 ? <p className="muted">{say('journal.elsewhere-none')}</p> : null
    default:
      return unreachable(found)
  }
}

/** Choosing one is showing its receipt: the return begins with it. */
function PurchaseRow({ purchase, onBegun }: { purchase: PurchaseElsewhere; onBegun: () => void }) {
  const words = useWords()
  const beginReturn = useBeginReturn()
  const { number, soldAt, till, store, total_cents, currency, pieces } = purchase
  const begin = async () => {
    if (await beginReturn(number)) onBegun()
  }
  return (
    <li>
      <button type="button" className="row-button" onClick={() => void begin()}>
        <Store size={20} aria-hidden />
        <span className="row-button__main">
          <span>
            {words.say('paper-kind.sale')} <bdi>{number}</bdi>
          </span>
          <span className="muted journal__more">
            {words.instant(soldAt)}
            {' · '}
            <bdi>{till}</bdi>
            {' · '}
            <bdi>{store}</bdi>
            {' · '}
            <bdi>{pieces.join(' · ')}</bdi>
          </span>
        </span>
        <span className="amount">{words.money(total_cents, currency)}</span>
      </button>
    </li>
  )
}
