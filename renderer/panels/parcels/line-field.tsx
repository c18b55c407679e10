interface LineFieldProps {
  readonly label: string
  readonly value: string
  readonly most: number
  readonly onValue: (value: string) => void
  /** A number is written from left to right in every language, and in letters that tell 0 from O. */
  readonly isNumber?: boolean
  readonly isFirst?: boolean
}

/** One line of what is said about a parcel. */
export function LineField({ label, value, most, onValue, isNumber = false, isFirst = false }: LineFieldProps) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className={isNumber ? 'field__input serial' : 'field__input'} dir={isNumber ? 'ltr' : 'auto'} value={value} maxLength={most} autoFocus={isFirst}
        autoComplete="off" spellCheck={false} onChange={(event) => onValue(event.target.value)}
      />
    </label>
  )
}
