import { CreditCard, X } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'

/** The card terminal has the word; nobody is hurried meanwhile. */
export function PayingStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'paying-out' | 'paying' }>; act: KioskAct }) {
  const words = useWords()
  return (
    <section className="kiosk-step">
      <CreditCard className="kiosk-step__sign" size={140} aria-hidden />
      <h1 className="kiosk-step__title">{words.say(kiosk.outcome === 'asked' ? 'kiosk.hold-card' : 'kiosk.card-checking')}</h1>
      <output className="amount kiosk-step__amount">{words.money(kiosk.amount_cents, kiosk.currency)}</output>
      <p className="kiosk-step__hint">{words.say(kiosk.at === 'paying' ? 'kiosk.pay-card-text' : 'kiosk.hold-card-text')}</p>
      {kiosk.outcome === 'asked' ? (
        <div className="kiosk-step__acts">
          <KioskButton icon={X} onPress={() => act({ do: 'cancel-card' })}>
            {words.say('kiosk.cancel-card')}
          </KioskButton>
        </div>
      ) : null}
    </section>
  )
}
