import { Check } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'

export function DoneStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'done' }>; act: KioskAct }) {
  const words = useWords()
  const amount = words.money(kiosk.amount_cents, kiosk.currency)
  const { state } = kiosk.print
  return (
    <section className="kiosk-step">
      <ToneSign tone="good" size={140} />
      <h1 className="kiosk-step__title">{words.say('kiosk.done')}</h1>
      <p className="kiosk-step__hint">
        {words.say('kiosk.done-amount', { amount, tender: words.say(`tender.${kiosk.to}`) })}
      </p>
      <p className="kiosk-step__hint">{words.say('kiosk.done-place')}</p>
      <p className="kiosk-step__number">{words.say('kiosk.done-number', { number: kiosk.returnNumber })}</p>
      <p className="kiosk-step__hint" role="status">
        {state === 'printed' || state === 'printing' || state === 'waiting'
          ? words.say('kiosk.take-paper')
          : words.say('kiosk.no-paper')}
      </p>
      <div className="kiosk-step__acts">
        <KioskButton tone="primary" icon={Check} onPress={() => act({ do: 'finish' })}>
          {words.say('kiosk.finish')}
        </KioskButton>
      </div>
    </section>
  )
}
