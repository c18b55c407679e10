import { CircleCheck, ScanBarcode, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { CountDifferences, CountingDesk, CountView } from '../../../contract/counting-view.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { KEYS } from '../../keys/keymap.ts'
import { Button } from '../../parts/button.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'
import { CountSums } from './count-sums.tsx'
import { Why } from './said.tsx'

interface ReviewCountProps {
  readonly count: CountView
  readonly onBack: () => void
  readonly onOver: (desk: CountingDesk) => void
  readonly onFinished: (documentId: string) => void
}

/**
 * How the count stands against the records, before anything is marked; from here it is ended, discarded or gone on with.
 * The count of another till is ended there: here one's own part is done.
 */
export function ReviewCount({ count, onBack, onOver, onFinished }: ReviewCountProps) {
  const words = useWords()
  const store = useDeskStore()
  const { knowledge } = useDesk()
  const differences = useAnswer((core) => core.counting.differences(), `${count.said[0]?.n ?? 0} ${count.found} ${count.surplus}`)
  const [isDropping, setDropping] = useState(false)
  if (differences === null) return <p className="muted" role="status">{words.say('service.one-moment')}</p>
  const over = (desk: CountingDesk | null) => desk !== null && onOver(desk)
  const drop = () => void store.ask((core) => core.counting.drop()).then(over)
  const handIn = () => void store.ask((core) => core.counting.handIn()).then(over)
  const isGoingOn = count.tills.filter(({ isDone }) => !isDone).map(({ name }) => name)
  const finish = () => void store.ask((core) => core.counting.finish()).then((done) => done !== null && onFinished(done.documentId))
  return (
    <>
      <CountSums found={differences.found} expected={differences.found + differences.missing} surplus={differences.surplus} />
      {count.lead !== null || isGoingOn.length === 0 ? null : <p className="count-waits tone tone--again">{words.say('counting.waits-for', { names: isGoingOn.join(', ') })}</p>}
      <Lists differences={differences} />
      {differences.gone === 0 ? null : <p className="muted prose">{words.say('counting.gone', { count: differences.gone })}</p>}
      <p className="prose">{count.lead === null ? words.say('counting.finish-text') : words.say('counting.hand-in-text', { name: count.lead })}</p>
      {/* Old records call missing what was sold or sent away at another till since. */}
      {knowledge.asOf === null ? null : <p className="muted">{words.say('knowledge.as-of', { time: words.instant(knowledge.asOf) })}</p>}
      <footer className="dialog__feet">
        {count.lead === null ? (
          <Button tone={isDropping ? 'danger' : 'quiet'} icon={Trash2} onPress={isDropping ? drop : () => setDropping(true)}>
            {words.say(isDropping ? 'counting.drop-sure' : 'counting.drop')}
          </Button>
        ) : null}
        <Button icon={ScanBarcode} onPress={onBack}>
          {words.say('counting.back')}
        </Button>
        {count.lead === null ? (
          <Button tone="primary" icon={CircleCheck} hotkey={KEYS.finish} onPress={finish}>
            {words.say('counting.finish', { count: differences.missing })}
          </Button>
        ) : (
          <Button tone="primary" icon={CircleCheck} hotkey={KEYS.finish} onPress={handIn}>
            {words.say('counting.hand-in')}
          </Button>
        )}
      </footer>
    </>
  )
}

function Lists({ differences }: { differences: CountDifferences }) {
  const words = useWords()
  const { missingPieces, surplusPieces, missing, surplus, accuracy_bp } = differences
  return (
    <div className="count-lists">
      <section className="stack">
        <h3 className="card__title row row--wrap">
          {words.say('receipt.count-missing')} <span className="badge">{missing}</span>
          {accuracy_bp === null ? null : <span className="chip">{`${words.say('counting.accuracy')} ${words.rate(accuracy_bp)}`}</span>}
        </h3>
        {missing === 0 ? <p className="muted">{words.say('counting.nothing-missing')}</p> : null}
        <ul className="service__list">
          {missingPieces.map((piece) => (
            <li key={piece.unitId} className="count-line">
              <span>
                <bdi>{piece.name}</bdi> <SerialText text={piece.serial} />
              </span>
              <span className="muted">{piece.area === null ? '' : words.sayCode(`area.${piece.area}`, {}, piece.area)}</span>
            </li>
          ))}
        </ul>
        <More count={missing - missingPieces.length} />
      </section>
      <section className="stack">
        <h3 className="card__title">
          {words.say('counting.surplus')} <span className="badge">{surplus}</span>
        </h3>
        {surplus === 0 ? <p className="muted">{words.say('counting.nothing-surplus')}</p> : null}
        <ul className="service__list">
          {surplusPieces.map((piece) => (
            <li key={piece.unitId} className="count-line count-line--why">
              <span>
                <bdi>{piece.name}</bdi> <SerialText text={piece.serial} />
              </span>
              <Why said={{ reason: piece.reason, step: piece.step, piece }} />
            </li>
          ))}
        </ul>
        <More count={surplus - surplusPieces.length} />
      </section>
    </div>
  )
}

function More({ count }: { count: number }) {
  const { say } = useWords()
  return count === 0 ? null : <p className="muted">{say('receipt.count-more', { count })}</p>
}
