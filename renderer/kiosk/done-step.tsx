import { Check } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'
import { comesOut } from './comes-out.ts'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'

/** Three things are left to do, in their order: the label, the slot, the paper. */
export function DoneStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'done' }>; act: KioskAct }) {
  const words = useWords()
  const amount = words.money(kiosk.amount_cents, kiosk.currency)
  return (
    <section className="kiosk-step">
      <ToneSign tone="good" size={120} />
      <h1 className="kiosk-step__title">{words.say('kiosk.done')}</h1>
      <p className="kiosk-step__hint">
        {kiosk.voucher === null
          ? words.say('kiosk.done-amount', { amount })
          : words.say('kiosk.done-voucher', { amount })}
      </p>
      {kiosk.voucher === null ? null : <p className="kiosk-step__number" dir="ltr">{kiosk.voucher}</p>}
      <ol className="kiosk-tasks">
        {kiosk.label === 'none' ? null : (
          <li>{words.say(kiosk.label === 'not-printed' ? 'kiosk.label-missing' : 'kiosk.label-stick')}</li>
        )}
        <li>{kiosk.slot === null ? words.say('kiosk.done-place') : words.say('kiosk.slot', { slot: kiosk.slot })}</li>
        <li>{words.say(comesOut(kiosk.print) ? 'kiosk.take-paper' : 'kiosk.no-paper')}</li>
      </ol>
      <p className="kiosk-step__number">{words.say('kiosk.done-number', { number: kiosk.returnNumber })}</p>
      <div className="kiosk-step__acts">
        <KioskButton tone="primary" icon={Check} onPress={() => act({ do: 'finish' })}>
          {words.say('kiosk.finish')}
        </KioskButton>
      </div>
    </section>
  )
}
