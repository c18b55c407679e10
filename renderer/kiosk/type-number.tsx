import { Delete } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useDeskStore } from '../desk/desk-context.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/words-context.tsx'
import { KioskButton } from './kiosk-frame.tsx'

/** Signs that stand in serial numbers; in alphabetic order, because not everybody knows a keyboard by heart. */
const ROWS = ['0123456789', 'ABCDEFGHI', 'JKLMNOPQR', 'STUVWXYZ-']

/** For a label that no scanner reads. */
export function TypeNumber({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const store = useDeskStore()
  const [text, setText] = useState('')
  const submit = () => {
    const typed = text.trim()
    if (typed === '') return
    onClose()
    void store.scan(typed, 'typed')
  }
  return (
    <Dialog title={say('kiosk.type-title')} width="wide" onClose={onClose}>
      <form
        className="type-number"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <input
          className="field__input field__input--kiosk serial"
          type="text"
          dir="ltr"
          aria-label={say('kiosk.type-title')}
          value={text}
          maxLength={128}
          autoComplete="off"
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        <div className="type-number__keys" dir="ltr" role="group" aria-label={say('kiosk.type-title')}>
          {ROWS.map((row) => (
            <div key={row} className="type-number__row">
              {[...row].map((sign) => (
                <AriaButton key={sign} className="kiosk-key" onPress={() => setText(text + sign)} preventFocusOnPress>
                  {sign}
                </AriaButton>
              ))}
              {row.startsWith('S') ? (
                <AriaButton
                  className="kiosk-key"
                  aria-label={say('kiosk.type-delete')}
                  onPress={() => setText(text.slice(0, -1))}
                  preventFocusOnPress
                >
                  <Delete aria-hidden />
                </AriaButton>
              ) : null}
            </div>
          ))}
        </div>
        <KioskButton tone="primary" isDisabled={text.trim() === ''} onPress={submit}>
          {say('kiosk.type-done')}
        </KioskButton>
      </form>
    </Dialog>
  )
}
