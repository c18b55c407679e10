import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Right } from '../../contract/roles.ts'
import { ACT_REASON_CODES, type ActReasonCode } from '../../contract/words/codes.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import type { StepUp } from '../desk/desk-store.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { useWords } from '../words/words-context.tsx'
import { Dialog } from './dialog.tsx'
import { PinPad } from './pin-pad.tsx'
import { ReasonChoice } from './reason-choice.tsx'
import { RefusalLine } from './refusal-line.tsx'
import { StaffTiles } from './staff-tiles.tsx'

/** What is usually said, by the right that is lent; the last words are always one's own. */
const REASONS: Readonly<Partial<Record<Right, readonly ActReasonCode[]>>> = {
  'void-sale': ['customer-changed-mind', 'scanned-by-mistake', 'cannot-pay', 'practice'],
  'void-line': ['customer-changed-mind', 'scanned-by-mistake', 'cannot-pay', 'practice'],
  'discount': ['price-on-shelf', 'price-elsewhere', 'damaged-packaging', 'goodwill', 'staff-price'],
  'override-price': ['price-on-shelf', 'price-elsewhere', 'damaged-packaging', 'goodwill', 'staff-price'],
  'open-drawer': ['change-needed', 'scanned-by-mistake', 'practice'],
  'pay-out': ['petty-cash', 'postage', 'change-needed', 'goodwill', 'practice'],
  'reprint': ['paper-lost', 'printer-trouble', 'practice'],
  'override-verdict': ['looked-at-it', 'goodwill', 'practice'],
  'approve-return': ['looked-at-it', 'goodwill', 'practice'],
}

/** Drawn by the frame of staff screens, whatever was refused: a right that lacks is an offer and never a dead end. */
export function StepUpWhenAsked() {
  const { stepUp } = useDeskState()
  return stepUp === null ? null : <StepUpDialog key={stepUp.id} stepUp={stepUp} />
}

/** Who answers for it, why, and the PIN. The act is done at once, and the person at the till stays signed in. */
function StepUpDialog({ stepUp }: { stepUp: StepUp }) {
  const words = useWords()
  const store = useDeskStore()
  const { session } = useDesk()
  const lenders = useAnswer((core) => core.session.lenders({ right: stepUp.right }), stepUp.right)
  const [reason, setReason] = useState(stepUp.said)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const own = session.at === 'signed-in' ? session.person : null
  const badge = session.at === 'signed-in' ? session.badge : null
  const others = (lenders ?? []).filter((tile) => tile.staffId !== own?.staffId)
  const chosen = others.find((tile) => tile.staffId === (chosenId ?? badge)) ?? (others.length === 1 ? others[0] : undefined)
  const said = reason.trim()
  return (
    <Dialog title={words.say('step-up.title')} width="wide" isAlert onClose={store.dismissStepUp}>
      <div className="step-up">
        <section className="step-up__what">
          <p className="step-up__right">
            <ShieldCheck size={28} aria-hidden />
            {words.say(`right.${stepUp.right}`)}
          </p>
          <p className="prose">{words.say('step-up.text', { name: own?.name ?? '' })}</p>
          <ReasonChoice codes={REASONS[stepUp.right] ?? ACT_REASON_CODES.slice(-2)} said={reason} onSay={setReason} />
          {lenders !== null && others.length === 0 ? (
            <p className="tone tone--stop step-up__nobody">{words.say('step-up.nobody')}</p>
          ) : (
            <>
              <p className="choices__label">{words.say('step-up.who')}</p>
              <StaffTiles staff={others} chosenId={chosen?.staffId ?? null} onChoose={setChosenId} />
            </>
          )}
        </section>
        <section className="step-up__pin" aria-live="polite">
          {chosen === undefined || said === '' ? (
            <p className="sign-in__wait">
              <ShieldCheck size={40} aria-hidden />
              {words.say(said === '' ? 'step-up.needs-reason' : 'step-up.badge')}
            </p>
          ) : (
            <PinPad
              key={chosen.staffId}
              title={words.say('sign-in.pin-of', { name: chosen.name })}
              doLabel={words.say('step-up.do')}
              onPin={(pin) => store.lend({ staffId: chosen.staffId, pin, reason: said })}
            />
          )}
          <RefusalLine />
        </section>
      </div>
    </Dialog>
  )
}
