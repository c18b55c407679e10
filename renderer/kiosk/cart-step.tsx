import { CreditCard, Keyboard, Minus, Plus, Trash2, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { KioskCartLine, KioskView } from '../../contract/kiosk-view.ts'
import { Dialog } from '../parts/dialog.tsx'
import { ProductPicture } from '../parts/product-picture.tsx'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'
import { ScannerPicture } from './scan-step.tsx'
import { TypeNumber } from './type-number.tsx'

type Cart = Extract<KioskView, { at: 'cart' }>

/** Everything that was scanned, with its picture and its price; the sum stands still below, with the one key that pays. */
export function CartStep({ kiosk, act }: { kiosk: Cart; act: KioskAct }) {
  const { say, money } = useWords()
  const [types, setTypes] = useState(false)
  const isEmpty = kiosk.lines.length === 0
  return (
    <section className="kiosk-step kiosk-step--wide">
      {isEmpty ? <ScannerPicture /> : null}
      <h1 className="kiosk-step__title">{say(isEmpty ? 'kiosk.scan' : 'kiosk.cart')}</h1>
      {isEmpty ? <p className="kiosk-step__hint">{say('kiosk.scan-buy')}</p> : <Lines kiosk={kiosk} act={act} />}
      {isEmpty ? null : (
        <p className="kiosk-cart__total">
          <span>{say('kiosk.cart-total')}</span>
          <output className="amount">{money(kiosk.total_cents, kiosk.currency)}</output>
        </p>
      )}
      {kiosk.isAsking ? <p className="kiosk-step__hint" role="status">{say('kiosk.asking')}</p> : null}
      <div className="kiosk-step__acts">
        {isEmpty ? null : (
          <KioskButton tone="primary" icon={CreditCard} isDisabled={kiosk.isAsking} onPress={() => act({ do: 'pay' })}>
            {say('kiosk.pay-card')}
          </KioskButton>
        )}
        <KioskButton icon={Keyboard} onPress={() => setTypes(true)}>{say('kiosk.type')}</KioskButton>
        {isEmpty ? null : <KioskButton icon={X} onPress={() => act({ do: 'finish' })}>{say('kiosk.stop')}</KioskButton>}
      </div>
      {types ? <TypeNumber onClose={() => setTypes(false)} /> : null}
      {kiosk.again === null ? null : <Again again={kiosk.again} act={act} />}
    </section>
  )
}

function Lines({ kiosk, act }: { kiosk: Cart; act: KioskAct }) {
  return (
    <ul className="kiosk-cart">
      {kiosk.lines.map((line) => <Line key={line.lineId} line={line} currency={kiosk.currency} act={act} />)}
    </ul>
  )
}

function Line({ line, currency, act }: { line: KioskCartLine; currency: string; act: KioskAct }) {
  const { say, money } = useWords()
  const { lineId, name, quantity, serialEnd } = line
  const count = (to: number) => act({ do: 'set-quantity', lineId, quantity: to })
  return (
    <li className="kiosk-cart__line">
      <ProductPicture picture={line.picture} />
      <span className="kiosk-cart__words">
        <span className="kiosk-cart__name"><bdi>{name}</bdi></span>
        <span className="kiosk-cart__more"><bdi>{line.variant}</bdi></span>
        {serialEnd === null ? null : <span className="kiosk-cart__more"><bdi>{say('kiosk.ends-with', { end: serialEnd })}</bdi></span>}
        {line.discount_cents === 0 ? null : <span className="kiosk-cart__more">{say('kiosk.cart-off', { amount: money(line.discount_cents, currency) })}</span>}
      </span>
      {serialEnd === null ? (
        <span className="kiosk-cart__count">
          <AriaButton className="kiosk-key" aria-label={say('kiosk.cart-fewer', { name })} isDisabled={quantity === 1} onPress={() => count(quantity - 1)}>
            <Minus size={36} aria-hidden />
          </AriaButton>
          <span className="amount">{quantity}</span>
          <AriaButton className="kiosk-key" aria-label={say('kiosk.cart-more', { name })} onPress={() => count(quantity + 1)}>
            <Plus size={36} aria-hidden />
          </AriaButton>
        </span>
      ) : null}
      <span className="amount kiosk-cart__price">{money(line.total_cents, currency)}</span>
      <AriaButton className="kiosk-key" aria-label={say('kiosk.cart-remove', { name })} onPress={() => act({ do: 'remove-line', lineId })}>
        <Trash2 size={36} aria-hidden />
      </AriaButton>
    </li>
  )
}

/** The same piece once more: perhaps by mistake, perhaps to take it out. The cart stays as it is until the customer says. */
function Again({ again, act }: { again: NonNullable<Cart['again']>; act: KioskAct }) {
  const { say } = useWords()
  const keep = () => act({ do: 'keep-line' })
  return (
    <Dialog title={say('kiosk.cart-again')} width="medium" isAlert onClose={keep}>
      <div className="idle">
        <p className="kiosk-step__hint"><bdi>{again.name}</bdi></p>
        <KioskButton tone="primary" icon={Undo2} onPress={keep}>{say('kiosk.cart-keep')}</KioskButton>
        <KioskButton icon={Trash2} onPress={() => act({ do: 'remove-line', lineId: again.lineId })}>{say('kiosk.cart-take-out')}</KioskButton>
      </div>
    </Dialog>
  )
}
