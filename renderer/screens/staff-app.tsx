import { useState } from 'react'
import type { FrontView } from '../../contract/desk-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDesk } from '../desk/desk-context.ts'
import { FrontPanel } from '../panels/front-panel.tsx'
import { StepUpWhenAsked } from '../parts/step-up.tsx'
import { hasHint, Hint } from './hint.tsx'
import { CheckScreen } from './check-screen.tsx'
import { HomeScreen } from './home-screen.tsx'
import type { OpenPanel, Panel } from './panel-name.ts'
import { ReturnScreen } from './return-screen.tsx'
import { SaleScreen } from './sale-screen.tsx'
import { SetUpScreen } from './set-up-screen.tsx'
import { SignInScreen } from './sign-in-screen.tsx'
import { StaffFrame } from './staff-frame.tsx'

/** Counter and service seats. */
export function StaffApp() {
  const desk = useDesk()
  const [panel, setPanel] = useState<Panel | null>(null)
  if (desk.session.at === 'set-up') return <SetUpScreen />
  if (desk.session.at === 'signed-out') return <SignInScreen key={desk.session.chosen ?? ''} staff={desk.session.staff} badgeOf={desk.session.chosen} />
  return (
    <>
      <StaffFrame hint={hasHint(desk.front) ? <Hint front={desk.front} /> : null} openPanel={setPanel}>
        <Front front={desk.front} openPanel={setPanel} />
      </StaffFrame>
      {panel === null ? null : <FrontPanel panel={panel} openPanel={setPanel} onClose={() => setPanel(null)} />}
      <StepUpWhenAsked />
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
      return <ReturnScreen flow={front.return} />
    case 'check':
      return <CheckScreen flow={front.check} openPanel={openPanel} />
    case 'kiosk':
      // A kiosk has its own window; a staffed one has nothing to show for it.
      return null
    default:
      return unreachable(front)
  }
}
