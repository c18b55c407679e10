import { useState } from 'react'
import type { ClaimAct, ClaimBasis, ClaimOption, Remedy } from '../../../contract/service-view.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'

/** On which promise, and what is done: only what is open today can be chosen, the most generous promise first. */
export function DecideClaim({ options, onDecide }: { options: readonly ClaimOption[]; onDecide: (act: ClaimAct) => void }) {
  const words = useWords()
  const [basis, setBasis] = useState<ClaimBasis | null>(options[0]?.basis ?? null)
  const [remedy, setRemedy] = useState<Remedy | null>(null)
  const [note, setNote] = useState('')
  const option = options.find((one) => one.basis === basis)
  const decide = () => {
    if (basis !== null && remedy !== null) onDecide({ do: 'decide', basis, remedy, note: note.trim() })
  }
  return (
    <div className="stack">
      <ChoiceGroup
        label={words.say('service.basis')}
        chosen={basis}
        choices={options.map((one) => ({ id: one.basis, words: words.say(`claim-basis.${one.basis}`) }))}
        onChoose={(id) => {
          setBasis(id)
          setRemedy(null)
        }}
      />
      {option === undefined ? null : <OptionFacts option={option} />}
      <ChoiceGroup
        label={words.say('service.remedy-which')}
        chosen={remedy}
        choices={(option?.remedies ?? []).map((one) => ({ id: one, words: words.say(`remedy.${one}`) }))}
        onChoose={setRemedy}
      />
      <label className="field">
        <span className="field__label">{words.say('service.note')}</span>
        <input className="field__input" value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Button tone="primary" isDisabled={remedy === null} onPress={decide}>
        {words.say('service.decide')}
      </Button>
    </div>
  )
}

/** Until when it lasts, who has to prove what, and how often it was used: what an owner asks next. */
export function OptionFacts({ option }: { option: ClaimOption }) {
  const words = useWords()
  return (
    <p className="muted">
      {[
        option.until === null ? null : words.say('service.until', { date: words.date(option.until) }),
        option.proof === null ? null : words.say(`proof.${option.proof}`),
        option.contractNumber,
        option.claimsUsed === 0 ? null : words.say('service.claims-used', { count: option.claimsUsed }),
      ]
        .filter((part) => part !== null)
        .join(' · ')}
    </p>
  )
}
