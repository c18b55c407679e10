import { Siren } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { AuthorityQuestion } from '../../../contract/authority-query.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useScanCatcher } from '../../desk/scan-route.ts'
import { Button } from '../../parts/button.tsx'
import { RefusalLine } from '../../parts/refusal-line.tsx'
import { useWords } from '../../words/words-context.tsx'

const NOTHING: AuthorityQuestion = { text: '', authority: '', caseNumber: '', officer: '', order: '' }

/** What is asked, by whom and with what right. A scan is the number of the piece, whichever field has the focus. */
export function AuthorityForm({ onAnswered }: { onAnswered: (documentId: string) => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [question, setQuestion] = useState(NOTHING)
  const [isAsking, setAsking] = useState(false)
  const put = (change: Partial<AuthorityQuestion>) => setQuestion((before) => ({ ...before, ...change }))
  useScanCatcher((text) => put({ text }))
  const isReady = !isAsking && AuthorityQuestion.safeParse(question).success
  const ask = () => {
    if (!isReady) return
    setAsking(true)
    void store
      .ask((core) => core.authorities.ask(question))
      .then((answer) => answer !== null && onAnswered(answer.documentId))
      .finally(() => setAsking(false))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask()
  }
  const field = (name: keyof AuthorityQuestion, label: string, most: number, hint?: string) => (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className={name === 'text' ? 'field__input serial' : 'field__input'} dir="auto" value={question[name]} maxLength={most} autoFocus={name === 'text'}
        autoComplete="off" spellCheck={false} onChange={(event) => put({ [name]: event.target.value })}
      />
      {hint === undefined ? null : <span className="muted">{hint}</span>}
    </label>
  )
  return (
    <form className="stack" onSubmit={submit} aria-label={say('authority.title')}>
      {field('text', say('authority.number'), 200)}
      {field('authority', say('authority.authority'), 120)}
      {field('officer', say('authority.officer'), 120)}
      {field('caseNumber', say('authority.case'), 64)}
      {field('order', say('authority.order'), 120, say('authority.order-hint'))}
      <RefusalLine />
      <Button tone="primary" size="large" icon={Siren} isDisabled={!isReady} onPress={ask}>{say('authority.ask')}</Button>
      {/* Enter in a field does it too: a form with several fields wants a button of its own for that. */}
      <input type="submit" hidden />
    </form>
  )
}
