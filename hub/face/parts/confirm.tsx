import { Button } from '../../../renderer/parts/button.tsx'
import { Dialog } from '../../../renderer/parts/dialog.tsx'
import { useAct } from '../use-call.ts'
import { TroubleLine } from './trouble-line.tsx'

interface ConfirmProps<Answer> {
  readonly title: string
  /** What follows for the tills, for other systems or for a person. */
  readonly follows: string
  /** The words of the button that does it: the same as of the one that asked for it. */
  readonly does: string
  readonly call: () => Promise<Answer>
  readonly onDone: (answer: Answer) => void
  readonly onClose: () => void
}

/** Asks once more before what one press beside another must not do, and says what follows from it. */
export function Confirm<Answer>({ title, follows, does, call, onDone, onClose }: ConfirmProps<Answer>) {
  const { act, busy, trouble } = useAct()
  const send = () => act(call, (answer) => {
    onDone(answer)
    onClose()
  })
  return (
    <Dialog title={title} onClose={onClose} isAlert>
      <p>{follows}</p>
      <TroubleLine trouble={trouble} />
      <div className="dialog__feet"><Button tone="danger" isDisabled={busy} onPress={send}>{does}</Button></div>
    </Dialog>
  )
}
