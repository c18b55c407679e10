import { RotateCcw } from 'lucide-react'
import type { ReceiptDocument } from '../../contract/receipt.ts'
import { useDeskStore, useMay } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

/**
 * Begins the return of a receipt that was found in the journal, by about when and how much: the code on its paper says
 * which it is. Nothing for somebody who may take nothing back, and for a paper without such a code.
 */
export function ReturnFromPaper({ paper, onBegun }: { paper: ReceiptDocument; onBegun: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const mayTakeBack = useMay('take-back')
  const code = paper.blocks.find((block) => block.kind === 'qr')
  if (!mayTakeBack || code?.kind !== 'qr') return null
  const begin = async () => {
    const there = await store.act((core) => core.desk.go({ to: 'return', unitId: null }))
    if (there && (await store.scan(code.payload, 'typed'))) onBegun()
  }
  return (
    <div className="row">
      <Button icon={RotateCcw} onPress={() => void begin()}>
        {say('offer.start-return')}
      </Button>
    </div>
  )
}
