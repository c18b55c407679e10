import { useId, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import type { Cents } from '../../../contract/money.ts'
import { minorDigits } from '../../../contract/words/format.ts'
import { readAmount } from '../../amount-text.ts'
import { useWords } from '../../words/words-context.tsx'

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly least?: number
  readonly most: number
  readonly onValue: (value: number) => void
}

/** A whole number; what is none, or out of its bounds, changes nothing and is said. */
export function WholeNumber({ label, value, least = 0, most, onValue }: NumberFieldProps) {
  const { say } = useWords()
  const [text, setText] = useState(String(value))
  const told = useId()
  const read = /^\d{1,6}$/.test(text.trim()) ? Number(text) : null
  const isGood = read !== null && read >= least && read <= most
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="field__input"
        type="text"
        inputMode="numeric"
        dir="ltr"
        value={text}
        aria-invalid={!isGood}
        aria-describedby={told}
        onChange={(event) => {
          setText(event.target.value)
          const next = Number(event.target.value)
          if (/^\d{1,6}$/.test(event.target.value.trim()) && next >= least && next <= most) onValue(next)
        }}
      />
      <span id={told} className="muted">
        {isGood ? null : say('policy.between', { least, most })}
      </span>
    </label>
  )
}

interface MoneyFieldProps {
  readonly label: string
  readonly cents: Cents
  readonly currency: string
  readonly onCents: (amount: Cents) => void
}

/** An amount as it is typed here, with how it was understood beside it. */
export function MoneyField({ label, cents, currency, onCents }: MoneyFieldProps) {
  const words = useWords()
  const digits = minorDigits(currency)
  const [text, setText] = useState(() => words.number(cents / 10 ** digits))
  const told = useId()
  const read = readAmount(text, digits) as Cents | null
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="field__input"
        type="text"
        inputMode="decimal"
        dir="ltr"
        value={text}
        maxLength={16}
        aria-invalid={read === null}
        aria-describedby={told}
        onChange={(event) => {
          setText(event.target.value)
          const amount = readAmount(event.target.value, digits) as Cents | null
          if (amount !== null) onCents(amount)
        }}
      />
      <span id={told} className="muted">
        {read === null ? words.say('pay.not-an-amount') : words.money(read, currency)}
      </span>
    </label>
  )
}

interface TextFieldProps {
  readonly label: string
  /** What it is for, under the field; in its place what is wrong with it. */
  readonly hint?: string
  readonly wrong?: string | null
  readonly value: string
  readonly most: number
  /** Numbers, addresses and names of machines read from left to right in every language. */
  readonly isCode?: boolean
  readonly rows?: number
  readonly onText: (text: string) => void
}

/** A text that explains itself. */
export function TextField({ label, hint, wrong = null, value, most, isCode = false, rows, onText }: TextFieldProps) {
  const told = useId()
  const shared = {
    value, maxLength: most, 'aria-invalid': wrong !== null, 'aria-describedby': told, className: isCode ? 'field__input policy__code' : 'field__input',
    ...(isCode ? { dir: 'ltr' as const, spellCheck: false, autoCapitalize: 'none' } : {}),
  }
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      {rows === undefined
        ? <input type="text" {...shared} onChange={(event) => onText(event.target.value)} />
        : <textarea rows={rows} {...shared} onChange={(event) => onText(event.target.value)} />}
      <span id={told} className="muted">{wrong ?? hint}</span>
    </label>
  )
}

interface PickProps<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly all: readonly { readonly id: Id; readonly words: string }[]
  readonly onPick: (id: Id) => void
}

/** One of a longer list, where buttons for all of them would fill the screen. */
export function Pick<Id extends string>({ label, value, all, onPick }: PickProps<Id>) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <select className="field__input" value={value} onChange={(event) => onPick(all.find(({ id }) => id === event.target.value)?.id ?? value)}>
        {all.map(({ id, words }) => <option key={id} value={id}>{words}</option>)}
      </select>
    </label>
  )
}

interface ChecksProps<Id extends string> {
  readonly label: string
  readonly all: readonly { readonly id: Id; readonly words: string }[]
  readonly chosen: readonly Id[]
  readonly onChosen: (chosen: Id[]) => void
}

/** Any of a closed list. */
export function Checks<Id extends string>({ label, all, chosen, onChosen }: ChecksProps<Id>) {
  return (
    <fieldset className="policy__checks">
      <legend className="choices__label">{label}</legend>
      {all.map(({ id, words }) => (
        <Checkbox
          key={id}
          className="policy__check"
          isSelected={chosen.includes(id)}
          onChange={(isOn) => onChosen(isOn ? all.map((one) => one.id).filter((one) => one === id || chosen.includes(one)) : chosen.filter((one) => one !== id))}
        >
          <span className="policy__box" aria-hidden />
          {words}
        </Checkbox>
      ))}
    </fieldset>
  )
}
