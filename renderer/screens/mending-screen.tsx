import { ArchiveRestore, FileDown, Play, RotateCcw, Store } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MendingView, MendReport, MendWay, Reach } from '../../contract/mending-view.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { saveFile } from '../panels/save-file.ts'
import { Button } from '../parts/button.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords, type SpokenWords } from '../words/words-context.tsx'

const ICONS = { save: ArchiveRestore, copy: RotateCcw, empty: Store } as const
const DO = { save: 'mending.save', copy: 'mending.go-back', empty: 'mending.empty' } as const
const TEXT = { save: 'mending.save-text', copy: 'mending.go-back-text', empty: 'mending.empty-text' } as const

/** The precious file is damaged: what happened, what can be had, and the ways to go on. There is no shop behind this. */
export function MendingScreen() {
  const { language } = useWords()
  const store = useDeskStore()
  const [view, setView] = useState<MendingView | null>(null)
  const [report, setReport] = useState<MendReport | null>(null)
  const [isWorking, setWorking] = useState(false)
  useEffect(() => {
    void store.ask((core) => core.mending.look()).then(setView)
  }, [store])
  const mend = (way: MendWay): void => {
    setWorking(true)
    void store.ask((core) => core.mending.mend({ way })).then((done) => {
      setReport(done)
      setWorking(false)
    })
  }
  return (
    <main className="mending" id="main" lang={language} dir={LANGUAGES[language].direction}>
      {report !== null ? <Mended report={report} /> : view === null ? null : <Damaged view={view} isWorking={isWorking} onMend={mend} />}
    </main>
  )
}

function Damaged({ view, isWorking, onMend }: { view: MendingView; isWorking: boolean; onMend: (way: MendWay) => void }) {
  const words = useWords()
  const { refusal } = useDeskState()
  if (view.ways.length === 0) return <h1 className="mending__title">{words.say('mending.kiosk')}</h1>
  const isRefused = refusal !== null && refusal.code !== 'file-damaged'
  return (
    <>
      <h1 className="mending__title tone tone--stop">
        <ToneSign tone="stop" />
        {words.say('mending.title')}
      </h1>
      <p>{words.say('mending.text')}</p>
      <div className="card mending__facts">
        <p>{readable(words, view)}</p>
        {view.copy === null ? null : <p>{words.say('mending.copy-read', { ...said(words, view.copy), day: words.date(view.copy.day) })}</p>}
        {view.centre === null ? null : <p>{words.say('mending.centre', { url: view.centre })}</p>}
        {view.detail === '' ? null : <p className="muted mending__detail" dir="ltr">{view.detail}</p>}
      </div>
      {isRefused ? (
        <p className="sign-in__refusal tone tone--stop" role="alert">
          <ToneSign tone="stop" />
          {words.refusal(refusal.code, refusal.params)}
        </p>
      ) : null}
      <ul className="mending__ways">
        {view.ways.map((way, index) => (
          <li key={way} className="card">
            <p>{words.say(TEXT[way])}</p>
            <Button tone={index === 0 ? 'primary' : 'plain'} size="large" icon={ICONS[way]} isDisabled={isWorking} onPress={() => onMend(way)}>
              {words.say(DO[way])}
            </Button>
          </li>
        ))}
      </ul>
      {isWorking ? <p role="status">{words.say('mending.working')}</p> : null}
      <Button tone="quiet" icon={FileDown} onPress={() => saveFile('countermark-support.json', base64Of(view.support), 'application/json')}>
        {words.say('mending.support')}
      </Button>
    </>
  )
}

function Mended({ report }: { report: MendReport }) {
  const words = useWords()
  const { kept, letters } = report
  const isWhole = report.eventsLost === 0 && report.notWhole.length === 0 && letters === null && report.way === 'save'
  return (
    <>
      <h1 className="mending__title">{words.say('mending.done')}</h1>
      <div className="card mending__facts" role="status">
        <p>{kept.lastAt === null ? words.say('mending.kept-none') : words.say('mending.kept', said(words, kept))}</p>
        {isWhole ? <p>{words.say('mending.nothing-lost')}</p> : null}
        {report.eventsFromCentre === 0 ? null : <p>{words.say('mending.from-centre', { count: report.eventsFromCentre })}</p>}
        {report.eventsAgain === 0 ? null : <p>{words.say('mending.again', { count: report.eventsAgain })}</p>}
        {report.eventsLost === 0 ? null : <p className="tone tone--stop"><ToneSign tone="stop" />{words.say('mending.lost', { count: report.eventsLost })}</p>}
        {report.notWhole.length === 0 ? null : <p>{words.say('mending.not-whole', { names: report.notWhole.join(', ') })}</p>}
        {letters === null ? null : <p>{words.say('mending.letters', { before: letters.before, now: letters.now })}</p>}
        <p className="muted">{words.say('mending.aside', { name: report.aside })}</p>
      </div>
      <Button tone="primary" size="large" icon={Play} onPress={() => window.location.reload()}>
        {words.say('mending.go-on')}
      </Button>
    </>
  )
}

function readable(words: SpokenWords, { what, damaged }: MendingView): string {
  if (what === 'emptied') return words.say('mending.emptied')
  if (damaged === null) return words.say('mending.unread')
  return damaged.lastAt === null ? words.say('mending.read-none') : words.say('mending.read', said(words, damaged))
}

const said = (words: SpokenWords, { receipts, lastReceipt, lastAt }: Reach) =>
  ({ count: receipts, number: lastReceipt ?? '', at: lastAt === null ? '' : words.instant(lastAt) })

const base64Of = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
