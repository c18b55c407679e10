import { RotateCcw, ScanSearch, Tags, TicketPlus, Truck, UserRound, Wrench } from 'lucide-react'
import type { CheckView } from '../../contract/check-view.ts'
import type { LifeLine } from '../../contract/journal.ts'
import type { Verdict } from '../../contract/verdict.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDeskStore, useMay } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { PrintLabel } from '../panels/devices/print-label.tsx'
import { PaperButton } from '../panels/paper-button.tsx'
import { Button } from '../parts/button.tsx'
import { sourceInWords } from '../parts/evidence-words.ts'
import { Scrolled } from '../parts/scrolled.tsx'
import { SerialText, UnitDetails, UnitStrip } from '../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../parts/verdict-panel.tsx'
import { eventInWords } from '../words/event-in-words.ts'
import { useWords } from '../words/words-context.tsx'
import type { SpokenWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'
import { ScanFirst } from './scan-first.tsx'

export function CheckScreen({ flow, openPanel }: { flow: CheckView; openPanel: OpenPanel }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { flowId } = flow
  switch (flow.at) {
    case 'scan':
      return (
        <ScanFirst
          title={say('check.scan')}
          hint={say('check.scan-hint')}
          pictures={['guitar', 'laptop', 'headphones']}
          question={flow.question}
          onChoose={(choice) => void store.act((core) => core.check.act({ flowId, action: { do: 'choose', choice } }))}
          onNone={() => void store.act((core) => core.check.act({ flowId, action: { do: 'dismiss-question' } }))}
        />
      )
    case 'result':
      return <CheckResult flow={flow} openPanel={openPanel} />
    default:
      return unreachable(flow)
  }
}

function CheckResult({ flow, openPanel }: { flow: Extract<CheckView, { at: 'result' }>; openPanel: OpenPanel }) {
  const { say } = useWords()
  const store = useDeskStore()
  const mayTakeBack = useMay('take-back')
  const { flowId, unit } = flow
  const wayBack = wayBackOf(flow.verdict)
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={say('verdict.answers')}>
        <h1 className="visually-hidden">{say('check.title')}</h1>
        <VerdictHead verdict={flow.verdict} />
        {unit === null ? (
          <section className="card">
            <h2 className="unit__name">{say('check.unknown')}</h2>
            <p>
              <SerialText text={flow.text} />
            </p>
          </section>
        ) : (
          <UnitStrip unit={unit} />
        )}
        <Findings verdict={flow.verdict} />
        {unit === null ? null : <UnitDetails unit={unit} />}
      </Scrolled>
      <aside className="assess__side">
        <div className="sale__acts">
          <Button
            tone="primary"
            size="large"
            icon={ScanSearch}
            hotkey={KEYS.back}
            onPress={() => void store.act((core) => core.check.act({ flowId, action: { do: 'start-over' } }))}
          >
            {say('check.again')}
          </Button>
          {unit === null || !mayTakeBack || wayBack === null ? null : (
            <Button
              icon={wayBack === 'hand-over' ? UserRound : RotateCcw}
              onPress={() => void store.act((core) => core.desk.go({ to: 'return', unitId: unit.unitId }))}
            >
              {say(wayBack === 'hand-over' ? 'return.hand-over' : 'offer.start-return')}
            </Button>
          )}
          {unit === null ? null : (
            <Button icon={Wrench} onPress={() => openPanel({ name: 'unit-service', unitId: unit.unitId })}>
              {say('service.open')}
            </Button>
          )}
          {unit === null ? null : (
            <Button icon={Tags} onPress={() => openPanel({ name: 'marks', unitId: unit.unitId })}>
              {say('mark.open')}
            </Button>
          )}
          {unit === null || !mayTakeBack || flow.verdict?.findings.custody.reason !== 'in-stock-here' ? null : (
            <Button icon={Truck} onPress={() => openPanel({ name: 'shipments', piece: { unitId: unit.unitId, name: unit.name, serial: unit.aliases[0]?.value ?? '' } })}>
              {say('shipments.send-this')}
            </Button>
          )}
          {unit === null ? null : (
            <PaperButton source={{ paper: 'warranty', unitId: unit.unitId }} words={say('papers.warranty')} openPanel={openPanel} />
          )}
          <PaperButton
            source={{ paper: 'certificate', by: unit === null ? 'text' : 'unit', value: unit?.unitId ?? flow.text }}
            words={say('papers.certificate')}
            openPanel={openPanel}
          />
          {unit === null ? null : <PrintLabel key={unit.unitId} unitId={unit.unitId} />}
          {unit === null ? null : (
            <Button icon={TicketPlus} onPress={() => openPanel({ name: 'label', unit })}>
              {say('label.open')}
            </Button>
          )}
        </div>
        <Life entries={flow.timeline} />
      </aside>
    </div>
  )
}

/**
 * What can be done with a checked piece that a customer holds. One that is looked for is never offered to be taken
 * back as if nothing were the matter: the return flow hands it to a colleague. What was never sold has no way back.
 */
function wayBackOf(verdict: Verdict): 'take-back' | 'hand-over' | null {
  const { stolen, authenticity, purchase } = verdict.findings
  const isLookedFor = verdict.quiet || stolen.answer === 'flagged'
  if (isLookedFor || authenticity.answer === 'suspect' || authenticity.answer === 'counterfeit') return 'hand-over'
  return purchase.answer === 'ours-sold' ? 'take-back' : null
}

/** The life of the piece, the newest first, as the core ordered it. */
function Life({ entries }: { entries: readonly LifeLine[] }) {
  const words = useWords()
  return (
    <section className="card">
      <h2 className="card__title">{words.say('check.life')}</h2>
      {entries.length === 0 ? <p className="muted">{words.say('check.life-empty')}</p> : null}
      <ol className="life">
        {entries.map((entry) => (
          <li key={`${entry.at} ${entry.kind}`} className="life__entry" data-at-hub={entry.atHub}>
            <p className="life__what">{eventInWords(words, entry.kind, entry.params)}</p>
            <Told entry={entry} />
            <p className="life__when">
              {[words.instant(entry.at), entry.storeName, whoInWords(words, entry)].filter((part) => part !== null).join(' · ')}
            </p>
            {entry.atHub ? null : <p className="life__local">{words.say('check.local')}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What somebody said of it, or where it was put: without that a mark or a loss is a riddle to whoever reads it later. */
function Told({ entry: { kind, params } }: { entry: LifeLine }) {
  const { sayCode } = useWords()
  const { to, why, reason } = params
  const parts = [
    kind === 'moved' || kind === 'found' || kind === 'relabelled' ? to : undefined,
    kind === 'lost' || kind === 'retired' ? why : undefined,
    SAYS_WHY.has(kind) ? reason : undefined,
  ].flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : []))
  if (parts.length === 0) return null
  const inOwnWords = (part: string) => sayCode(`area.${part}`, {}, sayCode(`loss-why.${part}`, {}, part))
  return <p className="life__told">{parts.map(inOwnWords).join(' · ')}</p>
}

/** Events whose reason somebody wrote in own words; elsewhere a reason is a code. */
const SAYS_WHY: ReadonlySet<LifeLine['kind']> = new Set(['flagged', 'unflagged', 'lost', 'found', 'retired', 'inspected', 'routed', 'unkitted'])

/** People are called by their names; whoever marked a piece from outside of any store, by what he is. */
function whoInWords(words: SpokenWords, { who, storeName }: LifeLine): string | null {
  return who === null || storeName !== null ? who : sourceInWords(words, who)
}
