import { Check, CreditCard, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import type { TerminalProgress } from '../../contract/sale-view.ts'
import type { WordKey } from '../../contract/words/en.ts'
import { KEYS } from '../keys/keymap.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'

export interface TerminalAsked {
  readonly amount_cents: number
  readonly currency: string
  /** `hand`, `beside`: the clerk is the terminal's mouth and ears. */
  readonly by: 'line' | 'hand' | 'beside'
  readonly outcome: 'asked' | 'checking' | 'unknown'
  readonly progress: TerminalProgress | null
}

/** What a person may do while the terminal has the word; every flow that uses a card knows these. */
export type TerminalAct =
  | { do: 'terminal-read'; paid: boolean; approvalCode?: string }
  | { do: 'ask-terminal-again' }
  | { do: 'cancel-terminal' }

type Says = 'title' | 'starting' | 'by-hand' | 'checking' | 'unknown' | 'code' | 'done' | 'not-done' | 'ask-again' | 'cancel'

/** A payment and a refund are told in different words: nobody says by habit that money came in when it went out. */
const WORDS: Readonly<Record<'charge' | 'refund', Readonly<Record<Says, WordKey>>>> = {
  charge: {
    title: 'card.title', starting: 'card.starting', 'by-hand': 'card.by-hand', checking: 'card.checking', unknown: 'card.unknown', code: 'card.code',
    done: 'card.paid', 'not-done': 'card.not-paid', 'ask-again': 'card.ask-again', cancel: 'card.cancel',
  },
  refund: {
    title: 'return.paying-line', starting: 'return.paying-line-hint', 'by-hand': 'return.paying-hand-hint', checking: 'return.paying-checking',
    unknown: 'return.paying-unknown', code: 'return.paying-code', done: 'return.paying-done', 'not-done': 'return.paying-not',
    'ask-again': 'return.paying-ask', cancel: 'return.paying-cancel',
  },
}

/** The card terminal has the word: the amount, what the customer is doing, and what is left for the clerk to do. */
export function AtTerminal({ way, asked, act }: { way: 'charge' | 'refund'; asked: TerminalAsked; act: (action: TerminalAct) => void }) {
  const words = useWords()
  const says = WORDS[way]
  const amount = words.money(asked.amount_cents, asked.currency)
  const clerkReads = asked.outcome === 'unknown' || (asked.by !== 'line' && asked.outcome === 'asked')
  return (
    <div className="tendering">
      <section className="tendering__due card">
        <h1 className="tendering__label">{words.say(says.title, { amount })}</h1>
        <output className="amount amount--hero">{amount}</output>
        <p className="asking__says" role="status">
          <CreditCard className="asking__sign" aria-hidden />
          {words.say(saysNow(asked, says))}
        </p>
      </section>
      <section className="tendering__cash card">
        {clerkReads ? (
          <ClerkReads canAskAgain={asked.by === 'line'} says={says} act={act} />
        ) : (
          <Button size="large" icon={X} hotkey={KEYS.back} isDisabled={asked.outcome !== 'asked'} onPress={() => act({ do: 'cancel-terminal' })}>
            {words.say(says.cancel)}
          </Button>
        )}
      </section>
    </div>
  )
}

function saysNow({ outcome, by, progress }: TerminalAsked, says: Readonly<Record<Says, WordKey>>): WordKey {
  if (outcome !== 'asked') return says[outcome]
  if (by !== 'line') return says['by-hand']
  return progress === null ? says.starting : `terminal.${progress}`
}

/** Yes and no have keys of their own, and neither is Enter: nobody says by habit that money has moved. */
function ClerkReads({ canAskAgain, says, act }: { canAskAgain: boolean; says: Readonly<Record<Says, WordKey>>; act: (action: TerminalAct) => void }) {
  const { say } = useWords()
  const [code, setCode] = useState('')
  return (
    <>
      <label className="field">
        <span className="field__label">{say(says.code)}</span>
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
        <Button tone="primary" size="large" icon={Check} hotkey={KEYS.finish} onPress={() => act({ do: 'terminal-read', paid: true, approvalCode: code })}>
          {say(says.done)}
        </Button>
        <Button size="large" icon={X} hotkey={KEYS.notPaid} onPress={() => act({ do: 'terminal-read', paid: false })}>
          {say(says['not-done'])}
        </Button>
        {canAskAgain ? (
          <Button size="large" icon={RotateCw} hotkey={KEYS.askAgain} onPress={() => act({ do: 'ask-terminal-again' })}>
            {say(says['ask-again'])}
          </Button>
        ) : null}
      </div>
    </>
  )
}
