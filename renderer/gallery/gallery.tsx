import { createRoot } from 'react-dom/client'
import type { ReactNode } from 'react'
import type { DeskView } from '../../contract/desk-view.ts'
import type { Language } from '../../contract/ids.ts'
import type { Cents } from '../../contract/money.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import '../styles/all.css'
import { App } from '../app.tsx'
import { DeskContext } from '../desk/desk-context.ts'
import type { DeskState } from '../desk/desk-store.ts'
import { HotkeyLayer } from '../keys/hotkeys.tsx'
import { IdleDialog } from '../kiosk/idle-watch.tsx'
import { Speaking } from '../words/words-context.tsx'
import { setLessonProgress } from '../panels/help/lesson-progress.ts'
import { FrontPanel } from '../panels/front-panel.tsx'
import type { Panel } from '../screens/panel-name.ts'
import { stillStore } from './still-store.ts'
import { SWAPS } from './still-swaps.ts'
import { deskWith, FRONTS, kiosks, SIGN_IN, signedOut } from './still-views.ts'

/** A shift that ended with five euros less in the drawer than there should be. */
const shortByFive = {
  closedAt: '2026-03-13T19:05:00.000Z', closedBy: 'Mara Lindt', expected_cents: 83_240 as Cents, counted_cents: 82_740 as Cents,
  difference_cents: -500 as Cents, currency: 'EUR', documentId: 'd9', shiftId: 's9', reason: null,
}

/** Panels that stand over the first screen, by the state that asks for them. */
const PANELS: Readonly<Record<string, Panel>> = {
  customers: { name: 'customers' },
  customer: { name: 'customer', customerId: 'c1' },
  'customer-new': { name: 'customer', customerId: null, typed: 'Rosa Núñez' },
  template: { name: 'template' },
  mails: { name: 'mails' },
  vendors: { name: 'vendors' },
  keys: { name: 'keys' },
  figures: { name: 'figures' },
  paper: { name: 'paper', documentId: 'd1' },
}

/** States that stand over the first screen, or in its place. */
const AT_HOME = new Set(['lessons', 'search', 'mending'])

/** What was refused in a state that nothing else tells of. */
const REFUSALS: Readonly<Record<string, DeskState['refusal']>> = {
  'sign-in-wrong': { id: 1, code: 'locked-out', params: { until: '2026-03-14T10:45:30.000Z' } },
  mending: { id: 1, code: 'file-damaged', params: {} },
}

/**
 * Every screen as it stands in one state, chosen by the address: `?state=sale-open&language=de&look=dark`. Not part
 * of the product; it is for looking at and for the tests of screens.
 */
const asked = new URLSearchParams(window.location.search)
const language = languageOf(asked.get('language'))
const look = asked.get('look')
if (look !== null) document.documentElement.dataset['look'] = look
const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place to draw in')
createRoot(place).render(still(asked.get('state') ?? 'home'))

function languageOf(text: string | null): Language {
  return text !== null && text in LANGUAGES ? (text as Language) : 'en'
}

function still(state: string): ReactNode {
  if (state === 'waiting') {
    return (
      <DeskContext value={stillStore(null, 'connecting')}>
        <App />
      </DeskContext>
    )
  }
  const panel = PANELS[state]
  setLessonProgress(state === 'lessons' ? { shown: true, lesson: 'sell', step: 1 } : { shown: false })
  const view = viewOf(panel === undefined && !AT_HOME.has(state) ? state : 'home')
  const link = state === 'connection-lost' ? 'lost' : 'up'
  const refusal = REFUSALS[state] ?? null
  return (
    <DeskContext value={stillStore(view, link, refusal)}>
      <App />
      {panel === undefined ? null : (
        <Speaking language={language}>
          <HotkeyLayer>
            <FrontPanel panel={panel} openPanel={() => {}} onClose={() => {}} />
          </HotkeyLayer>
        </Speaking>
      )}
      {state === 'kiosk-idle' ? (
        <Speaking language={language}>
          <HotkeyLayer>
            <IdleDialog left_s={12} onMore={() => {}} onStop={() => {}} />
          </HotkeyLayer>
        </Speaking>
      ) : null}
    </DeskContext>
  )
}

function viewOf(state: string): DeskView {
  const fronts: Readonly<Record<string, DeskView['front']>> = { ...FRONTS, ...SWAPS, ...kiosks(language) }
  if (state.startsWith(SIGN_IN)) return deskWith(FRONTS.home, language, signedOut())
  if (state === 'shift-closed') {
    return { ...deskWith(FRONTS.home, language), shift: { at: 'closed', last: shortByFive }, parked: [] }
  }
  if (state === 'alarm' || state === 'connection-lost') {
    const alarm = { id: 'a1', tone: 'stop' as const, code: 'disk-full', params: {}, offer: null }
    return { ...deskWith(FRONTS['sale-open'], language), alarm: state === 'alarm' ? alarm : null }
  }
  if (state === 'kiosk-idle') return deskWith(kiosks(language)['kiosk-questions'], language)
  const front = fronts[state]
  if (front === undefined) throw new Error(`no such state: ${state}`)
  return deskWith(front, language)
}
