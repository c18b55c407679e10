import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useWords } from '../words/words-context.tsx'
import { KioskButton } from './kiosk-frame.tsx'
import { TypeNumber } from './type-number.tsx'

export function ScanStep({ kiosk }: { kiosk: Extract<KioskView, { at: 'scan' }> }) {
  const { say } = useWords()
  const [types, setTypes] = useState(false)
  return (
    <section className="kiosk-step">
      <ScannerPicture />
      <h1 className="kiosk-step__title">{say(kiosk.hasPad ? 'kiosk.scan-or-lay' : 'kiosk.scan')}</h1>
      <p className="kiosk-step__hint">
        {kiosk.fromReceipt !== null
          ? say('kiosk.from-receipt', { count: kiosk.fromReceipt })
          : say(kiosk.task === 'return' ? 'kiosk.scan-return' : 'kiosk.scan-check')}
      </p>
      <div className="kiosk-step__acts">
        <KioskButton icon={Keyboard} onPress={() => setTypes(true)}>
          {say('kiosk.type')}
        </KioskButton>
      </div>
      {types ? <TypeNumber onClose={() => setTypes(false)} /> : null}
    </section>
  )
}

/** A thing held under the scanner's window. */
export function ScannerPicture() {
  return (
    <svg className="scanner-picture" viewBox="0 0 320 220" aria-hidden focusable="false">
      <path className="scanner-picture__house" d="M96 10h128a12 12 0 0 1 12 12v22H84V22a12 12 0 0 1 12-12z" />
      <path className="scanner-picture__light" d="M108 44h104l44 104H64z" />
      <path className="scanner-picture__thing" d="M84 128h152a10 10 0 0 1 10 10v58a10 10 0 0 1-10 10H84a10 10 0 0 1-10-10v-58a10 10 0 0 1 10-10z" />
      <path
        className="scanner-picture__bars"
        d="M104 148h6v38h-6zM116 148h3v38h-3zM126 148h9v38h-9zM141 148h3v38h-3zM150 148h5v38h-5zM162 148h9v38h-9zM178 148h3v38h-3zM188 148h5v38h-5zM200 148h3v38h-3zM209 148h7v38h-7z"
      />
      <path className="scanner-picture__beam" d="M92 167h136" />
    </svg>
  )
}
