import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { ApprovalFor } from '../../contract/return-view.ts'
import { useMay } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ReasonChoice } from '../parts/reason-choice.tsx'
import { useWords } from '../words/words-context.tsx'

interface ApproveButtonProps {
  readonly why: readonly ApprovalFor[]
  readonly label?: 'return.approve' | 'return.cannot-scan'
  readonly onApprove: (note: string) => void
}

/**
 * Who may approve says why and does it; for everybody else the act is asked for and refused for want of the right, which
 * the frame of the screen turns into the offer that a colleague answers for it.
 */
export function ApproveButton({ why, label = 'return.approve', onApprove }: ApproveButtonProps) {
  const words = useWords()
  const own = useMay('approve-return')
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const isMain = label === 'return.approve'
  return (
    <>
      <Button
        tone={isMain ? 'primary' : 'plain'}
        size={isMain ? 'huge' : 'medium'}
        icon={ShieldCheck}
        {...(isMain ? { hotkey: KEYS.finish } : {})}
        onPress={() => (own ? setAsking(true) : onApprove(''))}
      >
        {words.say(label)}
      </Button>
      {asking ? (
        <Dialog title={words.say('return.approve-title')} width="medium" onClose={() => setAsking(false)}>
          <ul className="rows">
            {why.map((doubt) => (
              <li key={doubt} className="prose">
                {words.say(`approval-for.${doubt}`)}
              </li>
            ))}
          </ul>
          <ReasonChoice codes={['looked-at-it', 'goodwill', 'practice']} said={reason} onSay={setReason} />
          <Button
            tone="primary"
            size="large"
            icon={ShieldCheck}
            hotkey={KEYS.finish}
            isDisabled={reason.trim() === ''}
            onPress={() => {
              onApprove(reason.trim())
              setAsking(false)
            }}
          >
            {words.say('return.approve-do')}
          </Button>
        </Dialog>
      ) : null}
    </>
  )
}
