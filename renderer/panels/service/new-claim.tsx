import { useState } from 'react'
import type { UnitService } from '../../../contract/service-view.ts'
import { Button } from '../../parts/button.tsx'
import { FreshPhotos } from '../../returns/photo-strip.tsx'
import { useWords } from '../../words/words-context.tsx'

interface NewClaimProps {
  readonly service: UnitService
  readonly onOpen: (intake: { symptom: string; note: string; photos: { base64: string }[] }) => void
}

/**
 * What is wrong, in the owner's words, and how the piece looks as it comes in; what is known of such pieces stands beside
 * it and is taken with one touch. All of it is taken in with one act.
 */
export function NewClaim({ service, onOpen }: NewClaimProps) {
  const { say } = useWords()
  const [symptom, setSymptom] = useState('')
  const [note, setNote] = useState('')
  const [shots, setShots] = useState<readonly string[]>([])
  const open = () => {
    if (symptom.trim() !== '') onOpen({ symptom: symptom.trim(), note: note.trim(), photos: shots.map((base64) => ({ base64 })) })
  }
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        open()
      }}
    >
      <h3 className="card__title">{say('service.new-claim')}</h3>
      {service.knownIssues.length === 0 ? null : (
        <div className="stack">
          <p className="muted">{say('service.known-issues')}</p>
          {service.knownIssues.map((issue) => (
            <div key={issue.id} className="service__issue">
              <Button onPress={() => setSymptom(issue.symptom)}>{issue.symptom}</Button>
              <span className="muted">{issue.advice}</span>
            </div>
          ))}
        </div>
      )}
      <label className="field">
        <span className="field__label">{say('service.symptom')}</span>
        <input className="field__input" value={symptom} maxLength={500} onChange={(event) => setSymptom(event.target.value)} />
      </label>
      <label className="field">
        <span className="field__label">{say('service.note')}</span>
        <textarea className="field__input" rows={2} value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
      </label>
      <FreshPhotos shots={shots} onChange={setShots} />
      <Button tone="primary" isDisabled={symptom.trim() === ''} onPress={open}>
        {say('service.take-in')}
      </Button>
      {/* Enter in a field does it too: a form with several fields wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}
