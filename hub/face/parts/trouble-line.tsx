import { ToneSign } from '../../../renderer/parts/tone-sign.tsx'
import type { Trouble } from '../client.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** Bad news in words, where it happened. */
export function TroubleLine({ trouble }: { trouble: Trouble | null }) {
  const words = useFaceWords()
  if (trouble === null) return null
  const params = Object.fromEntries(Object.entries(trouble.params).map(([name, value]) => [name, typeof value === 'string' ? words.time(value) : value]))
  return (
    <p className="trouble tone tone--stop" role="alert">
      <ToneSign tone="stop" />
      <span>{words.tCode(`fault.${trouble.code}`, params)}</span>
    </p>
  )
}
