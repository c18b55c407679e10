import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { Cents } from '../../contract/money.ts'
import type { ShiftAction, ShiftView } from '../../contract/shift-view.ts'
import { useDesk, useDeskState, useDeskStore, useMay } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { AmountField, amountOf } from '../parts/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ShiftDifference, ShowReport } from '../parts/shift-difference.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'

interface ShiftPanelProps {
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

/** Opens a shift with the cash in the drawer, or closes it with the cash that was counted and says what that makes. */
export function ShiftPanel({ openPanel, onClose }: ShiftPanelProps) {
  const words = useWords()
  const desk = useDesk()
  const { shift } = desk
  const [closedHere, setClosedHere] = useState(false)
  if (shift.at === 'open') {
    return (
      <Dialog title={words.say('shift.close-title')} width="wide" onClose={onClose}>
        <div className="shift">
          <ShiftSums shift={shift} />
          <div className="stack">
            <OpenSales />
            <CountForm
              label={words.say('shift.counted')}
              doLabel={words.say('shift.close-do')}
              currency={shift.currency}
              action={(amount_cents) => ({ do: 'close', counted_cents: amount_cents })}
              onDone={() => setClosedHere(true)}
            />
          </div>
        </div>
      </Dialog>
    )
  }
  if (closedHere && shift.last !== null) return <ShiftEnd last={shift.last} openPanel={openPanel} onClose={onClose} />
  return (
    <Dialog title={words.say('shift.open-title')} width="narrow" onClose={onClose}>
      <p className="muted">
        {shift.last === null
          ? words.say('shift.never')
          : words.say('shift.last-closed', { time: words.instant(shift.last.closedAt) })}
      </p>
      <CountForm
        label={words.say('shift.float')}
        doLabel={words.say('shift.open-do')}
        currency={desk.store.currency}
        action={(amount_cents) => ({ do: 'open', float_cents: amount_cents })}
        onDone={onClose}
      />
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
        <Sum name={words.say('shift.expected')}>{words.money(last.expected_cents, last.currency)}</Sum>
        <Sum name={words.say('shift.counted')}>{words.money(last.counted_cents, last.currency)}</Sum>
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

/** A sale in hand or parked belongs to no shift until it is paid: whoever closes should know of it. */
function OpenSales() {
  const { say } = useWords()
  const { front, parked } = useDesk()
  const inHand = front.screen === 'sale' && front.sale.at !== 'paid' && front.sale.lines.length > 0
  if (!inHand && parked.length === 0) return null
  return (
    <p className="shift__open tone tone--attention" role="status">
      <ToneSign tone="attention" />
      <span>
        {inHand ? say('shift.sale-open') : null} {parked.length === 0 ? null : say('shift.sales-parked', { count: parked.length })}
      </span>
    </p>
  )
}

function ShiftSums({ shift }: { shift: Extract<ShiftView, { at: 'open' }> }) {
  const words = useWords()
  const seesSums = useMay('settings')
  return (
    <section className="stack">
      <p className="muted">
        {words.say('shift.opened', { time: words.instant(shift.openedAt), name: shift.openedBy })}
      </p>
      <p>
        {words.say('shift.sales', { count: shift.sales })} · {words.say('shift.returns', { count: shift.returns })}
      </p>
      {seesSums ? <Takings shift={shift} /> : <p className="prose">{words.say('shift.blind')}</p>}
    </section>
  )
}

/**
 * Means, float and what should be in the drawer. Only for who may change the settings: a count is worth something
 * while the person who counts does not know what it should be.
 */
function Takings({ shift }: { shift: Extract<ShiftView, { at: 'open' }> }) {
  const words = useWords()
  const money = (amount_cents: number) => words.money(amount_cents, shift.currency)
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.say('shift.means')}</th>
            <th scope="col">{words.say('shift.taken')}</th>
            <th scope="col">{words.say('shift.given-back')}</th>
          </tr>
        </thead>
        <tbody>
          {shift.tenders.map((tender) => (
            <tr key={tender.kind}>
              <th scope="row" className="sentence">
                {words.say(`tender.${tender.kind}`)}
              </th>
              <td className="amount">{money(tender.in_cents)}</td>
              <td className="amount">{money(tender.out_cents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Sum name={words.say('shift.float-was')}>{money(shift.float_cents)}</Sum>
      <Sum name={words.say('shift.expected')}>{money(shift.expectedCash_cents)}</Sum>
    </>
  )
}

function Sum({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="totals__row">
      <span>{name}</span>
      <strong className="amount">{children}</strong>
    </p>
  )
}

interface CountFormProps {
  readonly label: string
  readonly doLabel: string
  readonly currency: string
  readonly action: (amount_cents: Cents) => ShiftAction
  readonly onDone: () => void
}

function CountForm({ label, doLabel, currency, action, onDone }: CountFormProps) {
  const words = useWords()
  const store = useDeskStore()
  const { refusal } = useDeskState()
  const [text, setText] = useState('')
  const counted = amountOf(text, currency)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (counted === null) return
    void store.act((core) => core.shift.act({ action: action(counted) })).then((done) => {
      if (done) onDone()
    })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <AmountField label={label} currency={currency} text={text} onText={setText} autoFocus />
      {refusal === null ? null : (
        <p className="sign-in__refusal tone tone--stop" role="alert">
          <ToneSign tone="stop" />
          {words.refusal(refusal.code, refusal.params)}
        </p>
      )}
      <Button tone="primary" size="large" hotkey={KEYS.confirm} isDisabled={counted === null} onPress={() => submit()}>
        {doLabel}
      </Button>
    </form>
  )
}
