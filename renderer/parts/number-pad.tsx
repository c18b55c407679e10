import { Delete } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'

interface NumberPadProps {
  readonly label: string
  readonly deleteLabel: string
  /** The key at the lower corner: `00` or the decimal sign; null leaves the place empty. */
  readonly extra: string | null
  readonly onKey: (sign: string) => void
  readonly onDelete: () => void
}

/** Digits where telephones and card terminals have them, in every language from left to right. */
export function NumberPad({ label, deleteLabel, extra, onKey, onDelete }: NumberPadProps) {
  return (
    <div className="pad" role="group" aria-label={label} dir="ltr">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
        <PadKey key={digit} sign={digit} onKey={onKey} />
      ))}
      {extra === null ? <span /> : <PadKey sign={extra} onKey={onKey} />}
      <PadKey sign="0" onKey={onKey} />
      <AriaButton className="pad__key" aria-label={deleteLabel} onPress={onDelete} excludeFromTabOrder>
        <Delete aria-hidden />
      </AriaButton>
    </div>
  )
}

function PadKey({ sign, onKey }: { sign: string; onKey: (sign: string) => void }) {
  return (
    <AriaButton className="pad__key" onPress={() => onKey(sign)} excludeFromTabOrder preventFocusOnPress>
      {sign}
    </AriaButton>
  )
}
