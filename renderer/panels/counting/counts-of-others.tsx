import { Users } from 'lucide-react'
import type { CountingDesk, CountView } from '../../../contract/counting-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { ScopeWords } from './scope-words.tsx'

/** Counts that other tills of the store have begun: each may be counted along. */
export function CountsOfOthers({ others, onJoined }: { others: CountingDesk['others']; onJoined: (count: CountView) => void }) {
  const words = useWords()
  const store = useDeskStore()
  if (others.length === 0) return null
  const join = (countId: string) => {
    store.dismissRefusal()
    void store.ask((core) => core.counting.join({ countId })).then((count) => count !== null && onJoined(count))
  }
  return (
    <section className="stack" aria-label={words.say('counting.others')}>
      <h3 className="card__title">{words.say('counting.others')}</h3>
      <ul className="rows">
        {others.map((count) => (
          <li key={count.countId} className="count-past">
            <span className="count-other">
              <span>
                <bdi>{count.till}</bdi> · <bdi>{count.number}</bdi> · <ScopeWords scope={count.scope} />
              </span>
              <span className="muted">{words.say('counting.began', { time: words.instant(count.beganAt), name: count.beganBy })}</span>
            </span>
            <Button icon={Users} onPress={() => join(count.countId)}>
              {words.say('counting.join')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
