import { ArrowDownToLine, ArrowUpFromLine, FileText, Gift, Inbox, ScrollText, Sheet, Vault } from 'lucide-react'
import { useState } from 'react'
import type { Cents } from '../../contract/money.ts'
import type { ShiftView } from '../../contract/shift-view.ts'
import { useDesk, useDeskStore, useMay } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'
import { ShiftDifference, ShowReport } from '../parts/shift-difference.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { saveText } from './devices/save-text.ts'
import { CloseShift } from './shift/close-shift.tsx'
import { CountDrawer, type DrawerCount } from './shift/count-drawer.tsx'
import { MoveCash, type CashAct } from './shift/move-cash.tsx'
import { ReportTable } from './shift/report-table.tsx'

interface ShiftPanelProps {
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** The money of the shift: open it, move cash, look at the sums, close it blind. */
export function ShiftPanel({ openPanel, onClose }: ShiftPanelProps) {
  const words = useWords()
  const { shift } = useDesk()
  const [at, setAt] = useState<'look' | 'close' | 'closed' | CashAct>('look')
  if (shift.at === 'closed') {
    if (at === 'closed' && shift.last !== null) return <ShiftEnd last={shift.last} openPanel={openPanel} onClose={onClose} />
    return <OpenShift last={shift.last} onClose={onClose} />
  }
  switch (at) {
    case 'look':
    case 'closed':
      return <LookAtShift shift={shift} openPanel={openPanel} onGo={setAt} onClose={onClose} />
    case 'close':
      return (
        <Dialog title={words.say('shift.close-title')} width="wide" onClose={onClose}>
          <CloseShift shift={shift} onDone={() => setAt('closed')} />
        </Dialog>
      )
    default:
      return (
        <Dialog title={words.say(at === 'voucher' ? 'shift.give-voucher' : `cash-move.${at}`)} width="wide" onClose={() => setAt('look')}>
          <MoveCash act={at} onDone={onClose} />
        </Dialog>
      )
  }
}

function OpenShift({ last, onClose }: { last: LastShift | null; onClose: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const { currency } = useDesk().store
  const [count, setCount] = useState<DrawerCount>({ amount_cents: 0 as Cents, counts: {} })
  const open = () => {
    const { amount_cents, counts } = count
    if (amount_cents === null) return
    void store
      .act((core) => core.shift.act({ action: { do: 'open', float_cents: amount_cents, ...(counts === undefined ? {} : { counts }) } }))
      .then((done) => {
        if (done) onClose()
      })
  }
  return (
    <Dialog title={words.say('shift.open-title')} width="wide" onClose={onClose}>
      <div className="shift shift--close">
        <CountDrawer label={words.say('shift.float')} currency={currency} onCount={setCount} />
        <div className="stack">
          <p className="prose">{words.say('shift.float')}</p>
          <p className="muted">
            {last === null ? words.say('shift.never') : words.say('shift.last-closed', { time: words.instant(last.closedAt) })}
          </p>
          <RefusalLine />
          <Button tone="primary" size="large" hotkey={KEYS.finish} isDisabled={count.amount_cents === null} onPress={open}>
            {words.say('shift.open-do')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

type LastShift = NonNullable<Extract<ShiftView, { at: 'closed' }>['last']>

/** What the count made: after it nobody can be led by it any more. */
function ShiftEnd({ last, openPanel, onClose }: { last: LastShift; openPanel: OpenPanel; onClose: () => void }) {
  const words = useWords()
  return (
    <Dialog title={words.say('shift.closed-title')} width="medium" onClose={onClose}>
      <div className="stack">
        <ShiftDifference difference_cents={last.difference_cents} currency={last.currency} size="hero" />
        <p className="totals__row">
          <span>{words.say('shift.expected')}</span>
          <strong className="amount">{words.money(last.expected_cents, last.currency)}</strong>
        </p>
        <p className="totals__row">
          <span>{words.say('shift.counted')}</span>
          <strong className="amount">{words.money(last.counted_cents, last.currency)}</strong>
        </p>
        {last.reason === null ? null : <p className="muted">{words.say('receipt.reason', { reason: last.reason })}</p>}
        <footer className="dialog__feet">
          {last.documentId === null ? null : <ShowReport documentId={last.documentId} openPanel={openPanel} />}
          <Button tone="primary" hotkey={KEYS.confirm} onPress={onClose}>
            {words.say('app.close')}
          </Button>
        </footer>
      </div>
    </Dialog>
  )
}

interface LookProps extends ShiftPanelProps {
  readonly shift: Extract<ShiftView, { at: 'open' }>
  readonly onGo: (to: 'close' | CashAct) => void
}

const ACTS = [
  { act: 'paid-in', icon: ArrowDownToLine },
  { act: 'paid-out', icon: ArrowUpFromLine },
  { act: 'drop', icon: Vault },
  { act: 'no-sale', icon: Inbox },
] as const

function LookAtShift({ shift, openPanel, onGo, onClose }: LookProps) {
  const words = useWords()
  const store = useDeskStore()
  const seesSums = useMay('see-sums')
  const printX = () => {
    void store.ask((core) => core.shift.printX()).then((made) => {
      if (made !== null) openPanel({ name: 'paper', documentId: made.documentId })
    })
  }
  const saveCsv = () => {
    void store.ask((core) => core.shift.csv({ shiftId: null })).then(saveText)
  }
  return (
    <Dialog title={words.say('shift.title')} width="wide" onClose={onClose}>
      <div className="shift">
        <section className="stack">
          <p className="muted">{words.say('shift.opened', { time: words.instant(shift.openedAt), name: shift.openedBy })}</p>
          {shift.isFull ? (
            <p className="shift__open tone tone--attention" role="status">
              <ToneSign tone="attention" />
              {words.say('shift.drawer-full')}
            </p>
          ) : null}
          {seesSums ? <Sums shiftId={shift.shiftId} /> : <Blind shift={shift} />}
        </section>
        <section className="shift__acts">
          {ACTS.map(({ act, icon }, place) => (
            <Button key={act} icon={icon} hotkey={KEYS.moneyActs[place] ?? ''} onPress={() => onGo(act)}>
              {words.say(`cash-move.${act}`)}
            </Button>
          ))}
          <Button icon={Gift} hotkey={KEYS.moneyActs[4]} onPress={() => onGo('voucher')}>
            {words.say('shift.give-voucher')}
          </Button>
          {seesSums ? (
            <>
              <Button icon={FileText} hotkey={KEYS.xReport} onPress={printX}>
                {words.say('receipt.x-title')}
              </Button>
              <Button icon={Sheet} onPress={saveCsv}>
                {words.say('shift.csv')}
              </Button>
            </>
          ) : null}
          <Button icon={ScrollText} hotkey={KEYS.journal} onPress={() => openPanel({ name: 'journal' })}>
            {words.say('journal.title')}
          </Button>
          <Button tone="primary" size="large" hotkey={KEYS.finish} onPress={() => onGo('close')}>
            {words.say('shift.close-title')}
          </Button>
        </section>
      </div>
    </Dialog>
  )
}

function Blind({ shift }: { shift: Extract<ShiftView, { at: 'open' }> }) {
  const { say } = useWords()
  return (
    <>
      <p>
        {say('shift.sales', { count: shift.sales })} · {say('shift.returns', { count: shift.returns })}
      </p>
      <p className="prose">{say('shift.blind')}</p>
    </>
  )
}

/** Only for whoever may see sums: a count is worth something while the person who counts does not know what it should be. */
function Sums({ shiftId }: { shiftId: string }) {
  const { revision } = useDesk()
  const report = useAnswer((core) => core.shift.report({ shiftId }), `${shiftId} ${revision}`)
  return report === null ? null : <ReportTable report={report} />
}
