import { useState } from 'react'
import { sumOfCounts } from '../../../contract/denominations.ts'
import type { Cents } from '../../../contract/money.ts'
import { AmountField, amountOf } from '../../parts/amount-field.tsx'
import { Button } from '../../parts/button.tsx'
import { CountPad, type PieceCounts } from '../../parts/count-pad.tsx'
import { useWords } from '../../words/words-context.tsx'

/** What was counted: by notes and coins, or as one sum. Null while it is no amount. */
export interface DrawerCount {
  readonly amount_cents: Cents | null
  readonly counts?: PieceCounts
}

interface CountDrawerProps {
  readonly label: string
  readonly currency: string
  readonly onCount: (count: DrawerCount) => void
}

/** Notes and coins one by one, because a sum that was added up in the head is where most differences come from. */
export function CountDrawer({ label, currency, onCount }: CountDrawerProps) {
  const { say } = useWords()
  const [asSum, setAsSum] = useState(false)
  const [counts, setCounts] = useState<PieceCounts>({})
  const [text, setText] = useState('')
  const change = (sum: boolean) => {
    setAsSum(sum)
    onCount(sum ? { amount_cents: amountOf(text, currency) } : { amount_cents: sumOfCounts(counts) as Cents, counts })
  }
  return (
    <div className="stack">
      {asSum ? (
        <AmountField
          label={label}
          currency={currency}
          text={text}
          onText={(typed) => {
            setText(typed)
            onCount({ amount_cents: amountOf(typed, currency) })
          }}
          autoFocus
        />
      ) : (
        <CountPad
          currency={currency}
          counts={counts}
          onCounts={(next) => {
            setCounts(next)
            onCount({ amount_cents: sumOfCounts(next) as Cents, counts: next })
          }}
        />
      )}
      <Button tone="quiet" onPress={() => change(!asSum)}>
        {say(asSum ? 'shift.count-pieces' : 'shift.count-sum')}
      </Button>
    </div>
  )
}
