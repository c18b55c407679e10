import {
  FileText, FlaskConical, House, Pause, RotateCcw, ScanSearch, ShoppingBag, TriangleAlert, Unplug,
} from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useDesk, useDeskState, useDeskStore, useMay } from '../desk/desk-context.ts'
import { setWedgeHint, useWedgeHint } from '../desk/wedge-hint.ts'
import { KEYS } from '../keys/keymap.ts'
import { HandOverStrip } from '../kiosk/hand-over-strip.tsx'
import { LessonsPanel } from '../panels/help/lessons-panel.tsx'
import { useLessonProgress } from '../panels/help/lesson-progress.ts'
import { DemoPanel } from '../panels/demo-panel.tsx'
import { RemoveDemo } from '../panels/remove-demo.tsx'
import { Button } from '../parts/button.tsx'
import { HeldClockStrip } from '../parts/held-clock.tsx'
import { Mark } from '../parts/mark.tsx'
import { NoticeStrip } from '../parts/notice-strip.tsx'
import { ScanField } from '../parts/scan-field.tsx'
import { useHotkey } from '../keys/hotkeys.tsx'
import { untilNoScan } from '../keys/until-no-scan.ts'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'
import { useCommands } from './commands.ts'
import type { OpenPanel } from './panel-name.ts'
import { StatusCluster } from './status-cluster.tsx'
import { WindowMenu } from './window-menu.tsx'

interface StaffFrameProps {
  readonly children: ReactNode
  /** What can be done now, while nothing has happened; null leaves no room for it. */
  readonly hint: ReactNode
  readonly openPanel: OpenPanel
  readonly onSwitch: () => void
}

/** What stands around every staff screen: ways to go, the one input, what just happened, how the till is. */
export function StaffFrame({ children, hint, openPanel, onSwitch }: StaffFrameProps) {
  const { say } = useWords()
  const desk = useDesk()
  const { link, busy } = useDeskState()
  const [showsDemo, setShowsDemo] = useState(false)
  const [removesDemo, setRemovesDemo] = useState(false)
  // While money is on the table the function keys are amounts, and the amount is what is typed.
  const paying = desk.front.screen === 'sale' && (desk.front.sale.at === 'tendering' || desk.front.sale.at === 'asking-terminal')
  const commands = useCommands(openPanel)
  const { shown: showsLessons } = useLessonProgress()
  // A scanner may begin a code with this sign too: a burst is no question.
  useHotkey(KEYS.help, () => untilNoScan(() => openPanel({ name: 'keys' })))
  return (
    <div className="frame" data-demo={desk.demo} data-busy={busy}>
      <a className="skip" href="#scan">
        {say('app.skip-to-scan')}
      </a>
      {desk.demo ? <p className="demo-ribbon">{say('app.demo-long')}</p> : null}
      <Rail openPanel={openPanel} isAsleep={paying} showsDemo={showsDemo} onDemo={() => setShowsDemo(!showsDemo)} />
      <header className="top">
        <ScanField isHome={!paying} openPanel={openPanel} commands={commands} />
        <StatusCluster openPanel={openPanel} />
        <WindowMenu openPanel={openPanel} onSwitch={onSwitch} onRemoveDemo={() => setRemovesDemo(true)} />
      </header>
      <main className="stage" id="main">
        {link === 'up' ? null : (
          <p className="alarm tone tone--attention" role="alert">
            <Unplug size={22} aria-hidden />
            <strong>{say('app.one-moment')}</strong> {say('app.reconnecting')}
          </p>
        )}
        <Alarm />
        <HeldClockStrip />
        <PolicyRemark />
        <HandOverStrip />
        <KeyboardHint />
        <NoticeStrip hint={hint} onReceipt={(documentId) => openPanel({ name: 'paper', documentId })} />
        <div className="stage__screen">{children}</div>
      </main>
      {desk.demo && showsLessons && !showsDemo ? <LessonsPanel /> : null}
      {showsDemo ? <DemoPanel onClose={() => setShowsDemo(false)} /> : null}
      {removesDemo ? <RemoveDemo onClose={() => setRemovesDemo(false)} /> : null}
    </div>
  )
}

/** A remark about the till itself stays until it is no longer true. */
function Alarm() {
  const { sayCode } = useWords()
  const { alarm } = useDesk()
  if (alarm === null) return null
  const tone = alarm.tone === 'stop' ? 'stop' : 'attention'
  return (
    <p className={`alarm tone tone--${tone}`} role="alert">
      <ToneSign tone={tone} size={22} />
      {sayCode(`notice.${alarm.code}`, alarm.params)}
    </p>
  )
}

/** Rules that could not be read, or that stop nothing yet: everybody at the till has to know. */
function PolicyRemark() {
  const { say } = useWords()
  const { policy } = useDesk()
  const text =
    policy.broken !== null
      ? say(policy.from === 'cautious' ? 'policy.broken-cautious' : 'policy.broken', { version: policy.broken.version, good: policy.version })
      : policy.shadow
        ? say('policy.in-shadow')
        : null
  return text === null ? null : (
    <p className="alarm tone tone--attention" role="status">
      <ToneSign tone="attention" size={22} />
      {text}
    </p>
  )
}

/** Something about the keyboard that makes scans doubtful. */
function KeyboardHint() {
  const { say } = useWords()
  const hint = useWedgeHint()
  if (hint === null) return null
  return (
    <div className="alarm tone tone--attention" role="status">
      <ToneSign tone="attention" size={22} />
      {say(`hint.${hint}`)}
      <Button tone="quiet" onPress={() => setWedgeHint(null)}>
        {say('app.dismiss')}
      </Button>
    </div>
  )
}

interface RailProps {
  readonly openPanel: OpenPanel
  readonly isAsleep: boolean
  readonly showsDemo: boolean
  readonly onDemo: () => void
}

function Rail({ openPanel, isAsleep, showsDemo, onDemo }: RailProps) {
  const { say } = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const go = (to: 'home' | 'sale' | 'return' | 'check') =>
    void store.act((core) => core.desk.go({ to, unitId: null }))
  const key = (name: string) => (isAsleep ? {} : { hotkey: name })
  const maySell = useMay('sell')
  const mayTakeBack = useMay('take-back')
  const sells = desk.seat === 'counter' && maySell
  const at = desk.front.screen
  return (
    <nav className="rail" aria-label={say('go.label')}>
      <button type="button" className="rail__mark" aria-label={say('go.home')} onClick={() => go('home')}>
        <Mark size={38} />
      </button>
      <Button tone="quiet" icon={House} isCurrent={at === 'home'} onPress={() => go('home')}>
        {say('go.home')}
      </Button>
      {sells ? (
        <Button tone="quiet" icon={ShoppingBag} {...key(KEYS.sale)} isCurrent={at === 'sale'} onPress={() => go('sale')}>
          {say('go.sale')}
        </Button>
      ) : null}
      {mayTakeBack ? (
        <Button tone="quiet" icon={RotateCcw} {...key(KEYS.returns)} isCurrent={at === 'return'} onPress={() => go('return')}>
          {say('go.return')}
        </Button>
      ) : null}
      <Button tone="quiet" icon={ScanSearch} {...key(KEYS.check)} isCurrent={at === 'check'} onPress={() => go('check')}>
        {say('go.check')}
      </Button>
      <span className="rail__gap" />
      {sells ? (
        <Button tone="quiet" icon={Pause} {...key(KEYS.parked)} onPress={() => openPanel({ name: 'parked' })}>
          {say('go.parked')}
          {desk.parked.length === 0 ? null : <span className="badge">{desk.parked.length}</span>}
        </Button>
      ) : null}
      <Button tone="quiet" icon={FileText} {...key(KEYS.papers)} onPress={() => openPanel({ name: 'papers' })}>
        {say('go.papers')}
        {desk.papers.some((paper) => paper.print.state === 'unknown') ? (
          <span className="badge badge--attention">
            <TriangleAlert size={14} aria-hidden />
            <span className="visually-hidden">{say('papers.unsettled')}</span>
          </span>
        ) : null}
      </Button>
      {desk.demo ? (
        <Button tone="quiet" icon={FlaskConical} {...key(KEYS.demo)} isCurrent={showsDemo} onPress={onDemo}>
          {say('go.demo')}
        </Button>
      ) : null}
    </nav>
  )
}
