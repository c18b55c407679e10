import { Check, CreditCard, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import type { SaleAction, SaleView } from '../../contract/sale-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

type Asking = Extract<SaleView, { at: 'asking-terminal' }>

/** The card terminal has the word: the amount, what the customer is doing, and what is left for the clerk to do. */
export function AskingTerminal({ sale }: { sale: Asking }) {
  const words = useWords()
  const store = useDeskStore()
  const act = (action: SaleAction) => void store.act((core) => core.sale.act({ flowId: sale.flowId, action }))
  const clerkReads = sale.outcome === 'unknown' || (sale.by === 'hand' && sale.outcome === 'asked')
  return (
    <div className="tendering">
      <section className="tendering__due card">
        <h1 className="tendering__label">{words.say('card.title')}</h1>
        <output className="amount amount--hero">{words.money(sale.amount_cents, sale.totals.currency)}</output>
        <p className="asking__says" role="status">
          <CreditCard className="asking__sign" aria-hidden />
          <Says sale={sale} />
        </p>
      </section>
      <section className="tendering__cash card">
        {clerkReads ? (
          <ClerkReads canAskAgain={sale.by === 'line'} act={act} />
        ) : (
          <Button
            size="large"
            icon={X}
            hotkey={KEYS.back}
            isDisabled={sale.outcome !== 'asked'}
            onPress={() => act({ do: 'cancel-terminal' })}
          >
            {words.say('card.cancel')}
          </Button>
        )}
      </section>
    </div>
  )
}

function Says({ sale }: { sale: Asking }) {
  const { say } = useWords()
  switch (sale.outcome) {
    case 'asked':
      if (sale.by === 'hand') return say('card.by-hand')
      return sale.progress === null ? say('card.starting') : say(`terminal.${sale.progress}`)
    case 'checking':
      return say('card.checking')
    case 'unknown':
      return say('card.unknown')
    default:
      return unreachable(sale.outcome)
  }
}

/** Yes and no have keys of their own, and neither is Enter: nobody says by habit that money came in. */
function ClerkReads({ canAskAgain, act }: { canAskAgain: boolean; act: (action: SaleAction) => void }) {
  const { say } = useWords()
  const [code, setCode] = useState('')
  return (
    <>
      <label className="field">
        <span className="field__label">{say('card.code')}</span>
        <input
          className="field__input"
          type="text"
          autoComplete="off"
          dir="ltr"
          value={code}
          maxLength={12}
          data-home-focus
          onChange={(event) => setCode(event.target.value.replaceAll(/[^A-Za-z0-9-]/g, ''))}
        />
      </label>
      <div className="tendering__finish">
        <Button
          tone="primary"
          size="large"
          icon={Check}
          hotkey={KEYS.finish}
          onPress={() => act({ do: 'terminal-read', paid: true, approvalCode: code })}
        >
          {say('card.paid')}
        </Button>
        <Button size="large" icon={X} hotkey={KEYS.notPaid} onPress={() => act({ do: 'terminal-read', paid: false })}>
          {say('card.not-paid')}
        </Button>
        {canAskAgain ? (
          <Button size="large" icon={RotateCw} hotkey={KEYS.askAgain} onPress={() => act({ do: 'ask-terminal-again' })}>
            {say('card.ask-again')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
