import { ArrowLeft, Banknote, CreditCard, HandCoins, Ticket } from 'lucide-react'
import { useState } from 'react'
import type { Cents } from '../../contract/money.ts'
import type { SaleAction, SaleView } from '../../contract/sale-view.ts'
import type { TenderKind } from '../../contract/unit.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { AmountField, amountOf } from '../parts/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'
import { DepositTender } from './deposit-tender.tsx'
import { TendersSoFar } from './tenders-so-far.tsx'
import { VoucherTender } from './voucher-tender.tsx'

type Tendering = Extract<SaleView, { at: 'tendering' }>

const OTHER_MEANS = [
  { kind: 'card', key: KEYS.card, icon: CreditCard },
  { kind: 'voucher', key: KEYS.voucher, icon: Ticket },
] as const

/** What is due, large; Enter takes exactly that in cash, every other way is one key. */
export function TenderingSale({ sale }: { sale: Tendering }) {
  const words = useWords()
  const store = useDeskStore()
  const { currency } = sale.totals
  const [text, setText] = useState('')
  const [asks, setAsks] = useState<'voucher' | 'deposit' | null>(null)
  const typed = text.trim() === '' ? sale.due_cents : amountOf(text, currency)
  const act = (action: SaleAction) => void store.act((core) => core.sale.act({ flowId: sale.flowId, action }))
  const tender = (kind: TenderKind, given_cents: Cents | null) => {
    if (given_cents === null) return
    void store
      .act((core) => core.sale.act({ flowId: sale.flowId, action: { do: 'tender', kind, given_cents } }))
      .then((taken) => {
        if (taken) setText('')
      })
  }
  // A terminal that is away never blocks a sale: a card can be taken on a stand-alone one beside the till.
  const hasTerminal = useDesk().devices.some((device) => device.role === 'terminal')
  const cardBeside = () => {
    if (typed !== null) act({ do: 'tender', kind: 'card', given_cents: typed, approvalCode: '' })
  }
  return (
    <div className="tendering">
      <section className="tendering__due card">
        <p className="tendering__label">{words.say('pay.due')}</p>
        <output className="amount amount--hero">{words.money(sale.due_cents, currency)}</output>
        <TendersSoFar tenders={sale.tenders} currency={currency} act={act} />
        <h2 className="card__title">{words.say('pay.quick')}</h2>
        <div className="tendering__quick">
          {sale.quickAmounts.slice(0, KEYS.quickAmounts.length).map((amount, place) => (
            <Button
              key={amount}
              size="large"
              {...(KEYS.quickAmounts[place] === undefined ? {} : { hotkey: KEYS.quickAmounts[place] })}
              onPress={() => tender('cash', amount)}
            >
              <span className="amount">{words.money(amount, currency)}</span>
            </Button>
          ))}
        </div>
        <h2 className="card__title">{words.say('pay.other')}</h2>
        <div className="tendering__quick">
          {OTHER_MEANS.filter((means) => sale.otherTenders.includes(means.kind)).map(({ kind, key, icon }) => (
            <Button key={kind} size="large" icon={icon} hotkey={key} onPress={() => (kind === 'voucher' ? setAsks('voucher') : tender(kind, typed))}>
              {words.say(`pay.${kind}`)}
            </Button>
          ))}
          {hasTerminal ? (
            <Button size="large" icon={CreditCard} hotkey={KEYS.cardBeside} onPress={cardBeside}>
              {words.say('card.beside')}
            </Button>
          ) : null}
        </div>
      </section>
      <form
        className="tendering__cash card"
        onSubmit={(event) => {
          event.preventDefault()
          tender('cash', typed)
        }}
      >
        <h1 className="visually-hidden">{words.say('pay.title')}</h1>
        <AmountField
          label={words.say('pay.given')}
          currency={currency}
          text={text}
          onText={setText}
          placeholder={words.say('pay.exact')}
        />
        <div className="tendering__finish">
          <Button icon={ArrowLeft} size="large" hotkey={KEYS.back} onPress={() => act({ do: 'back-to-cart' })}>
            {words.say('pay.back')}
          </Button>
          <Button
            tone="primary"
            size="large"
            icon={Banknote}
            hotkey={KEYS.confirm}
            isDisabled={typed === null}
            onPress={() => tender('cash', typed)}
          >
            {words.say('pay.cash')}
          </Button>
          {sale.tenders.some((one) => one.kind === 'cash' || one.kind === 'card') ? (
            <Button size="large" icon={HandCoins} hotkey={KEYS.deposit} onPress={() => setAsks('deposit')}>
              {words.say('pay.leave-deposit')}
            </Button>
          ) : null}
        </div>
      </form>
      {asks === 'voucher' ? <VoucherTender flowId={sale.flowId} amount_cents={typed ?? sale.due_cents} onClose={() => setAsks(null)} /> : null}
      {asks === 'deposit' ? <DepositTender flowId={sale.flowId} onClose={() => setAsks(null)} /> : null}
    </div>
  )
}
