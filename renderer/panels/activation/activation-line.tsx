import type { Activation } from '../../../contract/activation.ts'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { useWords } from '../../words/words-context.tsx'

const TONES = { wanted: 'info', done: 'good', failed: 'stop', postponed: 'attention', dropped: 'info' } as const satisfies Record<Activation['state'], string>

/** How it stands with connecting one piece, and what to do where it did not work. */
export function ActivationLine({ activation }: { activation: Activation }) {
  const { say } = useWords()
  const { state, why, provider, imei, simEnd, reference } = activation
  return (
    <div className="stack" role="status">
      <p className="mail-line">
        <ToneSign tone={TONES[state]} />
        <span>{say(`activation-state.${state}`, { provider })}</span>
      </p>
      {why === null ? null : <p className="prose">{say(`activation-why.${why}`)}</p>}
      {simEnd === '' ? null : <p className="muted">{say('activation.numbers', { imei, end: simEnd })}</p>}
      {reference === '' ? null : <p className="muted">{say('activation.reference', { reference })}</p>}
    </div>
  )
}
