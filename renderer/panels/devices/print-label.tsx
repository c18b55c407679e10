import { Tag } from 'lucide-react'
import { useState } from 'react'
import type { Core } from '../../connect.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

type Outcome = Awaited<ReturnType<Core['units']['printLabel']>>

/** A label for this very piece, with its serial or the number that is said; what became of it is said, because many label printers never say it themselves. */
export function PrintLabel({ unitId, number }: { unitId: string; number?: string }) {
  const { say, sayCode } = useWords()
  const store = useDeskStore()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  return (
    <>
      <Button icon={Tag} onPress={() => void store.ask((core) => core.units.printLabel({ unitId, ...(number === undefined ? {} : { number }) })).then(setOutcome)}>
        {say('unit.print-label')}
      </Button>
      {outcome === null ? null : (
        <p className="sentence muted" role="status">
          {say(`print.${outcome.outcome}`)} {outcome.why === null ? '' : sayCode(`why.${outcome.why}`, {}, outcome.why)}
        </p>
      )}
    </>
  )
}
