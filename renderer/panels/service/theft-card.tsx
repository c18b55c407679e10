import { useState } from 'react'
import type { UnitService } from '../../../contract/service-view.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

interface TheftCardProps {
  readonly service: UnitService
  readonly onReport: (reference: string, reason: string) => Promise<boolean>
  readonly onClear: (reason: string) => Promise<boolean>
}

/** An owner reports a theft, or somebody clears one. Both stay in the life of the piece, with who and why. */
export function TheftCard({ service, onReport, onClear }: TheftCardProps) {
  const { say } = useWords()
  const [isAsking, setAsking] = useState(false)
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const { theft } = service
  const isReady = reason.trim() !== '' && (theft !== null || reference.trim() !== '')
  const done = () => {
    if (!isReady) return
    void (theft === null ? onReport(reference.trim(), reason.trim()) : onClear(reason.trim())).then((isDone) => {
      if (!isDone) return
      setAsking(false)
      setReason('')
    })
  }
  return (
    <section className="card stack">
      <h3 className="card__title">{say('service.theft')}</h3>
      {theft === null ? null : <p>{say('service.reported', { source: theft.source, reference: theft.reference })}</p>}
      <Button onPress={() => setAsking(!isAsking)}>{say(theft === null ? 'service.report-stolen' : 'service.clear-stolen')}</Button>
      {isAsking ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            done()
          }}
        >
          {theft === null ? (
            <label className="field">
              <span className="field__label">{say('service.reference')}</span>
              <input className="field__input" value={reference} autoFocus maxLength={64} onChange={(event) => setReference(event.target.value)} />
            </label>
          ) : null}
          <label className="field">
            <span className="field__label">{say('service.why')}</span>
            <input className="field__input" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </label>
          <Button tone="danger" isDisabled={!isReady} onPress={done}>
            {say(theft === null ? 'service.report-stolen' : 'service.clear-stolen')}
          </Button>
          {/* Enter in a field does it too: a form with several fields wants a button of its own for that. */}
          <input type="submit" hidden />
        </form>
      ) : null}
    </section>
  )
}
