import { UserRound } from 'lucide-react'
import { useWords } from '../words/words-context.tsx'

/** A colleague has it now, under the last six signs of the case. */
export function HandedOverCard({ caseId }: { caseId: string }) {
  const { say } = useWords()
  return (
    <div className="card handed-over">
      <UserRound size={44} aria-hidden />
      <div>
        <h1 className="verdict-head__answer">{say('return.handed-over')}</h1>
        <p className="prose">{say('return.handed-over-text')}</p>
        <p className="muted">{say('return.case', { number: caseId.slice(-6).toUpperCase() })}</p>
      </div>
    </div>
  )
}
