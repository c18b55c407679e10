import { useState } from 'react'
import type { UnitService } from '../../../contract/service-view.ts'
import { useMay } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'

export interface NewOwner {
  readonly to: { readonly name: string; readonly contact: string }
  readonly proof: { readonly by: 'both-present' } | { readonly by: 'code'; readonly code: string }
}

interface OwnerCardProps {
  readonly service: UnitService
  readonly onTransfer: (owner: NewOwner) => Promise<boolean>
  readonly onHolder: (contractNumber: string, to: NewOwner['to']) => Promise<boolean>
  readonly onCode: () => void
}

/** Whose the piece is, and how it changes hands. Earlier owners are a number here and no more. */
export function OwnerCard({ service, onTransfer, onHolder, onCode }: OwnerCardProps) {
  const words = useWords()
  const mayAct = useMay('take-back')
  const [asking, setAsking] = useState<'transfer' | 'holder' | null>(null)
  const { owner, ownersBefore, unit } = service
  const isSold = unit.facts.title.is === 'sold' || unit.facts.title.is === 'transferred'
  const plan = service.cover.find((layer) => layer.contractNumber !== null && layer.layer === 'plan')
  const close = (done: boolean) => {
    if (done) setAsking(null)
  }
  return (
    <section className="card stack">
      <h3 className="card__title">{words.say('service.owner')}</h3>
      {owner === null ? (
        <p className="muted">{words.say('service.owner-none')}</p>
      ) : (
        <p>
          <strong>{owner.name}</strong> {owner.contact} <span className="muted">{words.say('service.owner-since', { date: owner.since })}</span>
        </p>
      )}
      {ownersBefore === 0 ? null : <p className="muted">{words.say('service.owners-before', { count: ownersBefore })}</p>}
      {!isSold || !mayAct ? null : (
        <div className="service__acts">
          <Button onPress={() => setAsking(asking === 'transfer' ? null : 'transfer')}>{words.say('service.transfer')}</Button>
          <Button onPress={onCode}>{words.say('service.owner-code')}</Button>
          {plan === undefined ? null : (
            <Button onPress={() => setAsking(asking === 'holder' ? null : 'holder')}>{words.say('service.holder')}</Button>
          )}
        </div>
      )}
      {asking === 'transfer' ? <PersonForm withProof doLabel={words.say('service.transfer')} onDone={(to, proof) => void onTransfer({ to, proof }).then(close)} /> : null}
      {asking === 'holder' && plan !== undefined ? (
        <PersonForm doLabel={words.say('service.holder')} onDone={(to) => void onHolder(plan.contractNumber ?? '', to).then(close)} />
      ) : null}
    </section>
  )
}

interface PersonFormProps {
  readonly withProof?: boolean
  readonly doLabel: string
  readonly onDone: (to: NewOwner['to'], proof: NewOwner['proof']) => void
}

function PersonForm({ withProof = false, doLabel, onDone }: PersonFormProps) {
  const { say } = useWords()
  const [name, setName] = useState('')
  const [contact, setContact] = useState('')
  const [by, setBy] = useState<'both-present' | 'code'>('both-present')
  const [code, setCode] = useState('')
  const isReady = name.trim() !== '' && (!withProof || by === 'both-present' || code.trim().length >= 4)
  const done = () => {
    if (isReady) onDone({ name: name.trim(), contact: contact.trim() }, by === 'code' ? { by, code: code.trim() } : { by })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <label className="field">
        <span className="field__label">{say('service.name')}</span>
        <input className="field__input" value={name} autoFocus autoComplete="off" maxLength={200} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span className="field__label">{say('service.contact')}</span>
        <input className="field__input" value={contact} autoComplete="off" maxLength={200} onChange={(event) => setContact(event.target.value)} />
      </label>
      {withProof ? (
        <ChoiceGroup
          label={say('service.proof')}
          chosen={by}
          choices={[{ id: 'both-present', words: say('service.both-present') }, { id: 'code', words: say('service.by-code') }]}
          onChoose={setBy}
        />
      ) : null}
      {withProof && by === 'code' ? (
        <label className="field">
          <span className="field__label">{say('service.by-code')}</span>
          <input className="field__input serial" value={code} autoComplete="off" spellCheck={false} maxLength={40} onChange={(event) => setCode(event.target.value)} />
        </label>
      ) : null}
      <Button tone="primary" isDisabled={!isReady} onPress={done}>
        {doLabel}
      </Button>
      {/* Enter in a field does it too: a form with several fields wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}
