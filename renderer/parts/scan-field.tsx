import { ScanLine } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useDeskStore } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { KeyCap } from './key-cap.tsx'

/** The one input of the till: a unit, a product, a receipt, a card; what it is, the core finds out. */
export function ScanField({ isHome }: { isHome: boolean }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = text.trim()
    if (typed === '') return
    setText('')
    void store.scan(typed, 'typed').then((taken) => {
      // What was refused is given back for correction, unless something new was typed meanwhile.
      if (!taken) setText((now) => (now === '' ? typed : now))
    })
  }
  return (
    <form className="scan" onSubmit={submit} role="search" aria-label={say('scan.label')}>
      <ScanLine className="scan__icon" aria-hidden />
      <input
        id="scan"
        className="scan__input"
        type="text"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={say('scan.label')}
        placeholder={say('scan.placeholder')}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={8192}
        dir="auto"
        {...(isHome ? { 'data-home-focus': true } : {})}
      />
      <button className="scan__enter" type="submit" tabIndex={-1}>
        <span className="visually-hidden">{say('scan.enter')}</span>
        <KeyCap name="Enter" />
      </button>
    </form>
  )
}
