import { ArrowLeftRight, BadgeEuro, ReceiptText, RotateCcw, ScanSearch, ShoppingBag } from 'lucide-react'
import type { ParkedSale } from '../../contract/sale-view.ts'
import { useDesk, useDeskStore, useMay } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { ChangesCard } from '../parts/changes-card.tsx'
import { FiguresCard } from '../parts/figures-card.tsx'
import { useWords } from '../words/words-context.tsx'
import { ShiftDifference, ShowReport } from '../parts/shift-difference.tsx'
import type { OpenPanel } from './panel-name.ts'
import { WaitingWork } from './waiting-work.tsx'

const LAST_PAPERS_SHOWN = 6

/** The empty state that says what to do. */
export function HomeScreen({ openPanel }: { openPanel: OpenPanel }) {
  const { say } = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const go = (to: 'sale' | 'return' | 'check' | 'exchange' | 'trade-in') => void store.act((core) => core.desk.go({ to, unitId: null }))
  const maySell = useMay('sell')
  const mayTakeBack = useMay('take-back')
  const sells = desk.seat === 'counter' && maySell
  return (
    <div className="home">
      <section className="home__hero">
        <ScanPicture />
        <h1 className="home__title">{say('home.title')}</h1>
        <p className="home__hint">{say(sells ? 'home.hint' : 'home.hint-service')}</p>
        <div className="home__acts">
          {sells ? (
            <Button tone="primary" size="huge" icon={ShoppingBag} hotkey={KEYS.sale} onPress={() => go('sale')}>
              {say('home.sale')}
            </Button>
          ) : null}
          {mayTakeBack ? (
            <Button size="huge" icon={RotateCcw} hotkey={KEYS.returns} onPress={() => go('return')}>
              {say('home.return')}
            </Button>
          ) : null}
          <Button size="huge" icon={ScanSearch} hotkey={KEYS.check} onPress={() => go('check')}>
            {say('home.check')}
          </Button>
        </div>
        {mayTakeBack ? (
          <div className="home__more">
            <Button size="large" icon={ArrowLeftRight} onPress={() => go('exchange')}>
              {say('home.exchange')}
            </Button>
            <Button size="large" icon={BadgeEuro} onPress={() => go('trade-in')}>
              {say('home.trade-in')}
            </Button>
          </div>
        ) : null}
      </section>
      <aside className="home__side">
        <ChangesCard />
        {sells ? <ShiftCard openPanel={openPanel} /> : null}
        {!sells || desk.parked.length === 0 ? null : (
          <section className="card stack">
            <p role="status">{say('notice.parked', { name: latestParked(desk.parked) })}</p>
            <Button hotkey={KEYS.parked} onPress={() => openPanel({ name: 'parked' })}>
              {say('home.parked', { count: desk.parked.length })}
            </Button>
          </section>
        )}
        {sells ? <FiguresCard openPanel={openPanel} /> : null}
        {mayTakeBack ? <WaitingWork openPanel={openPanel} /> : null}
        <LastPapers openPanel={openPanel} />
      </aside>
    </div>
  )
}

/** The one that was parked last: whoever has just parked it sees that it is safe, and under which name. */
function latestParked(parked: readonly ParkedSale[]): string {
  const latest = [...parked].sort((a, b) => (a.parkedAt < b.parkedAt ? 1 : -1))[0]
  return latest?.name ?? ''
}

/** What a person has to know of the shift before the first sale; nothing while all is as it should be. */
function ShiftCard({ openPanel }: { openPanel: OpenPanel }) {
  const words = useWords()
  const { shift } = useDesk()
  if (shift.at === 'open') {
    if (shift.float_cents !== 0) return null
    return (
      <section className="card tone tone--info">
        <p className="prose">{words.say('home.empty-drawer', { time: words.time(shift.openedAt) })}</p>
        <Button onPress={() => openPanel({ name: 'shift' })}>{words.say('home.see-shift')}</Button>
      </section>
    )
  }
  const { last } = shift
  return (
    <section className="card tone tone--attention">
      <h2 className="card__title">{words.say('home.shift-closed')}</h2>
      {last === null ? null : (
        <>
          <p className="prose">{words.say('shift.last-closed', { time: words.instant(last.closedAt) })}</p>
          <ShiftDifference difference_cents={last.difference_cents} currency={last.currency} />
        </>
      )}
      <p className="prose">{words.say('home.shift-open-it')}</p>
      <Button onPress={() => openPanel({ name: 'shift' })}>{words.say('shift.open-do')}</Button>
      {last === null || last.documentId === null ? null : <ShowReport documentId={last.documentId} openPanel={openPanel} />}
    </section>
  )
}

function LastPapers({ openPanel }: { openPanel: OpenPanel }) {
  const words = useWords()
  const { revision, store } = useDesk()
  const papers = useAnswer((core) => core.papers.find({ text: '' }), revision)
  return (
    <section className="card">
      <h2 className="card__title">{words.say('home.last-papers')}</h2>
      {papers === null || papers.length === 0 ? (
        <p className="muted">{words.say('home.no-papers')}</p>
      ) : (
        <ul className="rows">
          {papers.slice(0, LAST_PAPERS_SHOWN).map((paper) => (
            <li key={paper.documentId}>
              <button
                type="button"
                className="row-button"
                onClick={() => openPanel({ name: 'paper', documentId: paper.documentId })}
              >
                <ReceiptText size={20} aria-hidden />
                <span className="row-button__main">
                  <span>{words.sayCode(`paper-kind.${paper.kind}`)}</span>
                  <span className="muted">
                    <bdi>{paper.number}</bdi> · {words.time(paper.at)}
                  </span>
                </span>
                <span className="amount">{words.money(paper.total_cents, store.currency)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A barcode under a beam: what a first-time cashier has to do, without a word. */
function ScanPicture() {
  return (
    <svg className="scan-picture" viewBox="0 0 160 96" aria-hidden focusable="false">
      <path className="scan-picture__label" d="M28 14h104a6 6 0 0 1 6 6v56a6 6 0 0 1-6 6H28a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6z" />
      <path
        className="scan-picture__bars"
        d="M38 26h4v34h-4zM46 26h2v34h-2zM52 26h6v34h-6zM62 26h2v34h-2zM68 26h3v34h-3zM76 26h6v34h-6zM86 26h2v34h-2zM92 26h3v34h-3zM99 26h2v34h-2zM105 26h6v34h-6zM115 26h2v34h-2zM121 26h3v34h-3z"
      />
      <path className="scan-picture__digits" d="M44 71h18M71 71h18M98 71h18" />
      <path className="scan-picture__beam" d="M8 45h144" />
    </svg>
  )
}
