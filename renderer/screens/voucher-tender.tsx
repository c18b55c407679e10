import { useState } from 'react'
import type { Cents } from '../../contract/money.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { useScanCatcher } from '../desk/scan-route.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/words-context.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'

interface VoucherTenderProps {
  readonly flowId: string
  /** As much of it as goes: what is not needed stays on the voucher. */
  readonly amount_cents: Cents
  readonly onClose: () => void
}

/** A voucher or a store credit by its number: scanned, or typed with or without its hyphens. */
export function VoucherTender({ flowId, amount_cents, onClose }: VoucherTenderProps) {
  const words = useWords()
  const store = useDeskStore()
  const [text, setText] = useState('')
  const take = (number: string) => {
    if (number.trim() === '') return
    const credit = number.trim().replace(/^countermark:voucher:/u, '')
    void store
      .act((core) => core.sale.act({ flowId, action: { do: 'tender', kind: 'voucher', given_cents: amount_cents, credit } }))
      .then((taken) => {
        if (taken) onClose()
      })
  }
  useScanCatcher(take)
  return (
    <Dialog title={words.say('pay.voucher')} width="narrow" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          take(text)
        }}
      >
        <label className="field">
          <span className="field__label">{words.say('pay.voucher-number')}</span>
          <input
            className="field__input"
            type="text"
            dir="ltr"
            value={text}
            maxLength={64}
            autoComplete="off"
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p className="muted">{words.say('pay.voucher-text')}</p>
        <RefusalLine />
        <footer className="dialog__feet">
          <Button onPress={onClose}>{words.say('app.cancel')}</Button>
          <Button tone="primary" hotkey={KEYS.confirm} isDisabled={text.trim() === ''} onPress={() => take(text)}>
            {words.say('pay.take-voucher')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
