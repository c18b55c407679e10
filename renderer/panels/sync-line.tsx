import type { SyncView } from '../../contract/sync/sync-view.ts'
import { useWords } from '../words/words-context.tsx'

/** The line to the centre in one sentence: what waits says more than whether it is there. */
export function SyncLine({ sync, isShort = false }: { sync: SyncView; isShort?: boolean }) {
  const words = useWords()
  const { waiting } = sync
  const isWell = sync.state === 'up-to-date' || sync.state === 'catching-up' || sync.state === 'alone'
  const state = words.say(`sync.state-${sync.state}`)
  const since = waiting.since === null ? '' : words.time(waiting.since)
  const waits =
    waiting.events === 0
      ? null
      : waiting.sales + waiting.returns > 0
        ? words.say('sync.waits', { sales: waiting.sales, returns: waiting.returns, time: since })
        : words.say('sync.waits-events', { count: waiting.events, time: since })
  return (
    <span className={isWell ? 'sync-line' : 'sync-line is-ill'}>
      {[(isWell || isShort) && waits !== null ? null : state, waits, sync.conflicts > 0 ? words.say('sync.conflicts', { count: sync.conflicts }) : null]
        .filter((part) => part !== null)
        .join(' · ')}
    </span>
  )
}
