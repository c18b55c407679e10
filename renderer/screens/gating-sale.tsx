import { ArrowLeft, ShieldQuestion, ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import type { Gate, SaleAction, SaleView } from '../../contract/sale-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

type Gating = Extract<SaleView, { at: 'gating' }>

/** Before the tender: one question at a time, large, with what to look at. Nothing of a person is typed here. */
export function GatingSale({ sale }: { sale: Gating }) {
  const { say } = useWords()
  const store = useDeskStore()
  const act = (action: SaleAction) => void store.act((core) => core.sale.act({ flowId: sale.flowId, action }))
  const [first] = sale.gates
  return (
    <div className="gating">
      {first === undefined ? null : (
        <Question
          key={first.gateId}
          gate={first}
          left={sale.gates.length}
          onAnswer={(passed, entry) => act({ do: 'answer-gate', gateId: first.gateId, passed, entry })}
        />
      )}
      <Button icon={ArrowLeft} size="large" hotkey={KEYS.back} onPress={() => act({ do: 'back-to-cart' })}>
        {say('pay.back')}
      </Button>
    </div>
  )
}

interface QuestionProps {
  readonly gate: Gate
  readonly left: number
  readonly onAnswer: (passed: boolean, entry: string) => void
}

function Question({ gate, left, onAnswer }: QuestionProps) {
  const words = useWords()
  const [entry, setEntry] = useState('')
  const lacks = gate.entry !== 'none' && entry.trim() === ''
  const yes = () => {
    if (!lacks) onAnswer(true, entry.trim())
  }
  return (
    <form
      className="card gating__card"
      onSubmit={(event) => {
        event.preventDefault()
        yes()
      }}
    >
      <p className="tendering__label">{words.say('gate.before', { count: left })}</p>
      <h1 className="gating__title">
        <ShieldQuestion size={44} aria-hidden />
        {words.say(`gate.${gate.gate}`, { value: gate.value, date: gate.bornUntil ?? '' })}
      </h1>
      <p className="gating__names">
        <bdi>{gate.names.join(', ')}</bdi>
      </p>
      <p className="prose">{words.say(`gate-text.${gate.gate}`)}</p>
      {gate.entry === 'none' ? null : (
        <label className="field">
          <span className="field__label">{words.say(gate.entry === 'day' ? 'gate.day' : 'gate.number')}</span>
          <input
            className="field__input"
            type={gate.entry === 'day' ? 'date' : 'text'}
            value={entry}
            maxLength={64}
            autoComplete="off"
            data-home-focus
            onChange={(event) => setEntry(event.target.value)}
          />
        </label>
      )}
      <div className="row row--wrap">
        <Button tone="primary" size="huge" icon={ThumbsUp} hotkey={KEYS.confirm} isDisabled={lacks} onPress={yes}>
          {words.say('gate.yes')}
        </Button>
        <Button tone="danger" size="huge" icon={ThumbsDown} hotkey={KEYS.removeLine} onPress={() => onAnswer(false, '')}>
          {words.say('gate.no')}
        </Button>
      </div>
    </form>
  )
}
