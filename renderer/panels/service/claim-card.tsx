import { useState } from 'react'
import type { ClaimAct, ClaimOption, ClaimView } from '../../../contract/service-view.ts'
import { useMay } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { PhotoStrip } from '../../returns/photo-strip.tsx'
import { useWords } from '../../words/words-context.tsx'
import { DecideClaim } from './decide-claim.tsx'
import { ScanPiece } from './scan-piece.tsx'

interface ClaimCardProps {
  readonly claim: ClaimView
  readonly options: readonly ClaimOption[]
  readonly onAct: (act: ClaimAct) => Promise<boolean>
  readonly onPhoto: (base64: string) => void
  readonly onPaper: () => void
}

type Asking = 'decide' | 'send' | 'lend' | 'replace' | null

/** One claim: where it stands, what may be done next, and what was done. */
export function ClaimCard({ claim, options, onAct, onPhoto, onPaper }: ClaimCardProps) {
  const words = useWords()
  const mayAct = useMay('take-back')
  const [asking, setAsking] = useState<Asking>(null)
  const act = (one: ClaimAct) => {
    void onAct(one).then((done) => {
      if (done) setAsking(null)
    })
  }
  return (
    <article className="card stack service__claim" data-state={claim.state}>
      <header className="service__claim-head">
        <h3 className="card__title">
          <bdi>{claim.number}</bdi> · {words.say(`claim-state.${claim.state}`)}
        </h3>
        <span className="muted">{words.instant(claim.openedAt)}</span>
      </header>
      <p className="prose">{claim.symptom}</p>
      {claim.basis === null || claim.remedy === null ? null : (
        <p>
          <strong>{words.say(`remedy.${claim.remedy}`)}</strong> · {words.say(`claim-basis.${claim.basis}`)}
        </p>
      )}
      {claim.away === null ? null : <p>{words.say('service.away', { place: claim.away })}</p>}
      {claim.loan === null ? null : (
        <p>
          {words.say('service.loan', { name: claim.loan.name, serial: '' })} <SerialText text={claim.loan.serial} />
        </p>
      )}
      {claim.remedy === 'refund' && claim.state !== 'closed' ? <p className="muted">{words.say('service.refund-next')}</p> : null}
      {claim.state === 'closed' || !mayAct ? null : <PhotoStrip photos={claim.photos} wanted={0} onShot={onPhoto} onDrop={null} />}
      {claim.state === 'closed' || !mayAct ? null : (
        <NextActs claim={claim} asking={asking} setAsking={setAsking} act={act} />
      )}
      {asking === 'decide' ? <DecideClaim options={options} onDecide={act} /> : null}
      {asking === 'send' ? <SendAway onSend={(to, note) => act({ do: 'send', to, note })} /> : null}
      {asking === 'lend' ? (
        <ScanPiece label={words.say('service.scan-loan')} onFound={({ unitId }) => act({ do: 'lend', unitId, note: '' })} />
      ) : null}
      {asking === 'replace' ? (
        <ScanPiece label={words.say('service.scan-replacement')} onFound={({ unitId }) => act({ do: 'replace', withUnitId: unitId, note: '' })} />
      ) : null}
      <ol className="life">
        {claim.steps.map((step, n) => (
          <li key={n} className="life__entry">
            <p className="life__what">
              {step.params['photoId'] === undefined ? words.say(`claim-step.${step.what}`) : words.say('service.photo-kept')}
              {step.note === '' ? null : <span className="service__note">: {step.note}</span>}
            </p>
            <p className="life__when">
              {words.instant(step.at)} · {step.who}
            </p>
          </li>
        ))}
      </ol>
      <Button onPress={onPaper}>{words.say('service.claim-paper')}</Button>
    </article>
  )
}

interface NextActsProps {
  readonly claim: ClaimView
  readonly asking: Asking
  readonly setAsking: (asking: Asking) => void
  readonly act: (act: ClaimAct) => void
}

/** The step that usually comes next is the first and the strong one; the rest stands beside it. */
function NextActs({ claim, asking, setAsking, act }: NextActsProps) {
  const { say } = useWords()
  const { state, remedy } = claim
  const goesOut = remedy === 'repair' || remedy === 'paid-repair'
  const ask = (what: Exclude<Asking, null>) => setAsking(asking === what ? null : what)
  return (
    <div className="service__acts">
      {state === 'open' ? <Button tone="primary" onPress={() => ask('decide')}>{say('service.decide')}</Button> : null}
      {state === 'decided' && goesOut ? <Button tone="primary" onPress={() => ask('send')}>{say('service.send')}</Button> : null}
      {state === 'away' ? (
        <>
          <Button tone="primary" onPress={() => act({ do: 'receive-back', repaired: true, note: '' })}>{say('service.back-repaired')}</Button>
          <Button onPress={() => act({ do: 'receive-back', repaired: false, note: '' })}>{say('service.back-unrepaired')}</Button>
        </>
      ) : null}
      {remedy === 'replace' && state !== 'away' && claim.loan === null ? (
        <Button tone="primary" onPress={() => ask('replace')}>{say('service.replace')}</Button>
      ) : null}
      {state === 'back' || (state === 'decided' && !goesOut) ? (
        <Button tone={state === 'back' ? 'primary' : 'plain'} isDisabled={claim.loan !== null} onPress={() => act({ do: 'hand-back', note: '' })}>
          {say('service.hand-back')}
        </Button>
      ) : null}
      {state === 'decided' || state === 'back' ? <Button onPress={() => ask('decide')}>{say('service.decide')}</Button> : null}
      {claim.loan === null ? (
        <Button onPress={() => ask('lend')}>{say('service.lend')}</Button>
      ) : (
        <Button onPress={() => act({ do: 'take-loan-back', note: '' })}>{say('service.take-loan-back')}</Button>
      )}
    </div>
  )
}

function SendAway({ onSend }: { onSend: (to: string, note: string) => void }) {
  const { say } = useWords()
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const send = () => {
    if (to.trim() !== '') onSend(to.trim(), note.trim())
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label className="field">
        <span className="field__label">{say('service.send-to')}</span>
        <input className="field__input" value={to} autoFocus maxLength={128} onChange={(event) => setTo(event.target.value)} />
      </label>
      <label className="field">
        <span className="field__label">{say('service.note')}</span>
        <input className="field__input" value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Button tone="primary" isDisabled={to.trim() === ''} onPress={send}>
        {say('service.send')}
      </Button>
      {/* Enter in a field does it too: a form with several fields wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}
