import { useId, useState } from 'react'
import { minorDigits } from '../../../contract/words/format.ts'
import type { Cents } from '../../../contract/money.ts'
import { readAmount } from '../../amount-text.ts'
import { useWords } from '../../words/words-context.tsx'

/** Which rules of the document a row changes, as paths with `[]` for each of a list and `*` for each name; several stand apart by a blank. */
export type RulePath = string

interface TypedProps<Value> {
  readonly rule: RulePath
  readonly label: string
  readonly start: string
  readonly inputMode: 'numeric' | 'decimal'
  /** What the text means; undefined where it means nothing. */
  readonly read: (text: string) => Value | undefined
  /** How it was understood, under the field. */
  readonly told: (value: Value) => string | null
  readonly wrong: string
  readonly onValue: (value: Value) => void
}

/** A value that is typed: what cannot be read changes nothing and is said. */
function Typed<Value>({ rule, label, start, inputMode, read, told, wrong, onValue }: TypedProps<Value>) {
  const [text, setText] = useState(start)
  const id = useId()
  const value = read(text)
  return (
    <label className="field" data-rule={rule}>
      <span className="field__label">{label}</span>
      <input
        className="field__input"
        type="text"
        inputMode={inputMode}
        dir="ltr"
        value={text}
        maxLength={16}
        aria-invalid={value === undefined}
        aria-describedby={id}
        onChange={(event) => {
          setText(event.target.value)
          const next = read(event.target.value)
          if (next !== undefined) onValue(next)
        }}
      />
      <span id={id} className="muted">
        {value === undefined ? wrong : told(value)}
      </span>
    </label>
  )
}

interface NumberProps {
  readonly rule: RulePath
  readonly label: string
  readonly least?: number
  readonly most: number
}

const readWhole = (text: string, least: number, most: number): number | undefined =>
  /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined

/** A whole number; what is none, or out of its bounds, changes nothing and is said. */
export function WholeNumber({ rule, label, value, least = 0, most, onValue }: NumberProps & { readonly value: number; readonly onValue: (value: number) => void }) {
  const { say } = useWords()
  return (
    <Typed
      rule={rule} label={label} start={String(value)} inputMode="numeric" read={(text) => readWhole(text, least, most)} told={() => null}
      wrong={say('policy.between', { least, most })} onValue={onValue}
    />
  )
}

interface MaybeNumberProps extends NumberProps {
  readonly value: number | null
  /** What the empty field means. */
  readonly whenEmpty: string
  readonly onValue: (value: number | null) => void
}

/** A whole number, or nothing: the empty field says what that means. */
export function MaybeNumber({ rule, label, value, least = 0, most, whenEmpty, onValue }: MaybeNumberProps) {
  const { say } = useWords()
  return (
    <Typed<number | null>
      rule={rule} label={label} start={value === null ? '' : String(value)} inputMode="numeric" read={(text) => (text.trim() === '' ? null : readWhole(text, least, most))}
      told={(read) => (read === null ? whenEmpty : null)} wrong={say('policy.between', { least, most })} onValue={onValue}
    />
  )
}

interface AmountProps {
  readonly rule: RulePath
  readonly label: string
  readonly currency: string
}

/** An amount as it is typed here, with how it was understood beside it. */
export function MoneyField({ rule, label, cents, currency, onCents }: AmountProps & { readonly cents: Cents; readonly onCents: (amount: Cents) => void }) {
  const words = useWords()
  const digits = minorDigits(currency)
  return (
    <Typed<Cents>
      rule={rule} label={label} start={words.number(cents / 10 ** digits)} inputMode="decimal" read={(text) => (readAmount(text, digits) as Cents | null) ?? undefined}
      told={(read) => words.money(read, currency)} wrong={words.say('pay.not-an-amount')} onValue={onCents}
    />
  )
}

interface MaybeMoneyProps extends AmountProps {
  readonly cents: Cents | null
  readonly whenEmpty: string
  readonly onCents: (amount: Cents | null) => void
}

/** An amount, or nothing: the empty field says what that means. */
export function MaybeMoney({ rule, label, cents, currency, whenEmpty, onCents }: MaybeMoneyProps) {
  const words = useWords()
  const digits = minorDigits(currency)
  return (
    <Typed<Cents | null>
      rule={rule} label={label} start={cents === null ? '' : words.number(cents / 10 ** digits)} inputMode="decimal"
      read={(text) => (text.trim() === '' ? null : ((readAmount(text, digits) as Cents | null) ?? undefined))}
      told={(read) => (read === null ? whenEmpty : words.money(read, currency))} wrong={words.say('pay.not-an-amount')} onValue={onCents}
    />
  )
}

/** A share in hundredths of a percent, typed in percent; the empty field says what nothing means. */
export function MaybePercent({ rule, label, value_bp, whenEmpty, onValue }: {
  readonly rule: RulePath; readonly label: string; readonly value_bp: number | null; readonly whenEmpty: string; readonly onValue: (value_bp: number | null) => void
}) {
  const words = useWords()
  const read = (text: string): number | null | undefined => {
    if (text.trim() === '') return null
    const bp = readAmount(text, 2)
    return bp === null || bp < 0 || bp > 10_000 ? undefined : bp
  }
  return (
    <Typed<number | null>
      rule={rule} label={label} start={value_bp === null ? '' : words.number(value_bp / 100)} inputMode="decimal" read={read}
      told={(bp) => (bp === null ? whenEmpty : words.rate(bp))} wrong={words.say('policy.between', { least: 0, most: 100 })} onValue={onValue}
    />
  )
}
