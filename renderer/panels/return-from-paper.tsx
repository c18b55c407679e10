import { RotateCcw } from 'lucide-react'
import type { ReceiptDocument } from '../../contract/receipt.ts'
import { useMay } from '../desk/desk-context.ts'
import { useBeginReturn } from '../desk/use-begin-return.ts'
import { Button } from '../parts/button.tsx'
import { useWords } from '../words/words-context.tsx'

/**
 * Begins the return of a receipt that was found in the journal, by about when and how much: the code on its paper says
 * which it is. Nothing for somebody who may take nothing back, and for a paper without such a code.
 */
export function ReturnFromPaper({ paper, onBegun }: { paper: ReceiptDocument; onBegun: () => void }) {
  const { say } = useWords()
  const beginReturn = useBeginReturn()
  const mayTakeBack = useMay('take-back')
  const code = paper.blocks.find((block) => block.kind === 'qr')
  if (!mayTakeBack || code?.kind !== 'qr') return null
  const begin = async () => {
    if (await beginReturn(code.payload)) onBegun()
  }
  return (
    <div className="row">
      <Button icon={RotateCcw} onPress={() => void begin()}>
        {say('offer.start-return')}
      </Button>
    </div>
  )
}
