import type { Cents } from '../../contract/money.ts'
import { decimalSign, minorDigits } from '../../contract/words/format.ts'
import { readAmount } from '../amount-text.ts'
import { useWords } from '../words/words-context.tsx'
import { NumberPad } from './number-pad.tsx'

interface AmountFieldProps {
  readonly label: string
  readonly currency: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly withPad?: boolean
  /** Shown while nothing is typed. */
  readonly placeholder?: string
  /** Inside a dialog, which otherwise puts the focus on its first button. */
  readonly autoFocus?: boolean
}

/** An amount typed on the keyboard or on the pad; below it stands how the till understood it. */
export function AmountField({ label, currency, text, onText, withPad = true, placeholder, autoFocus = false }: AmountFieldProps) {
  const words = useWords()
  const read = amountOf(text, currency)
  return (
    <div className="amount-field">
      <label className="field">
        <span className="field__label">{label}</span>
        <input
          className="field__input field__input--amount"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          dir="ltr"
          value={text}
          maxLength={24}
          placeholder={placeholder}
          autoFocus={autoFocus}
          {...(autoFocus ? {} : { 'data-home-focus': true })}
          aria-describedby="amount-read"
          onChange={(event) => onText(event.target.value)}
        />
      </label>
      <p id="amount-read" className="amount-field__read" role="status">
        {text.trim() === '' ? '\u00A0' : read === null ? words.say('pay.not-an-amount') : words.money(read, currency)}
      </p>
      {withPad ? (
        <NumberPad
          label={words.say('pay.keypad')}
          deleteLabel={words.say('pay.delete')}
          extra={minorDigits(currency) === 0 ? '00' : decimalSign(words.language)}
          onKey={(sign) => onText(text + sign)}
          onDelete={() => onText(text.slice(0, -1))}
        />
      ) : null}
    </div>
  )
}

/** What was typed, in minor units; null while it is no amount. */
export function amountOf(text: string, currency: string): Cents | null {
  return readAmount(text, minorDigits(currency)) as Cents | null
}
