import { LogIn } from 'lucide-react'
import { useState } from 'react'
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN } from '../../contract/pin.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { KEYS } from '../keys/keymap.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'
import { NumberPad } from './number-pad.tsx'

const DOTS_SHOWN = 4

interface PinPadProps {
  readonly title: string
  readonly doLabel: string
  /** Answers whether the PIN was right; a wrong one empties the pad. */
  readonly onPin: (pin: string) => Promise<boolean>
}

/** A PIN by touch or by the keyboard's digits. It is in no input, so that no browser offers to remember it. */
export function PinPad({ title, doLabel, onPin }: PinPadProps) {
  const { say } = useWords()
  const [pin, setPin] = useState('')
  const press = (digit: string) => setPin((now) => (now.length < PIN_DIGITS_MAX ? now + digit : now))
  const remove = () => setPin((now) => now.slice(0, -1))
  const enter = () => {
    if (pin.length < PIN_DIGITS_MIN) return
    void onPin(pin).then(() => setPin(''))
  }
  useHotkey('Backspace', remove)
  return (
    <div className="pin">
      <h2 className="pin__title">{title}</h2>
      <div className="pin__dots" role="status" aria-label={say('sign-in.digits', { count: pin.length })}>
        {Array.from({ length: Math.max(DOTS_SHOWN, pin.length) }, (_, place) => (
          <span key={place} className="pin__dot" data-filled={place < pin.length} />
        ))}
      </div>
      <NumberPad
        label={say('sign-in.pin')}
        deleteLabel={say('sign-in.delete')}
        extra={null}
        onKey={press}
        onDelete={remove}
      />
      {[...'0123456789'].map((digit) => (
        <DigitKey key={digit} digit={digit} onDigit={press} />
      ))}
      <Button
        tone="primary"
        size="large"
        icon={LogIn}
        hotkey={KEYS.confirm}
        isDisabled={pin.length < PIN_DIGITS_MIN}
        onPress={enter}
      >
        {doLabel}
      </Button>
    </div>
  )
}

/** Binds one digit of the keyboard; draws nothing. */
function DigitKey({ digit, onDigit }: { digit: string; onDigit: (digit: string) => void }) {
  useHotkey(digit, () => onDigit(digit))
  return null
}
