import type { ReactNode } from 'react'
import type { FrontView } from '../../contract/desk-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { KEYS } from '../keys/keymap.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { useWords } from '../words/words-context.tsx'

/** The keys of the screen in front, where the last remark stands when there is one. */
export function Hint({ front }: { front: FrontView }) {
  const { say } = useWords()
  if (front.screen === 'sale' && front.sale.at === 'tendering') return <span>{say('pay.hint')}</span>
  if (isAtTerminal(front)) return <span>{say('card.hint')}</span>
  if (front.screen !== 'sale' || front.sale.at !== 'open' || front.sale.lines.length === 0) {
    return <span>{say('scan.hint')}</span>
  }
  return (
    <span className="hint">
      <KeyHint keys={[KEYS.previousLine, KEYS.nextLine]}>{say('sale.keys-lines')}</KeyHint>
      <KeyHint keys={[KEYS.removeLine]}>{say('sale.keys-remove')}</KeyHint>
      <KeyHint keys={[KEYS.morePieces, KEYS.fewerPieces]}>{say('sale.keys-count')}</KeyHint>
    </span>
  )
}

const isAtTerminal = (front: FrontView): boolean =>
  (front.screen === 'sale' && front.sale.at === 'asking-terminal') || (front.screen === 'return' && front.return.at === 'paying-out') ||
  (front.screen === 'exchange' && front.exchange.at === 'paying')

/**
 * Whether the screen leaves room for a remark that is not there yet, so that nothing under it moves when it comes. Where
 * all there is to decide has to be in sight together, a remark lies over the end of what is looked at instead.
 */
export function hasHint(front: FrontView): boolean {
  switch (front.screen) {
    case 'sale':
    case 'check':
      return true
    case 'return':
      return front.return.at !== 'assess'
    case 'exchange':
      return front.exchange.at !== 'settle'
    case 'trade-in':
      return front.tradeIn.at !== 'assess'
    case 'home':
    case 'kiosk':
      return false
    default:
      return unreachable(front)
  }
}

function KeyHint({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <span className="hint__one">
      {keys.map((key) => (
        <KeyCap key={key} name={key} />
      ))}
      {children}
    </span>
  )
}
