import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { SerialText } from '../../parts/unit-panel.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** What was asked at this till, the newest first, each with its paper. */
export function AskedBefore({ openPanel }: { openPanel: OpenPanel }) {
  const words = useWords()
  const { revision } = useDesk()
  const queries = useAnswer((core) => core.authorities.list(), revision)
  return (
    <aside className="service__side stack" aria-label={words.say('authority.before')}>
      <h3 className="card__title">{words.say('authority.before')}</h3>
      {queries !== null && queries.length === 0 ? <p className="muted prose">{words.say('authority.none')}</p> : null}
      <ul className="service__list">
        {(queries ?? []).map(({ number, at, text, authority, caseNumber, answer, named, by, documentId }) => (
          <li key={number}>
            <button type="button" className="row-button" onClick={() => openPanel({ name: 'paper', documentId })}>
              <span className="row-button__main">
                <span>
                  <bdi>{authority}</bdi> · <bdi>{caseNumber}</bdi>
                </span>
                <span className="muted">
                  <SerialText text={text} /> · {words.instant(at)} · <bdi>{by}</bdi>
                </span>
                {named ? <span className="chip">{words.say('authority.named')}</span> : null}
              </span>
              <span className="chip">{answer === 'several' ? words.say('authority.several') : words.say(`answer.purchase.${answer}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  )
}
