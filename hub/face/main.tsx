import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './face.css'
import { App } from './app.tsx'
import { showLook } from './look.ts'

showLook()
const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place to draw in')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
