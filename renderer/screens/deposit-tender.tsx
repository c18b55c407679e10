import { useState } from 'react'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/words-context.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'

/** For whom the goods wait: the money on the table becomes a deposit, the rest is paid when they are fetched. */
export function DepositTender({ flowId, onClose }: { flowId: string; onClose: () => void }) {
  const words = useWords()
  const store = useDeskStore()
  const [name, setName] = useState('')
  const leave = () => {
    if (name.trim() === '') return
    void store.act((core) => core.sale.act({ flowId, action: { do: 'leave-deposit', name: name.trim() } })).then((done) => {
      if (done) onClose()
    })
  }
  return (
    <Dialog title={words.say('pay.leave-deposit')} width="narrow" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          leave()
        }}
      >
        <label className="field">
          <span className="field__label">{words.say('pay.deposit-name')}</span>
          <input
            className="field__input"
            type="text"
            dir="auto"
            value={name}
            maxLength={80}
            autoComplete="off"
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <p className="muted">{words.say('pay.deposit-text')}</p>
        <RefusalLine />
        <footer className="dialog__feet">
          <Button onPress={onClose}>{words.say('app.cancel')}</Button>
          <Button tone="primary" hotkey={KEYS.confirm} isDisabled={name.trim() === ''} onPress={leave}>
            {words.say('pay.leave-deposit')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
