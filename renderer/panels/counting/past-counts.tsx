import { FileDown } from 'lucide-react'
import type { CountingDesk } from '../../../contract/counting-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'
import { saveText } from '../devices/save-text.ts'

/** How the last counts ended: each with its paper and its list. */
export function PastCounts({ past, openPanel }: { past: CountingDesk['past']; openPanel: OpenPanel }) {
  const words = useWords()
  const store = useDeskStore()
  return (
    <section className="stack" aria-label={words.say('counting.past')}>
      <h3 className="card__title">{words.say('counting.past')}</h3>
      {past.length === 0 ? <p className="muted prose">{words.say('counting.past-none')}</p> : null}
      <ul className="rows">
        {past.map((count) => (
          <li key={count.countId} className="count-past">
            <button type="button" className="row-button" onClick={() => openPanel({ name: 'paper', documentId: count.documentId })}>
              <span className="row-button__main">
                <span>
                  <bdi>{count.number}</bdi> · {words.say('counting.past-line', { found: count.found, missing: count.missing })}
                </span>
                <span className="muted">
                  {words.instant(count.endedAt)} · <bdi>{count.endedBy}</bdi>
                </span>
              </span>
              {count.accuracy_bp === null ? null : <span className="chip">{words.rate(count.accuracy_bp)}</span>}
            </button>
            <Button
              tone="quiet" icon={FileDown} iconOnly label={`${words.say('counting.csv')}: ${count.number}`}
              onPress={() => void store.ask((core) => core.counting.csv({ countId: count.countId })).then(saveText)}
            >
              {words.say('counting.csv')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
