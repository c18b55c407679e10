import { AArrowUp, Contrast, MoveDown, Volume2 } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import { useWords } from '../words/words-context.tsx'
import { maySpeak, type KioskAccess } from './kiosk-access.ts'

const SIGNS: readonly { readonly what: keyof KioskAccess; readonly icon: LucideIcon }[] = [
  { what: 'speech', icon: Volume2 },
  { what: 'large', icon: AArrowUp },
  { what: 'contrast', icon: Contrast },
  { what: 'low', icon: MoveDown },
]

interface AccessBarProps {
  readonly access: KioskAccess
  readonly onToggle: (what: keyof KioskAccess) => void
}

/** On every screen and at its lower edge: nobody has to find a setting before he can read the screen. */
export function AccessBar({ access, onToggle }: AccessBarProps) {
  const { say } = useWords()
  return (
    <div className="access-bar" role="group" aria-label={say('kiosk.access')}>
      {SIGNS.filter(({ what }) => what !== 'speech' || maySpeak()).map(({ what, icon: Icon }) => (
        <ToggleButton key={what} className="access-bar__button" isSelected={access[what]} onChange={() => onToggle(what)}>
          <Icon size={32} aria-hidden />
          <span>{say(`kiosk.access-${what}`)}</span>
        </ToggleButton>
      ))}
    </div>
  )
}
