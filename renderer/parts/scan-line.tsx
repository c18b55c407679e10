import { useState } from 'react'
import type { FormEvent } from 'react'
import { useScanCatcher } from '../desk/scan-route.ts'

/** As long as a code of any label is. */
const CODE_MAX = 200

interface ScanLineProps {
  readonly label: string
  readonly most?: number
  /** Told without the spaces around it, and never nothing. */
  readonly onScan: (text: string) => void
}

/** The field of a panel that numbers are scanned or typed into; while it stands there, a scan goes to it and not into the sale. */
export function ScanLine({ label, most = CODE_MAX, onScan }: ScanLineProps) {
  const [text, setText] = useState('')
  const take = (code: string) => {
    if (code.trim() === '') return
    setText('')
    onScan(code.trim())
  }
  useScanCatcher(take)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    take(text)
  }
  return (
    <form onSubmit={submit}>
      <label className="field">
        <span className="field__label">{label}</span>
        <input
          className="field__input serial" value={text} autoFocus autoComplete="off" spellCheck={false} maxLength={most}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
    </form>
  )
}
