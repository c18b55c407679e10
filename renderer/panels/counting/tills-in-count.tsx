import type { TillInCount } from '../../../contract/counting-view.ts'
import { useWords } from '../../words/words-context.tsx'

/** Who counts along, how far this till has heard of each, and who is done. Nothing where nobody does. */
export function TillsInCount({ tills }: { tills: readonly TillInCount[] }) {
  const words = useWords()
  if (tills.length === 0) return null
  return (
    <ul className="count-tills" aria-label={words.say('counting.together')}>
      {tills.map(({ name, found, leads, isDone, lastAt }) => (
        <li key={name} className="chip">
          <span>
            <bdi>{name}</bdi> ·{' '}
            {[
              words.say('counting.till-found', { count: found }),
              ...(lastAt === null ? [] : [words.say('counting.till-last', { time: words.time(lastAt) })]),
              ...(leads ? [words.say('counting.till-leads')] : isDone ? [words.say('counting.till-done')] : []),
            ].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
