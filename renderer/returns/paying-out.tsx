import { Check, CreditCard, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import type { ReturnAction, ReturnView } from '../../contract/return-view.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

type Paying = Extract<ReturnView, { at: 'paying-out' }>

/** The card gets its money: what the customer is doing, and what is left for the clerk to say. */
export function PayingOut({ flow, act }: { flow: Paying; act: (action: ReturnAction) => void }) {
  const words = useWords()
  const [code, setCode] = useState('')
  const amount = words.money(flow.amount_cents, flow.refund.currency)
  const clerkReads = flow.outcome === 'unknown' || flow.by !== 'line'
  return (
    <div className="tendering">
      <section className="tendering__due card">
        <h1 className="tendering__label">{words.say('return.paying-line', { amount })}</h1>
        <output className="amount amount--hero">{amount}</output>
        <p className="asking__says" role="status">
          <CreditCard className="asking__sign" aria-hidden />
          {saysOf(flow, words)}
        </p>
      </section>
      <section className="tendering__cash card">
        {clerkReads ? (
          <>
            <label className="field">
              <span className="field__label">{words.say('return.paying-code')}</span>
              <input
                className="field__input" type="text" autoComplete="off" dir="ltr" maxLength={12} value={code} data-home-focus
                onChange={(event) => setCode(event.target.value.replaceAll(/[^A-Za-z0-9-]/g, ''))}
              />
            </label>
            <div className="tendering__finish">
              <Button tone="primary" size="large" icon={Check} hotkey={KEYS.finish} onPress={() => act({ do: 'terminal-read', paid: true, approvalCode: code })}>
                {words.say('return.paying-done')}
              </Button>
              <Button size="large" icon={X} hotkey={KEYS.notPaid} onPress={() => act({ do: 'terminal-read', paid: false })}>
                {words.say('return.paying-not')}
              </Button>
              {flow.by === 'line' ? (
                <Button size="large" icon={RotateCw} hotkey={KEYS.askAgain} onPress={() => act({ do: 'ask-terminal-again' })}>
                  {words.say('return.paying-ask')}
                </Button>
              ) : null}
            </div>
          </>
        ) : (
          <Button size="large" icon={X} hotkey={KEYS.back} isDisabled={flow.outcome !== 'asked'} onPress={() => act({ do: 'cancel-terminal' })}>
            {words.say('return.paying-cancel')}
          </Button>
        )}
      </section>
    </div>
  )
}

function saysOf(flow: Paying, words: ReturnType<typeof useWords>): string {
  if (flow.outcome === 'unknown') return words.say('return.paying-unknown')
  if (flow.outcome === 'checking') return words.say('return.paying-checking')
  if (flow.by !== 'line') return words.say('return.paying-hand-hint')
  return flow.progress === null ? words.say('return.paying-line-hint') : words.say(`terminal.${flow.progress}`)
}
