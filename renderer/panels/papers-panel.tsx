import { Mail } from 'lucide-react'
import { useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { PrintJobView } from '../../contract/print-state.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Settle } from '../parts/print-line.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'

/** Papers found by what stands on them; first those of which nobody knows whether they came out. */
export function PapersPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const desk = useDesk()
  const [text, setText] = useState('')
  const papers = useAnswer((core) => core.papers.find({ text: text.trim() }), `${desk.revision} ${text.trim()}`)
  const unsettled = desk.papers.filter((paper) => paper.print.state === 'unknown')
  return (
    <Dialog title={words.say('papers.title')} onClose={onClose}>
      {unsettled.length === 0 ? null : <Unsettled papers={unsettled} />}
      <LettersLine openPanel={openPanel} />
      <label className="field">
        <span className="field__label">{words.say('papers.find')}</span>
        <input
          className="field__input"
          type="text"
          value={text}
          maxLength={128}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <ListBox
        className="options"
        aria-label={words.say('papers.title')}
        items={papers ?? []}
        selectionMode="none"
        renderEmptyState={() => <p className="muted">{words.say('papers.none')}</p>}
        onAction={(key) => openPanel({ name: 'paper', documentId: String(key) })}
      >
        {(paper) => (
          <ListBoxItem id={paper.documentId} className="option" textValue={paper.number}>
            <span className="option__main">
              <strong>
                {words.sayCode(`paper-kind.${paper.kind}`)} <bdi>{paper.number}</bdi>
              </strong>
              <span className="option__side">{paper.summary}</span>
            </span>
            <span className="option__side">{words.instant(paper.at)}</span>
            <span className="amount">{words.money(paper.total_cents, desk.store.currency)}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </Dialog>
  )
}

/** Letters that are not out yet, and the way to them; nothing while all are. */
function LettersLine({ openPanel }: { openPanel: OpenPanel }) {
  const { say } = useWords()
  const { mails } = useDesk()
  if (mails.waiting + mails.refused === 0) return null
  const parts = [
    mails.refused === 0 ? null : say('mails.refused-count', { count: mails.refused }),
    mails.waiting === 0 ? null : say('mails.waiting-count', { count: mails.waiting }),
  ]
  return (
    <Button icon={Mail} onPress={() => openPanel({ name: 'mails' })}>
      {parts.filter((part) => part !== null).join(' · ')}
    </Button>
  )
}

/** The one question only a person in front of the printer can answer. */
function Unsettled({ papers }: { papers: readonly PrintJobView[] }) {
  const words = useWords()
  return (
    <section className="card tone tone--attention stack">
      <h3 className="card__title">{words.say('papers.unsettled')}</h3>
      <p>{words.say('papers.unsettled-text')}</p>
      {papers.map((paper) => (
        <div key={paper.jobId} className="stack">
          <p>
            <strong>
              {words.sayCode(`paper-kind.${paper.kind}`)} <bdi>{paper.title}</bdi>
            </strong>{' '}
            · {words.time(paper.at)}
          </p>
          <Settle jobId={paper.jobId} />
        </div>
      ))}
    </section>
  )
}
