import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { SyncCase, SyncPanel as Panel } from '../../contract/sync/sync-view.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { eventInWords } from '../words/event-in-words.ts'
import { useWords } from '../words/words-context.tsx'
import { SyncLine } from './sync-line.tsx'

/** The line to the centre: how it is, what waits, and what two tills say differently. */
export function SyncPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const { revision } = useDesk()
  const store = useDeskStore()
  const panel = useAnswer((core) => core.sync.panel(), revision)
  return (
    <Dialog title={words.say('sync.title')} width="wide" onClose={onClose}>
      {panel === null ? null : (
        <>
          <Line panel={panel} onRetry={() => void store.act((core) => core.sync.retry())} />
          <Cases cases={panel.cases} />
          <Queue panel={panel} />
        </>
      )}
    </Dialog>
  )
}

function Line({ panel, onRetry }: { panel: Panel; onRetry: () => void }) {
  const words = useWords()
  const { view, hub } = panel
  return (
    <section className="card sync__line">
      <p className="sync__state">
        <SyncLine sync={view} />
      </p>
      {hub === null ? null : <p className="muted"><bdi>{hub}</bdi></p>}
      {view.heardAt === null ? null : <p className="muted">{words.say('sync.heard', { time: words.instant(view.heardAt) })}</p>}
      {view.fetching === null ? null : (
        <p>{words.say('sync.fetching', { done: megabytes(view.fetching.bytes), all: megabytes(view.fetching.of) })}</p>
      )}
      {view.remark === null ? null : (
        <p className="tone tone--stop" role="alert">
          <ToneSign tone="stop" />
          {words.say(`sync.remark-${view.remark}`)}
        </p>
      )}
      {view.state === 'unreached' ? (
        <Button icon={RefreshCw} onPress={onRetry}>
          {words.say('sync.retry')}
        </Button>
      ) : null}
    </section>
  )
}

/** For a line of text only: nothing is reckoned with it. */
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

function Queue({ panel }: { panel: Panel }) {
  const words = useWords()
  const { queue, view } = panel
  return (
    <section aria-label={words.say('sync.queue')}>
      <h3>{words.say('sync.queue')}</h3>
      {queue.length === 0 ? <p className="muted">{words.say('sync.nothing-waits')}</p> : null}
      <ul className="rows">
        {queue.slice(0, 50).map((line) => (
          <li key={line.seq} className="sync__queued">
            <span className="muted">{words.instant(line.at)}</span>
            <span>{eventInWords(words, line.kind, line.params, '')}</span>
            <bdi>{line.text}</bdi>
          </li>
        ))}
      </ul>
      {view.waiting.events > 50 ? <p className="muted">{words.say('sync.queue-more', { count: view.waiting.events - 50 })}</p> : null}
    </section>
  )
}

function Cases({ cases }: { cases: readonly SyncCase[] }) {
  const words = useWords()
  return (
    <section aria-label={words.say('sync.cases')}>
      <h3>{words.say('sync.cases')}</h3>
      {cases.length === 0 ? <p className="muted">{words.say('sync.no-cases')}</p> : <p className="muted">{words.say('sync.why-settle')}</p>}
      <ul className="rows">
        {cases.map((entry) => (
          <Case key={entry.caseId} entry={entry} />
        ))}
      </ul>
    </section>
  )
}

function Case({ entry }: { entry: SyncCase }) {
  const words = useWords()
  const { closed } = entry
  return (
    <li className="card sync__case">
      <p>
        <strong>{words.sayCode(`conflict.${entry.kind}`, {}, entry.kind)}</strong> · {entry.product} <bdi>{entry.number}</bdi>
      </p>
      <dl className="sync__sides">
        <dt>{words.say('sync.first')}</dt>
        <dd>{entry.a === null ? words.say('sync.unknown-before') : <Side side={entry.a} />}</dd>
        <dt>{words.say('sync.second')}</dt>
        <dd>
          <Side side={entry.b} />
        </dd>
      </dl>
      {closed === null ? <Settle entry={entry} /> : <p className="muted">{words.say('sync.settled', { who: closed.by, how: words.sayCode(`settle.${closed.how}`, {}, closed.how) })}</p>}
    </li>
  )
}

function Side({ side }: { side: NonNullable<SyncCase['a']> }) {
  const words = useWords()
  const what = words.sayCode(`event.${side.kind}`, { receipt: side.receipt ?? '', store: side.store ?? '', number: side.receipt ?? '' }, side.kind)
  const parts = [what, side.store, side.till, side.who, side.at === null ? null : words.instant(side.at)]
  return <span>{parts.filter((part) => part !== null && part !== '').join(' · ')}</span>
}

/** Steps to settle: what was found out in a sentence, and which of the two is true. */
function Settle({ entry }: { entry: SyncCase }) {
  const words = useWords()
  const store = useDeskStore()
  const [note, setNote] = useState('')
  const [way, setWay] = useState<SyncCase['ways'][number] | null>(null)
  const settle = () => {
    if (way !== null) void store.act((core) => core.sync.settle({ caseId: entry.caseId, way, note: note.trim() }))
  }
  return (
    <div className="sync__settle">
      <ChoiceGroup
        label={words.say('sync.cases')}
        chosen={way}
        choices={entry.ways.map((id) => ({ id, words: words.say(`settle.${id}`) }))}
        onChoose={setWay}
      />
      <label className="field">
        <span className="field__label">{words.say('sync.note')}</span>
        <input className="field__input" value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Button tone="primary" isDisabled={way === null || note.trim() === ''} onPress={settle}>
        {way === null ? words.say('sync.cases') : words.say(`settle.${way}`)}
      </Button>
    </div>
  )
}
