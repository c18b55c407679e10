import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/all.css'
import { App } from './app.tsx'
import { connect } from './connect.ts'
import { DeskContext } from './desk/desk-context.ts'
import { openDeskStore } from './desk/desk-store.ts'
import { showLook } from './window-settings.ts'

showLook()
const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place to draw in')
const store = openDeskStore(connect)
createRoot(place).render(
  <StrictMode>
    <DeskContext value={store}>
      <App />
    </DeskContext>
  </StrictMode>,
)
