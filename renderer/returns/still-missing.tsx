import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'

/** Who has approved, and what is still to be said before the money moves. `missing` is worded already. */
export function StillMissing({ approvedBy, missing }: { approvedBy: string | null; missing: readonly string[] }) {
  const { say } = useWords()
  return (
    <>
      {approvedBy === null ? null : (
        <p className="chip chip--good">
          <ToneSign tone="good" size={16} />
          {say('return.approved-by', { name: approvedBy })}
        </p>
      )}
      {missing.length === 0 ? null : (
        <p className="refund__missing" role="status">
          {say('return.missing')} {missing.join(', ')}
        </p>
      )}
    </>
  )
}
