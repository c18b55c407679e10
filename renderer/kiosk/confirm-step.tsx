import { CreditCard, Ticket } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'
import { PublicUnit } from './public-unit.tsx'

const SIGNS = { card: CreditCard, voucher: Ticket } as const

/** The amount before anything else, and every way in which it can go back. */
export function ConfirmStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'confirm' }>; act: KioskAct }) {
  const words = useWords()
  return (
    <section className="kiosk-step kiosk-step--wide">
      <PublicUnit unit={kiosk.unit} />
      <h1 className="kiosk-step__title">{words.say('kiosk.confirm')}</h1>
      <output className="amount kiosk-step__amount">{words.money(kiosk.amount_cents, kiosk.currency)}</output>
      {kiosk.deducted_cents === 0 ? null : (
        <p className="kiosk-step__hint">{words.say('kiosk.deducted', { amount_cents: kiosk.deducted_cents, currency: kiosk.currency })}</p>
      )}
      {kiosk.isAsking ? (
        <p className="kiosk-step__hint" role="status">
          {words.say('kiosk.asking')}
        </p>
      ) : null}
      <div className="kiosk-step__acts">
        {kiosk.ways.map((way, place) => (
          <KioskButton
            key={way}
            tone={place === 0 ? 'primary' : 'plain'}
            icon={SIGNS[way]}
            isDisabled={kiosk.isAsking}
            onPress={() => act({ do: 'refund', as: way })}
          >
            {words.say(`kiosk.as-${way}`)}
          </KioskButton>
        ))}
      </div>
    </section>
  )
}
