import { ReceiptText, Sheet, Zap } from 'lucide-react'
import { useState } from 'react'
import type { JournalLine, JournalPage, JournalQuery } from '../../contract/day-journal.ts'
import { JournalGroup } from '../../contract/day-journal.ts'
import { useDesk, useDeskStore, useMay } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { saveText } from './devices/save-text.ts'
import { JournalFilter } from './journal/journal-filter.tsx'
import { PurchasesElsewhere } from './journal/purchases-elsewhere.tsx'

const EVERYTHING: JournalQuery = { text: '', group: null, staffId: null, from: null, to: null, least_cents: null, most_cents: null }

/** Looks back over everything this till did: narrow it, open a paper, print it again, take it along as a file. */
export function JournalPanel({ openPanel, onClose }: { openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const { revision } = useDesk()
  const [query, setQuery] = useState<JournalQuery>(EVERYTHING)
  const mayTakeBack = useMay('take-back')
  const about = JSON.stringify(query)
  const first = useAnswer((core) => core.money.journal({ query, after: null }), `${revision} ${about}`)
  // Older pages belong to the question they were asked for; another question begins anew.
  const [older, setOlder] = useState<{ readonly about: string; readonly pages: readonly JournalPage[] }>({ about, pages: [] })
  const pages = older.about === about ? older.pages : []
  const last = pages.at(-1) ?? first
  const lines = [...(first?.lines ?? []), ...pages.flatMap((page) => page.lines)]
  const showOlder = () => {
    const after = last?.next ?? null
    if (after === null) return
    void store.ask((core) => core.money.journal({ query, after })).then((page) => {
      if (page !== null) setOlder({ about, pages: [...pages, page] })
    })
  }
  return (
    <Dialog title={words.say('journal.title')} width="wide" onClose={onClose}>
      <JournalFilter groups={JournalGroup.options} query={query} onQuery={setQuery}>
        <Button
          icon={Sheet}
          isDisabled={lines.length === 0}
          onPress={() => void store.ask((core) => core.money.journalCsv({ query })).then(saveText)}
        >
          {words.say('shift.csv')}
        </Button>
      </JournalFilter>
      <div className="journal" aria-busy={first === null}>
        {first !== null && lines.length === 0 ? <p className="journal__none">{words.say('journal.none')}</p> : null}
        <ul className="rows">
          {lines.map((line) => (
            <JournalRow key={line.id} line={line} openPanel={openPanel} />
          ))}
        </ul>
        {last?.next ? (
          <p className="journal__more-lines">
            <Button onPress={showOlder}>{words.say('journal.older')}</Button>
          </p>
        ) : null}
        {mayTakeBack && query.group === 'sale' && query.staffId === null ? <PurchasesElsewhere query={query} onBegun={onClose} /> : null}
      </div>
    </Dialog>
  )
}

function JournalRow({ line, openPanel }: { line: JournalLine; openPanel: OpenPanel }) {
  const words = useWords()
  const { currency } = useDesk().store
  const { documentId } = line
  const params = { number: line.number, float: line.amount_cents === null ? '' : words.money(line.amount_cents, currency) }
  const title = line.of === 'paper' ? words.sayCode(`paper-kind.${line.kind}`) : words.sayCode(`event.${line.kind}`, params)
  const content = (
    <>
      {documentId === null ? <Zap size={20} aria-hidden /> : <ReceiptText size={20} aria-hidden />}
      <span className="row-button__main">
        <span>
          {title} {line.of === 'paper' ? <bdi>{line.number}</bdi> : null}
        </span>
        <span className="muted journal__more">
          {words.instant(line.at)}
          {line.who === null ? null : (
            <>
              {' · '}
              <bdi>{line.who}</bdi>
            </>
          )}
          {line.summary === '' ? null : (
            <>
              {' · '}
              <bdi>{line.summary}</bdi>
            </>
          )}
        </span>
      </span>
      {line.amount_cents === null ? null : <span className="amount">{words.money(line.amount_cents, currency)}</span>}
    </>
  )
  return (
    <li>
      {documentId === null ? (
        <p className="row-button journal__event">{content}</p>
      ) : (
        <button type="button" className="row-button" onClick={() => openPanel({ name: 'paper', documentId })}>
          {content}
        </button>
      )}
    </li>
  )
}
