import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import type { StaffTile } from '../../contract/staff-tile.ts'
import { useDesk, useDeskStore } from '../desk/desk-context.ts'
import { Mark } from '../parts/mark.tsx'
import { PinPad } from '../parts/pin-pad.tsx'
import { RefusalLine } from '../parts/refusal-line.tsx'
import { StaffTiles } from '../parts/staff-tiles.tsx'
import { useWords } from '../words/words-context.tsx'
import { WindowMenu } from './window-menu.tsx'

/** Who is at the till: a tile or a badge, then a PIN. With one person only there is nothing to choose. */
export function SignInScreen({ staff, badgeOf }: { staff: readonly StaffTile[]; badgeOf: string | null }) {
  const words = useWords()
  const desk = useDesk()
  const store = useDeskStore()
  const [chosenId, setChosenId] = useState<string | null>(badgeOf)
  const chosen = staff.find((tile) => tile.staffId === chosenId) ?? (staff.length === 1 ? staff[0] : undefined)
  return (
    <div className="sign-in">
      <header className="sign-in__head">
        <Mark size={40} />
        <span className="sign-in__name">{words.say('app.name')}</span>
        <span className="muted">{words.say('app.till-of', { till: desk.till.name, store: desk.store.name })}</span>
        {desk.demo ? <span className="demo-mark">{words.say('app.demo-long')}</span> : null}
        <WindowMenu />
      </header>
      <main className="sign-in__main" id="main">
        <section className="sign-in__who">
          <h1 className="sign-in__title">{words.say('sign-in.title')}</h1>
          {staff.length === 0 ? <p className="prose">{words.say('sign-in.nobody')}</p> : null}
          <StaffTiles staff={staff} chosenId={chosen?.staffId ?? null} onChoose={setChosenId} />
        </section>
        <section className="sign-in__pin card" aria-live="polite">
          {chosen === undefined ? (
            <p className="sign-in__wait">
              <LockKeyhole size={40} aria-hidden />
              {words.say('sign-in.choose')}
            </p>
          ) : (
            <PinPad
              key={chosen.staffId}
              title={words.say('sign-in.pin-of', { name: chosen.name })}
              doLabel={words.say('sign-in.enter')}
              onPin={(pin) => store.act((core) => core.session.signIn({ staffId: chosen.staffId, pin }))}
            />
          )}
          <RefusalLine />
        </section>
      </main>
    </div>
  )
}
