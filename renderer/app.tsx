import { useState } from 'react'
import { useDeskState } from './desk/desk-context.ts'
import { HotkeyLayer, useHotkeyListener } from './keys/hotkeys.tsx'
import { useHomeFocus } from './keys/home-focus.ts'
import { KioskApp } from './kiosk/kiosk-app.tsx'
import { MendingScreen } from './screens/mending-screen.tsx'
import { StaffApp } from './screens/staff-app.tsx'
import { WaitingScreen } from './screens/waiting-screen.tsx'
import { Speaking } from './words/words-context.tsx'
import { browserLanguage } from './words/browser-language.ts'

/** One window: it waits, or it draws the view of its seat. */
export function App() {
  const { link, view, refusal } = useDeskState()
  // Once a start has found the file damaged, this stays in front until somebody has chosen and goes on.
  const [isDamaged, setDamaged] = useState(false)
  if (refusal?.code === 'file-damaged' && !isDamaged) setDamaged(true)
  useHotkeyListener()
  useHomeFocus()
  return (
    <HotkeyLayer>
      {isDamaged ? (
        <Speaking language={view?.language ?? browserLanguage()}>
          <MendingScreen />
        </Speaking>
      ) : view === null ? (
        <Speaking language={browserLanguage()}>
          <WaitingScreen link={link} />
        </Speaking>
      ) : view.seat === 'kiosk' ? (
        <KioskApp />
      ) : (
        <Speaking language={view.language} timeZone={view.store.timeZone}>
          <StaffApp />
        </Speaking>
      )}
    </HotkeyLayer>
  )
}
