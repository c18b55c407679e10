import { useId } from 'react'
import type { AriaAttributes, ReactNode } from 'react'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'password' | 'search' | 'url'
  readonly hint?: string
  /** What is wrong with the value; null if nothing is. */
  readonly trouble?: string | null
  readonly autoComplete?: string
  readonly autoFocus?: boolean
  readonly inputMode?: 'numeric' | 'decimal' | 'text'
  /** What a machine reads is written from left to right in every language. */
  readonly isCode?: boolean
  readonly list?: string
}

export function Field({ label, value, onChange, type = 'text', hint, trouble = null, isCode = false, ...rest }: FieldProps) {
  const told = useTold(hint, trouble)
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className={isCode ? 'field__input serial' : 'field__input'}
        type={type}
        value={value}
        {...(isCode ? { dir: 'ltr' as const, spellCheck: false } : {})}
        {...told.about}
        {...rest}
        onChange={(event) => onChange(event.target.value)}
      />
      {told.line}
    </label>
  )
}

/** What stands under a field: what is wrong with it, else its hint; and how the field is bound to that line. */
function useTold(hint: string | undefined, trouble: string | null): { about: AriaAttributes; line: ReactNode } {
  const id = useId()
  const text = trouble ?? hint ?? null
  return {
    about: { ...(text === null ? {} : { 'aria-describedby': id }), ...(trouble === null ? {} : { 'aria-invalid': true }) },
    line: text === null ? null : <span className={trouble === null ? 'muted' : 'field__trouble'} id={id}>{text}</span>,
  }
}

interface TextAreaProps extends Pick<FieldProps, 'label' | 'value' | 'onChange' | 'hint' | 'trouble' | 'isCode'> {
  readonly rows?: number
}

export function TextArea({ label, value, onChange, rows = 6, isCode = true, hint, trouble = null }: TextAreaProps) {
  const told = useTold(hint, trouble)
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <textarea
        className={isCode ? 'field__input field__area serial' : 'field__input field__area'}
        rows={rows}
        value={value}
        spellCheck={!isCode}
        {...(isCode ? { dir: 'ltr' as const } : {})}
        {...told.about}
        onChange={(event) => onChange(event.target.value)}
      />
      {told.line}
    </label>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly { readonly id: T; readonly words: string }[]
  readonly onChange: (value: T) => void
}

/** One of many: the system's own list, because every keyboard and screen reader knows it. */
export function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <select className="field__input" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.words}
          </option>
        ))}
      </select>
    </label>
  )
}

export function Tick({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}

/** A form that sends by Enter and by its button. */
export function Form({ onSend, children }: { onSend: () => void; children: ReactNode }) {
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      {children}
      <button type="submit" hidden>
        ↵
      </button>
    </form>
  )
}
