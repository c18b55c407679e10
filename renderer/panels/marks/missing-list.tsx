import { useAnswer } from '../../desk/use-answer.ts'
import { useDesk } from '../../desk/desk-context.ts'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** What is looked for in this store; touched, it is said to be found or written off. Nothing where nothing is missing. */
export function MissingList({ openPanel }: { openPanel: OpenPanel }) {
  const words = useWords()
  const { revision } = useDesk()
  const pieces = useAnswer((core) => core.marks.missing(), revision)
  if (pieces === null || pieces.length === 0) return null
  return (
    <section className="stack" aria-label={words.say('mark.missing')}>
      <h3 className="card__title">
        {words.say('mark.missing')} <span className="badge">{pieces.length}</span>
      </h3>
      <ul className="service__list">
        {pieces.map((piece) => (
          <li key={piece.unitId}>
            <button type="button" className="row-button" onClick={() => openPanel({ name: 'marks', unitId: piece.unitId })}>
              <span className="row-button__main">
                <span>{piece.name}</span>
                <span className="muted">
                  <SerialText text={piece.serial} />
                </span>
              </span>
              <span className="chip">{words.say('mark.missing-since', { date: piece.since })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
