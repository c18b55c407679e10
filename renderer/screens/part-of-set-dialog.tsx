import { PackageOpen, Package } from 'lucide-react'
import { useState } from 'react'
import type { SaleAction, SaleView } from '../../contract/sale-view.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ReasonChoice } from '../parts/reason-choice.tsx'
import { useWords } from '../words/words-context.tsx'

interface PartOfSetDialogProps {
  readonly part: NonNullable<Extract<SaleView, { at: 'open' }>['partOfSet']>
  readonly act: (action: SaleAction) => void
}

const REASONS = ['customer-changed-mind', 'damaged-packaging', 'goodwill'] as const

/** A piece of a set was scanned alone: the whole set is one key, taking it apart wants a reason and somebody's right. */
export function PartOfSetDialog({ part, act }: PartOfSetDialogProps) {
  const { say } = useWords()
  const [isTakingOut, setTakingOut] = useState(false)
  const [reason, setReason] = useState('')
  const takeOut = () => {
    if (reason.trim() !== '') act({ do: 'take-out-of-set', reason: reason.trim() })
  }
  const serial = part.setSerial ?? ''
  return (
    <Dialog title={say('set.title')} width="narrow" isAlert onClose={() => act({ do: 'dismiss-question' })}>
      <p className="prose">
        <bdi>{say('set.text', { name: part.name, set: part.set, serial })}</bdi>
      </p>
      {isTakingOut ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            takeOut()
          }}
        >
          <ReasonChoice codes={REASONS} said={reason} onSay={setReason} />
          <footer className="dialog__feet">
            <Button onPress={() => setTakingOut(false)}>{say('app.cancel')}</Button>
            <Button tone="primary" icon={PackageOpen} hotkey={KEYS.confirm} isDisabled={reason.trim() === ''} onPress={takeOut}>
              {say('set.take-out')}
            </Button>
          </footer>
        </form>
      ) : (
        <div className="stack stranger">
          <Button tone="primary" size="large" icon={Package} hotkey="F1" onPress={() => act({ do: 'take-whole-set' })}>
            {say('set.take-whole')}
          </Button>
          <Button size="large" icon={PackageOpen} hotkey="F2" onPress={() => setTakingOut(true)}>
            {say('set.take-out')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
