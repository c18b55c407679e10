import { Check } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'
import { PublicUnit } from './public-unit.tsx'

export function ConfirmStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'confirm' }>; act: KioskAct }) {
  const words = useWords()
  return (
    <section className="kiosk-step kiosk-step--wide">
      <PublicUnit unit={kiosk.unit} />
      <h1 className="kiosk-step__title">{words.say('kiosk.confirm')}</h1>
      <output className="amount kiosk-step__amount">{words.money(kiosk.amount_cents, kiosk.currency)}</output>
      <p className="kiosk-step__hint">{words.say('kiosk.confirm-to', { tender: words.say(`tender.${kiosk.to}`) })}</p>
      <div className="kiosk-step__acts">
        <KioskButton tone="primary" icon={Check} onPress={() => act({ do: 'refund' })}>
          {words.say('kiosk.confirm-do')}
        </KioskButton>
      </div>
    </section>
  )
}
