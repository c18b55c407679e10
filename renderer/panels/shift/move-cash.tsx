import { useState } from 'react'
import type { ShiftAction } from '../../../contract/shift-view.ts'
import type { ActReasonCode } from '../../../contract/words/codes.ts'
import { useDesk, useDeskStore } from '../../desk/desk-context.ts'
import { KEYS } from '../../keys/keymap.ts'
import { AmountField, amountOf } from '../../parts/amount-field.tsx'
import { Button } from '../../parts/button.tsx'
import { ReasonChoice } from '../../parts/reason-choice.tsx'
import { useWords } from '../../words/words-context.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'

export type CashAct = 'paid-in' | 'paid-out' | 'drop' | 'no-sale' | 'voucher'

/** What is usually said; every act can be given words of its own. */
const REASONS: Readonly<Record<Exclude<CashAct, 'drop'>, readonly ActReasonCode[]>> = {
  'paid-in': ['change-needed', 'practice'],
  'paid-out': ['petty-cash', 'postage', 'practice'],
  'no-sale': ['change-needed', 'scanned-by-mistake', 'practice'],
  voucher: ['goodwill', 'practice'],
}

/** Cash in, cash out, to the safe, the drawer alone, or a voucher as goodwill: how much, and why. */
export function MoveCash({ act, onDone }: { act: CashAct; onDone: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const { currency } = useDesk().store
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const amount = act === 'no-sale' ? null : amountOf(text, currency)
  const isReady = (act === 'no-sale' || (amount !== null && amount > 0)) && (act === 'drop' || reason.trim() !== '')
  const action = (): ShiftAction | null => {
    if (act === 'no-sale') return { do: 'no-sale', reason }
    if (amount === null || act === 'voucher') return null
    return act === 'drop' ? { do: 'drop', amount_cents: amount } : { do: act, amount_cents: amount, reason }
  }
  const submit = () => {
    if (!isReady) return
    const shift = action()
    void store
      .act((core) => (shift === null ? core.money.giveVoucher({ amount_cents: amount ?? (0 as never), reason, holder: '' }) : core.shift.act({ action: shift })))
      .then((done) => {
        if (done) onDone()
      })
  }
  return (
    <form
      className="shift"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {act === 'no-sale' ? null : (
        <AmountField label={words.say('shift.amount')} currency={currency} text={text} onText={setText} autoFocus />
      )}
      <div className="stack">
        {act === 'drop' ? <p className="prose">{words.say('shift.drop-text')}</p> : <ReasonChoice codes={REASONS[act]} said={reason} onSay={setReason} />}
        <RefusalLine />
        <Button tone="primary" size="large" hotkey={KEYS.confirm} isDisabled={!isReady} onPress={submit}>
          {words.say(act === 'voucher' ? 'shift.give-voucher' : `cash-move.${act}`)}
        </Button>
      </div>
    </form>
  )
}
