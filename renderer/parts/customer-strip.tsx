import { UserRound, UserRoundPlus } from 'lucide-react'
import { useDesk } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'

/** For whom the sale is, or the way to say it: a card under the scanner does the same without a touch. */
export function CustomerStrip({ openPanel }: { openPanel: OpenPanel }) {
  const { say } = useWords()
  const { customer } = useDesk()
  return (
    <Button
      icon={customer === null ? UserRoundPlus : UserRound}
      hotkey={KEYS.customer}
      onPress={() => openPanel(customer === null ? { name: 'customers' } : { name: 'customer', customerId: customer.customerId })}
    >
      {customer === null ? say('sale.customer') : say('sale.customer-is', { name: customer.name })}
      {customer === null || customer.news === 0 ? null : <span className="badge">{say('customer.news-count', { count: customer.news })}</span>}
    </Button>
  )
}
