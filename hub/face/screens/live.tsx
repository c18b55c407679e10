import { useEffect, useState } from 'react'
import type { LiveEvent } from '../../contract/till-calls.ts'
import { eventInWords } from '../../../renderer/words/event-in-words.ts'
import { hub, troubleOf, type Trouble } from '../client.ts'
import { Chip } from '../parts/chip.tsx'
import { Page } from '../parts/page.tsx'
import { openPlace } from '../places.ts'
import { useFaceWords } from '../words/use-face-words.ts'

const SHOWN = 200
const AGAIN_MS = 2_000

/** What happens at the tills, as it is applied: the newest first, pushed by the centre. */
export function LiveScreen() {
  const { t } = useFaceWords()
  const { events, trouble, isLive } = useLiveEvents()
  return (
    <Page title={t('place.live')} lead={t('live.lead')} trouble={trouble} acts={<Chip tone={isLive ? 'good' : 'attention'}>{t(isLive ? 'live.on' : 'live.off')}</Chip>}>
      {events === null ? <p className="list__waits" aria-busy="true" /> : events.length === 0 ? <div className="empty">{t('live.empty')}</div> : (
        <ol className="live" aria-label={t('place.live')}>
          {events.map((event) => <LiveLine key={event.seq} event={event} />)}
        </ol>
      )}
    </Page>
  )
}

function LiveLine({ event }: { event: LiveEvent }) {
  const words = useFaceWords()
  const isConflict = event.verdict !== null && !['accepted', 'noted', 'held'].includes(event.verdict)
  return (
    <li className="live__line">
      <time className="live__time" dateTime={event.at}>{words.instant(event.at)}</time>
      <div className="live__what">
        <p>{eventInWords(words, event.kind, event.params)}</p>
        {event.thing === null ? null : (
          <p className="muted">
            <bdi>{event.thing}</bdi>{' '}
            {event.serial === null ? null : (
              <button type="button" className="link serial" dir="ltr" onClick={() => openPlace('units', event.serial ?? '')}>{event.serial}</button>
            )}
          </p>
        )}
      </div>
      {isConflict ? <Chip tone="stop">{words.tCode(`case.${event.verdict ?? ''}`)}</Chip> : null}
      <p className="live__where muted"><bdi>{[event.storeName, event.tillName].filter((part) => part !== null).join(' · ')}</bdi></p>
    </li>
  )
}

/** The last events and those that come; a line that breaks is opened again. */
function useLiveEvents(): { events: readonly LiveEvent[] | null; trouble: Trouble | null; isLive: boolean } {
  const [events, setEvents] = useState<readonly LiveEvent[] | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [turn, setTurn] = useState(0)
  const [isLive, setLive] = useState(false)
  useEffect(() => {
    const line = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const follow = async (): Promise<void> => {
      const recent = await hub.live.recent(undefined, { signal: line.signal })
      setEvents([...recent.events].reverse())
      setTrouble(null)
      setLive(true)
      for await (const event of await hub.live.events({ after: recent.upTo }, { signal: line.signal }))
        setEvents((before) => [event, ...(before ?? [])].slice(0, SHOWN))
    }
    // A centre that stops ends the line without a word, one that is gone breaks it: both are opened again.
    const ended = (error?: unknown): void => {
      if (line.signal.aborted) return
      setLive(false)
      if (error !== undefined) setTrouble(troubleOf(error))
      timer = setTimeout(() => setTurn((now) => now + 1), AGAIN_MS)
    }
    follow().then(() => ended(), ended)
    return () => {
      clearTimeout(timer)
      line.abort()
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new turn is a new line to the centre
  }, [turn])
  return { events, trouble, isLive }
}
