import { useDeskState } from '../desk/desk-context.ts'
import { useWords } from '../words/words-context.tsx'
import { ToneSign } from './tone-sign.tsx'

/** What the till refused last, in words, beside what was pressed; nothing while it refuses nothing. `unsent`: why it was not even asked. */
export function RefusalLine({ unsent = null }: { unsent?: string | null }) {
  const words = useWords()
  const { refusal } = useDeskState()
  const said = unsent ?? (refusal === null ? null : words.refusal(refusal.code, refusal.params))
  if (said === null) return null
  return (
    <p className="sign-in__refusal tone tone--stop" role="alert">
      <ToneSign tone="stop" />
      {said}
    </p>
  )
}
