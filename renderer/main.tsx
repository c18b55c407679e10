import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/all.css'
import { App } from './app.tsx'
import { connect } from './connect.ts'
import { DeskContext } from './desk/desk-context.ts'
import { openDeskStore } from './desk/desk-store.ts'
import { routeScan, withoutAim } from './desk/scan-route.ts'
import { setWedgeHint } from './desk/wedge-hint.ts'
import { itWasAScan } from './keys/until-no-scan.ts'
import { attachWindowWedge } from './wedge/window-wedge.ts'
import { showLook } from './window-settings.ts'

showLook()
const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place to draw in')
const store = openDeskStore(connect)
// Before every other listener for keys: what a scanner types is never a hotkey.
attachWindowWedge(window, {
  scan: (scanned) =>
    routeScan(scanned, (all) => {
      const { text, aim } = withoutAim(all)
      void store.scan(text, 'wedge', aim)
    }),
  burst: itWasAScan,
  hint: (hint) => {
    if (hint.kind === 'caps-lock') setWedgeHint('caps-lock')
    else if (!hint.sure) setWedgeHint('layout')
  },
})
createRoot(place).render(
  <StrictMode>
    <DeskContext value={store}>
      <App />
    </DeskContext>
  </StrictMode>,
)
