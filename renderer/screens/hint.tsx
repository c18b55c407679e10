import type { FrontView } from '../../contract/desk-view.ts'
import { KEYS } from '../keys/keymap.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { useWords } from '../words/words-context.tsx'

/** The keys of the screen in front, where the last remark stands when there is one. */
export function Hint({ front }: { front: FrontView }) {
  const { say } = useWords()
  if (front.screen === 'sale' && front.sale.at === 'tendering') return <span>{say('pay.hint')}</span>
  if (front.screen !== 'sale' || front.sale.at !== 'open' || front.sale.lines.length === 0) {
    return <span>{say('scan.hint')}</span>
  }
  return (
    <span className="hint">
      <KeyCap name={KEYS.previousLine} />
      <KeyCap name={KEYS.nextLine} />
      {say('sale.keys-lines')}
      <KeyCap name={KEYS.removeLine} />
      {say('sale.keys-remove')}
      <KeyCap name={KEYS.morePieces} />
      <KeyCap name={KEYS.fewerPieces} />
      {say('sale.keys-count')}
    </span>
  )
}
