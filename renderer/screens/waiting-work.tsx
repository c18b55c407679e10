import { ClipboardCheck, FolderOpen } from 'lucide-react'
import { useDesk } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'

/** What came back and waits for somebody: cases to look into, pieces to look at. Nothing while nothing waits. */
export function WaitingWork({ openPanel }: { openPanel: OpenPanel }) {
  const { say } = useWords()
  const { revision } = useDesk()
  const cases = useAnswer((core) => core.cases.list({ show: 'open' }), revision)
  const pieces = useAnswer((core) => core.inspections.waiting(), revision)
  if ((cases?.length ?? 0) + (pieces?.length ?? 0) === 0) return null
  return (
    <section className="card row row--wrap">
      <Button icon={FolderOpen} onPress={() => openPanel({ name: 'cases' })}>
        {say('home.cases', { count: cases?.length ?? 0 })}
      </Button>
      <Button icon={ClipboardCheck} onPress={() => openPanel({ name: 'inspection' })}>
        {say('home.inspect', { count: pieces?.length ?? 0 })}
      </Button>
    </section>
  )
}
