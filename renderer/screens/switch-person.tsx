import { useState } from 'react'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Dialog } from '../parts/dialog.tsx'
import { PinPad } from '../parts/pin-pad.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'
import { StaffTiles } from '../parts/staff-tiles.tsx'
import { useWords } from '../words/words-context.tsx'

interface SwitchPersonProps {
  /** Whose badge was under the scanner; null: one of the tiles. */
  readonly badgeOf: string | null
  readonly onClose: () => void
}

/** Another cashier takes over: a tile or a badge, then the PIN. The sale of the one before waits for its own cashier. */
export function SwitchPerson({ badgeOf, onClose }: SwitchPersonProps) {
  const words = useWords()
  const store = useDeskStore()
  const { session } = useDesk()
  const own = session.at === 'signed-in' ? session.person.staffId : null
  const people = useAnswer((core) => core.session.people(), 0)
  const [chosenId, setChosenId] = useState<string | null>(badgeOf)
  const others = (people ?? []).filter((tile) => tile.staffId !== own)
  const chosen = others.find((tile) => tile.staffId === chosenId) ?? (others.length === 1 ? others[0] : undefined)
  return (
    <Dialog title={words.say('sign-in.switch')} width="wide" onClose={onClose}>
      <div className="step-up">
        <section className="step-up__what">
          <p className="prose">{words.say('sign-in.switch-text')}</p>
          <StaffTiles staff={others} chosenId={chosen?.staffId ?? null} onChoose={setChosenId} />
        </section>
        <section className="step-up__pin" aria-live="polite">
          {chosen === undefined ? (
            <p className="sign-in__wait">{words.say('sign-in.choose')}</p>
          ) : (
            <PinPad
              key={chosen.staffId}
              title={words.say('sign-in.pin-of', { name: chosen.name })}
              doLabel={words.say('sign-in.enter')}
              onPin={async (pin) => {
                const done = await store.act((core) => core.session.signIn({ staffId: chosen.staffId, pin }))
                if (done) onClose()
                return done
              }}
            />
          )}
          <RefusalLine />
        </section>
      </div>
    </Dialog>
  )
}
