import { useDeskState } from './desk/desk-context.ts'
import { HotkeyLayer, useHotkeyListener } from './keys/hotkeys.tsx'
import { useHomeFocus } from './keys/home-focus.ts'
import { KioskApp } from './kiosk/kiosk-app.tsx'
import { StaffApp } from './screens/staff-app.tsx'
import { WaitingScreen } from './screens/waiting-screen.tsx'
import { Speaking } from './words/words-context.tsx'
import { browserLanguage } from './words/browser-language.ts'

/** One window: it waits, or it draws the view of its seat. */
export function App() {
  const { link, view } = useDeskState()
  useHotkeyListener()
  useHomeFocus()
  return (
    <HotkeyLayer>
      {view === null ? (
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
