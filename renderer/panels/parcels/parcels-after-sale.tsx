import { Truck } from 'lucide-react'
import { useDesk } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'
import { Button } from '../../parts/button.tsx'
import type { OpenPanel } from '../../screens/panel-name.ts'
import { useWords } from '../../words/words-context.tsx'

/** After a sale with single pieces: the offer to send them to their buyer, and the way to what is sent. */
export function ParcelsAfterSale({ saleId, openPanel }: { saleId: string; openPanel: OpenPanel }) {
  const { say } = useWords()
  const { revision } = useDesk()
  const answer = useAnswer((core) => core.parcels.ofSale({ saleId }), revision)
  if (answer === null || (answer.parcels.length === 0 && answer.free.length === 0)) return null
  return (
    <Button icon={Truck} onPress={() => openPanel({ name: 'parcels', saleId })}>
      {say(answer.parcels.length === 0 ? 'parcels.send' : 'parcels.title')}
    </Button>
  )
}
