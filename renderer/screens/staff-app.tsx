import { useState } from 'react'
import type { FrontView } from '../../contract/desk-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { useBrowserLanguage } from '../desk/use-browser-language.ts'
import { useStaySignedIn } from '../desk/stay-signed-in.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { KEYS } from '../keys/keymap.ts'
import { FrontPanel } from '../panels/front-panel.tsx'
import { StepUpWhenAsked } from '../parts/step-up.tsx'
import { ExchangeScreen } from './exchange-screen.tsx'
import { hasHint, Hint } from './hint.tsx'
import { CheckScreen } from './check-screen.tsx'
import { HomeScreen } from './home-screen.tsx'
import type { OpenPanel, Panel } from './panel-name.ts'
import { ReturnScreen } from './return-screen.tsx'
import { SaleScreen } from './sale-screen.tsx'
import { SetUpScreen } from './set-up-screen.tsx'
import { SignInScreen } from './sign-in-screen.tsx'
import { TradeInScreen } from './trade-in-screen.tsx'
import { StaffFrame } from './staff-frame.tsx'
import { SwitchPerson } from './switch-person.tsx'

/** Counter and service seats. */
export function StaffApp() {
  const desk = useDesk()
  const { stepUp } = useDeskState()
  const store = useDeskStore()
  const { session } = desk
  const personId = session.at === 'signed-in' ? session.person.staffId : null
  const [opened, setOpened] = useState<{ readonly panel: Panel; readonly by: string | null } | null>(null)
  const [switches, setSwitches] = useState(false)
  // A badge beside the person at the till is a colleague who steps up, or else one who takes over.
  const badge = session.at === 'signed-in' && stepUp === null ? session.badge : null
  const [seenBadge, setSeenBadge] = useState<string | null>(null)
  useBrowserLanguage()
  useStaySignedIn(personId !== null)
  useHotkey(KEYS.switchPerson, () => setSwitches(true), personId !== null)
  useHotkey(KEYS.lock, () => void store.act((core) => core.session.signOut()), personId !== null)
  // What one person looked at is not open before the next one.
  const panel = opened !== null && opened.by === personId ? opened.panel : null
  const setPanel = (next: Panel | null) => setOpened(next === null ? null : { panel: next, by: personId })
  if (desk.session.at === 'set-up') return <SetUpScreen />
  if (desk.session.at === 'signed-out') return <SignInScreen key={desk.session.chosen ?? ''} staff={desk.session.staff} badgeOf={desk.session.chosen} />
  return (
    <>
      <StaffFrame hint={hasHint(desk.front) ? <Hint front={desk.front} /> : null} openPanel={setPanel} onSwitch={() => setSwitches(true)}>
        <Front front={desk.front} openPanel={setPanel} />
      </StaffFrame>
      {panel === null ? null : <FrontPanel panel={panel} openPanel={setPanel} onClose={() => setPanel(null)} />}
      <StepUpWhenAsked />
      {switches || (badge !== null && badge !== seenBadge) ? (
        <SwitchPerson
          key={badge ?? ''}
          badgeOf={badge}
          onClose={() => {
            setSwitches(false)
            setSeenBadge(badge)
          }}
        />
      ) : null}
    </>
  )
}

function Front({ front, openPanel }: { front: FrontView; openPanel: OpenPanel }) {
  switch (front.screen) {
    case 'home':
      return <HomeScreen openPanel={openPanel} />
    case 'sale':
      return <SaleScreen sale={front.sale} openPanel={openPanel} />
    case 'return':
      return <ReturnScreen flow={front.return} openPanel={openPanel} />
    case 'check':
      return <CheckScreen flow={front.check} openPanel={openPanel} />
    case 'exchange':
      return <ExchangeScreen flow={front.exchange} />
    case 'trade-in':
      return <TradeInScreen flow={front.tradeIn} openPanel={openPanel} />
    case 'kiosk':
      // A kiosk has its own window; a staffed one has nothing to show for it.
      return null
    default:
      return unreachable(front)
  }
}
