import { Award, FileText, Gift, ShieldCheck } from 'lucide-react'
import { useDeskStore } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import type { OpenPanel } from '../screens/panel-name.ts'
import { makePaper, type PaperSource } from './make-paper.ts'

interface PaperButtonProps {
  readonly source: PaperSource
  readonly words: string
  readonly openPanel: OpenPanel
}

/** Makes a paper and shows it; printing and saving are there. A refusal is said by the frame. */
export function PaperButton({ source, words, openPanel }: PaperButtonProps) {
  const store = useDeskStore()
  const make = () => {
    void store.ask((core) => makePaper(core, source, null)).then((made) => {
      if (made !== null) openPanel({ name: 'paper', documentId: made.documentId, source })
    })
  }
  return (
    <Button icon={ICONS[source.paper]} onPress={make}>
      {words}
    </Button>
  )
}

const ICONS = { warranty: ShieldCheck, gift: Gift, certificate: Award, slip: FileText } as const
