import { useState } from 'react'
import type { FormEvent } from 'react'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useWords } from '../../words/words-context.tsx'

export interface PieceFound {
  readonly unitId: string
  readonly name: string
  readonly serial: string
}

/** Asks for one piece by its number; while it is mounted a scan goes here and not into the sale. */
export function ScanPiece({ label, onFound }: { label: string; onFound: (piece: PieceFound) => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [text, setText] = useState('')
  const [isUnknown, setUnknown] = useState(false)
  const look = (typed: string) => {
    if (typed.trim() === '') return
    void store.ask((core) => core.service.findPiece({ text: typed.trim() })).then((piece) => {
      setUnknown(piece === null)
      if (piece === null) return
      setText('')
      onFound(piece)
    })
  }
  useScanCatcher(look)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    look(text)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field">
        <span className="field__label">{label}</span>
        <input
          className="field__input serial"
          value={text}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {isUnknown ? <p className="service__trouble" role="status">{say('service.no-piece')}</p> : null}
    </form>
  )
}
