import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { Cents } from '../../contract/money.ts'
import type { ShiftAction, ShiftView } from '../../contract/shift-view.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { AmountField, amountOf } from '../parts/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'

/** Opens a shift with the cash in the drawer, and closes it with the cash that was counted. */
export function ShiftPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const desk = useDesk()
  const { shift } = desk
  return shift.at === 'closed' ? (
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
  ) : (
    <Dialog title={words.say('shift.close-title')} width="wide" onClose={onClose}>
      <div className="shift">
        <ShiftSums shift={shift} />
        <CountForm
          label={words.say('shift.counted')}
          doLabel={words.say('shift.close-do')}
          currency={shift.currency}
          action={(amount_cents) => ({ do: 'close', counted_cents: amount_cents })}
          onDone={onClose}
        />
      </div>
    </Dialog>
  )
}

function ShiftSums({ shift }: { shift: Extract<ShiftView, { at: 'open' }> }) {
  const words = useWords()
  const money = (amount_cents: number) => words.money(amount_cents, shift.currency)
  return (
    <section className="stack">
      <p className="muted">
        {words.say('shift.opened', { time: words.instant(shift.openedAt), name: shift.openedBy })}
      </p>
      <p>
        {words.say('shift.sales', { count: shift.sales })} · {words.say('shift.returns', { count: shift.returns })}
      </p>
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
    </section>
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
          {words.sayCode(`fault.${refusal.code}`, refusal.params)}
        </p>
      )}
      <Button tone="primary" size="large" hotkey={KEYS.confirm} isDisabled={counted === null} onPress={() => submit()}>
        {doLabel}
      </Button>
    </form>
  )
}
