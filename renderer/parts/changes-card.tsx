import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { CHANGES } from '../../contract/changes.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'

const STORED_AS = 'countermark.version-seen'

/**
 * What a new version changed, until somebody has read it. A window that never showed this till before has nothing to
 * compare with and says nothing: to a new cashier everything is new.
 */
export function ChangesCard() {
  const { say } = useWords()
  const [seen, setSeen] = useState(lastSeen)
  const [newest] = CHANGES
  if (seen === newest.version) return null
  return (
    <section className="card tone tone--info stack">
      <h2 className="card__title">
        <Sparkles size={18} aria-hidden /> {say('changes.title', { version: newest.version })}
      </h2>
      <ul className="changes__list">
        {newest.points.map((point) => (
          <li key={point}>{say(point)}</li>
        ))}
      </ul>
      <Button
        onPress={() => {
          window.localStorage.setItem(STORED_AS, newest.version)
          setSeen(newest.version)
        }}
      >
        {say('changes.seen')}
      </Button>
    </section>
  )
}

function lastSeen(): string {
  const stored = window.localStorage.getItem(STORED_AS)
  if (stored !== null) return stored
  window.localStorage.setItem(STORED_AS, CHANGES[0].version)
  return CHANGES[0].version
}
