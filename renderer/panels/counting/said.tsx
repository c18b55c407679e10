import { PackageCheck } from 'lucide-react'
import type { CountSaid, CountView } from '../../../contract/counting-view.ts'
import type { Core } from '../../connect.ts'
import { Button } from '../../parts/button.tsx'
import { ProductPicture } from '../../parts/product-picture.tsx'
import { ToneSign } from '../../parts/tone-sign.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords, type SpokenWords } from '../../words/words-context.tsx'

interface SaidLastProps {
  readonly said: CountSaid
  readonly openPanel: OpenPanel
  readonly act: (call: (core: Core) => Promise<CountView>) => void
}

/** What the last scan was: the piece as a picture, what it means for the count, why, and what to do with it now. */
export function SaidLast({ said, openPanel, act }: SaidLastProps) {
  const words = useWords()
  const { piece } = said
  return (
    <article className={`count-last tone tone--${said.tone}`} role={said.tone === 'stop' ? 'alert' : 'status'}>
      {piece === null ? null : <ProductPicture picture={piece.picture} />}
      <div className="count-last__words">
        <p className="count-last__is">
          <ToneSign tone={said.tone} size={28} /> {words.say(`count-said.${said.is}`)}
        </p>
        {piece === null ? <p><SerialText text={said.text} /></p> : (
          <p>
            <bdi>{piece.name}</bdi> <SerialText text={piece.serial} />
          </p>
        )}
        {said.before === null ? null : <p>{firstCounted(said.before, words)}</p>}
        <Why said={said} />
        {said.step === 'take-in' && piece !== null ? (
          <Button icon={PackageCheck} onPress={() => act((core) => core.counting.takeIn({ unitId: piece.unitId }))}>
            {words.say('shipments.anyway')}
          </Button>
        ) : null}
        {said.step === 'say-found' && piece !== null ? (
          <Button onPress={() => openPanel({ name: 'marks', unitId: piece.unitId })}>{words.say('mark-do.find')}</Button>
        ) : null}
        {said.choices.length === 0 ? null : (
          <ul className="rows">
            {said.choices.map((choice) => (
              <li key={choice.unitId}>
                <Button onPress={() => act((core) => core.counting.choose({ unitId: choice.unitId }))}>
                  <bdi>{choice.name}</bdi> <SerialText text={choice.serial} />
                  {choice.area === null ? null : <span className="chip">{words.sayCode(`area.${choice.area}`, {}, choice.area)}</span>}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </article>
  )
}

function firstCounted({ who, at, till }: NonNullable<CountSaid['before']>, words: SpokenWords): string {
  const told = { name: who, time: words.instant(at) }
  return till === null ? words.say('counting.already', told) : words.say('counting.already-at', { ...told, till })
}

/** The reason, as the records have it, and the next step. */
export function Why({ said: { reason, step, piece } }: { said: Pick<CountSaid, 'reason' | 'step' | 'piece'> }) {
  const words = useWords()
  const area = piece === null || piece.area === null ? null : words.sayCode(`area.${piece.area}`, {}, piece.area)
  return (
    <>
      {reason === null ? null : <p>{words.sayCode(`reason.${reason.code}.staff`, reason.params, reason.code)}</p>}
      {step === null ? null : <p className="count-last__step">{words.say(`count-step.${step}`, area === null ? {} : { area })}</p>}
    </>
  )
}

/** The scans before it, the newest first. */
export function SaidBefore({ said }: { said: CountView['said'] }) {
  const words = useWords()
  if (said.length === 0) return null
  return (
    <section aria-label={words.say('counting.recent')}>
      <h3 className="card__title">{words.say('counting.recent')}</h3>
      <ol className="count-before">
        {said.map((one) => (
          <li key={one.n}>
            <ToneSign tone={one.tone} />
            <span className="count-before__piece">
              {one.piece === null ? null : <bdi>{one.piece.name}</bdi>} <SerialText text={one.piece?.serial ?? one.text} />
            </span>
            <span className="muted">{words.say(`count-said.${one.is}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
