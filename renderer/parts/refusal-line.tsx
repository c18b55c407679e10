import { useDeskState } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { ToneSign } from './tone-sign.tsx'

/** What the till refused last, in words, beside what was pressed; nothing while it refuses nothing. */
export function RefusalLine() {
  const words = useWords()
  const { refusal } = useDeskState()
  if (refusal === null) return null
  return (
    <p className="sign-in__refusal tone tone--stop" role="alert">
      <ToneSign tone="stop" />
      {words.refusal(refusal.code, refusal.params)}
    </p>
  )
}
