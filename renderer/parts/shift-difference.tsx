import { FileText } from 'lucide-react'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'
import { ToneSign } from './tone-sign.tsx'

interface ShiftDifferenceProps {
  /** What was counted less what should have been there. */
  readonly difference_cents: number
  readonly currency: string
  readonly size?: 'line' | 'hero'
}

/** Too much, too little or right: a word, a sign and a colour say the same. */
export function ShiftDifference({ difference_cents, currency, size = 'line' }: ShiftDifferenceProps) {
  const words = useWords()
  const tone = difference_cents === 0 ? 'good' : difference_cents < 0 ? 'stop' : 'attention'
  const amount = words.money(difference_cents, currency)
  return (
    <p className={`difference difference--${size} tone tone--${tone}`}>
      <ToneSign tone={tone} size={size === 'hero' ? 40 : 22} />
      <span className="difference__words">
        <span>
          {difference_cents === 0
            ? words.say('shift.right')
            : words.say(difference_cents < 0 ? 'shift.too-little' : 'shift.too-much')}
        </span>
        <bdi dir="ltr" className={size === 'hero' ? 'amount amount--hero' : 'amount'}>
          {difference_cents > 0 ? `+${amount}` : amount}
        </bdi>
      </span>
    </p>
  )
}

export function ShowReport({ documentId, openPanel }: { documentId: string; openPanel: OpenPanel }) {
  const { say } = useWords()
  return (
    <Button icon={FileText} onPress={() => openPanel({ name: 'paper', documentId })}>
      {say('shift.report')}
    </Button>
  )
}
