import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/all.css'
import { App } from './app.tsx'
import { connect } from './connect.ts'
import { DeskContext } from './desk/desk-context.ts'
import { openDeskStore } from './desk/desk-store.ts'
import { routeScan, withoutAim } from './desk/scan-route.ts'
import { setWedgeHint } from './desk/wedge-hint.ts'
import { DisplayApp } from './display/display-app.tsx'
import { followTill } from './display/display-store.ts'
import { itWasAScan } from './keys/until-no-scan.ts'
import { attachWindowWedge } from './wedge/window-wedge.ts'
import { showLook } from './window-settings.ts'

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place to draw in')
const isDisplay = new URLSearchParams(window.location.hash.slice(1)).has('display')
createRoot(place).render(<StrictMode>{isDisplay ? display() : till()}</StrictMode>)

/** The customer's screen. Its line decides what it may see; the address only says what to draw. */
function display(): ReactNode {
  followTill()
  return <DisplayApp />
}

function till(): ReactNode {
  showLook()
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
  return (
    <DeskContext value={store}>
      <App />
    </DeskContext>
  )
}
