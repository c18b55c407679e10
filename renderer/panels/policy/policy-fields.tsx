import { useId } from 'react'
import { Checkbox } from 'react-aria-components'
import { ChoiceGroup } from '../../parts/choice-group.tsx'
import { useWords } from '../../words/words-context.tsx'
import type { RulePath } from './typed-fields.tsx'

interface TextFieldProps {
  readonly rule: RulePath
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
export function TextField({ rule, label, hint, wrong = null, value, most, isCode = false, rows, onText }: TextFieldProps) {
  const told = useId()
  const shared = {
    value, maxLength: most, 'aria-invalid': wrong !== null, 'aria-describedby': told, className: isCode ? 'field__input policy__code' : 'field__input',
    ...(isCode ? { dir: 'ltr' as const, spellCheck: false, autoCapitalize: 'none' } : {}),
  }
  return (
    <label className="field" data-rule={rule}>
      <span className="field__label">{label}</span>
      {rows === undefined
        ? <input type="text" {...shared} onChange={(event) => onText(event.target.value)} />
        : <textarea rows={rows} {...shared} onChange={(event) => onText(event.target.value)} />}
      <span id={told} className="muted">{wrong ?? hint}</span>
    </label>
  )
}

interface PickProps<Id extends string> {
  readonly rule: RulePath
  readonly label: string
  readonly value: Id
  readonly all: readonly { readonly id: Id; readonly words: string }[]
  readonly onPick: (id: Id) => void
}

/** One of a longer list, where buttons for all of them would fill the screen. */
export function Pick<Id extends string>({ rule, label, value, all, onPick }: PickProps<Id>) {
  return (
    <label className="field" data-rule={rule}>
      <span className="field__label">{label}</span>
      <select className="field__input" value={value} onChange={(event) => onPick(all.find(({ id }) => id === event.target.value)?.id ?? value)}>
        {all.map(({ id, words }) => <option key={id} value={id}>{words}</option>)}
      </select>
    </label>
  )
}

interface ChecksProps<Id extends string> {
  readonly rule: RulePath
  readonly label: string
  readonly all: readonly { readonly id: Id; readonly words: string }[]
  readonly chosen: readonly Id[]
  readonly onChosen: (chosen: Id[]) => void
}

/** Any of a closed list. */
export function Checks<Id extends string>({ rule, label, all, chosen, onChosen }: ChecksProps<Id>) {
  return (
    <fieldset className="policy__checks" data-rule={rule}>
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

interface ChoiceProps<Id extends string> {
  readonly rule: RulePath
  readonly label: string
  readonly chosen: Id
  readonly choices: readonly { readonly id: Id; readonly words: string }[]
  readonly onChoose: (id: Id) => void
}

/** One of a few, all of them visible. */
export function Choice<Id extends string>({ rule, ...rest }: ChoiceProps<Id>) {
  return <div data-rule={rule}><ChoiceGroup {...rest} /></div>
}

/** Whether there is a limit at all; the limit itself stands below it. */
export function LimitOrNone({ rule, label, isOn, onChoose }: { readonly rule: RulePath; readonly label: string; readonly isOn: boolean; readonly onChoose: (isOn: boolean) => void }) {
  const { say } = useWords()
  return (
    <Choice
      rule={rule} label={label} chosen={isOn ? 'on' : 'off'} onChoose={(id) => onChoose(id === 'on')}
      choices={[{ id: 'off', words: say('policy.no-limit') }, { id: 'on', words: say('policy.a-limit') }]}
    />
  )
}
