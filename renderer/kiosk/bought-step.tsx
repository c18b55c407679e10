import { Check } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'
import { comesOut } from './comes-out.ts'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'

/** Paid: the number of the receipt stands here too, for where no paper comes out. */
export function BoughtStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'bought' }>; act: KioskAct }) {
  const words = useWords()
  return (
    <section className="kiosk-step">
      <ToneSign tone="good" size={120} />
      <h1 className="kiosk-step__title">{words.say('kiosk.done')}</h1>
      <p className="kiosk-step__hint">{words.say('kiosk.bought-amount', { amount: words.money(kiosk.amount_cents, kiosk.currency) })}</p>
      <p className="kiosk-step__hint">{words.say(comesOut(kiosk.print) ? 'kiosk.take-paper' : 'kiosk.no-paper')}</p>
      <p className="kiosk-step__number">{words.say('kiosk.bought-number', { number: kiosk.receiptNumber })}</p>
      <div className="kiosk-step__acts">
        <KioskButton tone="primary" icon={Check} onPress={() => act({ do: 'finish' })}>
          {words.say('kiosk.finish')}
        </KioskButton>
      </div>
    </section>
  )
}
