import { Tag, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Cents } from '../../contract/money.ts'
import type { Off, SaleAction, SaleLine, SaleView } from '../../contract/sale-view.ts'
import type { ActReasonCode } from '../../contract/words/codes.ts'
import { readAmount } from '../amount-text.ts'
import { KEYS } from '../keys/keymap.ts'
import { AmountField, amountOf } from '../parts/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ReasonChoice } from '../parts/reason-choice.tsx'
import { useWords } from '../words/words-context.tsx'

type What = 'line' | 'cart'
type How = 'percent' | 'amount' | 'new'

const REASONS: readonly ActReasonCode[] = ['price-on-shelf', 'price-elsewhere', 'damaged-packaging', 'goodwill', 'staff-price']
const PERCENT_DIGITS = 2
const FULL_BP = 10_000

interface PriceDialogProps {
  readonly sale: Extract<SaleView, { at: 'open' }>
  /** The line the keys act on. */
  readonly line: SaleLine | undefined
  readonly onAct: (action: SaleAction) => void
  readonly onClose: () => void
}

/** Of what, how, how much, why. The till counts; who may not give so much is helped by a colleague. */
export function PriceDialog({ sale, line, onAct, onClose }: PriceDialogProps) {
  const words = useWords()
  const { currency } = sale.totals
  const [what, setWhat] = useState<What>(line === undefined ? 'cart' : 'line')
  const [how, setHow] = useState<How>('percent')
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const percent_bp = percentOf(text)
  const amount = amountOf(text, currency)
  const action = actionOf({ line: what === 'line' ? line : undefined, how, percent_bp, amount, reason: reason.trim() })
  const given = what === 'cart' ? sale.cartDiscount !== null : line?.byHand !== undefined
  const confirm = () => {
    if (action !== null) onAct(action)
  }
  return (
    <Dialog title={words.say('price.title')} width="wide" onClose={onClose}>
      <form
        className="price"
        onSubmit={(event) => {
          event.preventDefault()
          confirm()
        }}
      >
        <div className="stack">
          <ChoiceGroup<What>
            label={words.say('price.what')}
            chosen={what}
            choices={[
              ...(line === undefined ? [] : [{ id: 'line' as const, words: line.name }]),
              { id: 'cart' as const, words: words.say('price.of-cart') },
            ]}
            onChoose={(next) => {
              setWhat(next)
              if (next === 'cart' && how === 'new') setHow('percent')
            }}
          />
          <ChoiceGroup<How>
            label={words.say('price.how')}
            chosen={how}
            choices={(what === 'line' ? (['percent', 'amount', 'new'] as const) : (['percent', 'amount'] as const)).map((one) => ({
              id: one,
              words: words.say(`price.how-${one}`),
            }))}
            onChoose={setHow}
          />
          <ReasonChoice codes={REASONS} said={reason} onSay={setReason} />
        </div>
        {how === 'percent' ? (
          <PercentField text={text} read_bp={percent_bp} onText={setText} />
        ) : (
          <AmountField label={words.say(`price.how-${how}`)} currency={currency} text={text} onText={setText} autoFocus />
        )}
        {what === 'cart' && sale.cartDiscount !== null ? (
          <p className="muted">{words.say('price.cart-discount', { reason: sale.cartDiscount.reason })}</p>
        ) : null}
        {/* With two fields, Enter in one of them needs something that submits. */}
        <input type="submit" hidden />
        <footer className="dialog__feet price__feet">
          <Button onPress={onClose}>{words.say('app.cancel')}</Button>
          {given ? (
            <Button
              icon={Undo2}
              onPress={() => onAct({ do: 'discount', lineId: what === 'line' && line ? line.lineId : null, off: null, reason: '' })}
            >
              {words.say('price.take-back')}
            </Button>
          ) : null}
          <Button tone="primary" icon={Tag} hotkey={KEYS.confirm} isDisabled={action === null} onPress={confirm}>
            {words.say('price.do')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function PercentField({ text, read_bp, onText }: { text: string; read_bp: number | null; onText: (text: string) => void }) {
  const words = useWords()
  return (
    <div className="amount-field">
      <label className="field">
        <span className="field__label">{words.say('price.percent-field')}</span>
        <input
          className="field__input field__input--amount"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          dir="ltr"
          value={text}
          maxLength={8}
          autoFocus
          aria-describedby="percent-read"
          onChange={(event) => onText(event.target.value)}
        />
      </label>
      <p id="percent-read" className="amount-field__read" role="status">
        {text.trim() === '' ? '\u00A0' : read_bp === null ? words.say('price.not-a-percent') : words.rate(read_bp)}
      </p>
    </div>
  )
}

/** A percentage as people type it, in basis points; null for what is none, or not between nothing and everything. */
function percentOf(text: string): number | null {
  const read = readAmount(text.replaceAll(/[%٪]/gu, ''), PERCENT_DIGITS)
  return read === null || read < 1 || read > FULL_BP ? null : read
}

interface Asked {
  readonly line: SaleLine | undefined
  readonly how: How
  readonly percent_bp: number | null
  readonly amount: Cents | null
  readonly reason: string
}

/** What will be asked of the core; null while something is missing. */
function actionOf({ line, how, percent_bp, amount, reason }: Asked): SaleAction | null {
  if (reason === '') return null
  if (how === 'new') return line === undefined || amount === null ? null : { do: 'set-price', lineId: line.lineId, price_cents: amount, reason }
  const off: Off | null =
    how === 'percent'
      ? percent_bp === null ? null : { is: 'percent', off_bp: percent_bp }
      : amount === null || amount === 0 ? null : { is: 'amount', amount_cents: amount }
  return off === null ? null : { do: 'discount', lineId: line?.lineId ?? null, off, reason }
}
