import { Minus, Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { ReceiptLine, ReturnAction, ReturnView } from '../../contract/return-view.ts'
import { nameAfterBrand } from '../../contract/product-name.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { ProductPicture } from '../parts/product-picture.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { SerialText } from '../parts/unit-panel.tsx'
import { useWords } from '../words/words-context.tsx'
import { PieceTiles } from './piece-tiles.tsx'

type Lines = Extract<ReturnView, { at: 'lines' }>

/** What was bought with a receipt: a piece is scanned or chosen, plain goods are counted; what came back is told. */
export function ReceiptLines({ flow, act }: { flow: Lines; act: (action: ReturnAction) => void }) {
  const words = useWords()
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={words.say('return.line-choose', { receipt: flow.receiptNumber })}>
        <section className="card stack">
          <h1 className="card__title">{words.say('return.line-choose', { receipt: flow.receiptNumber })}</h1>
          <p className="prose">{words.say('return.line-hint')}</p>
          {flow.soldAt === null ? null : <p className="muted">{words.date(flow.soldAt)}</p>}
        </section>
        {flow.lines.map((line) => (
          <Line key={line.lineId} line={line} currency={flow.currency} onTake={(quantity) => act({ do: 'take-line', lineId: line.lineId, quantity })} />
        ))}
      </Scrolled>
      <aside className="assess__side">
        {flow.pieces.length === 0 ? null : <PieceTiles pieces={flow.pieces} currentId={null} act={act} />}
        <Button icon={RotateCcw} hotkey={KEYS.back} onPress={() => act({ do: 'start-over' })}>
          {words.say('return.start-over')}
        </Button>
      </aside>
    </div>
  )
}

function Line({ line, currency, onTake }: { line: ReceiptLine; currency: string; onTake: (quantity: number) => void }) {
  const words = useWords()
  const [quantity, setQuantity] = useState(1)
  const name = [line.brand, nameAfterBrand(line.brand, line.name), line.variant].filter(Boolean).join(' ')
  return (
    <section className="unit card receipt-line">
      <ProductPicture picture={line.picture} />
      <div className="unit__words">
        <h2 className="unit__name">
          <bdi>{name}</bdi>
        </h2>
        {line.serial === null ? null : (
          <p>
            <SerialText text={line.serial} />
          </p>
        )}
        <p className="muted">
          {words.money(line.paid_cents, currency)} ·{' '}
          {line.left === 0 ? words.say('return.line-gone') : words.say('return.line-left', { left: line.left, bought: line.bought })}
        </p>
      </div>
      {line.left < 2 ? null : (
        <Count value={quantity} most={line.left} label={words.say('return.quantity')} onChange={setQuantity} />
      )}
      <Button tone="primary" icon={RotateCcw} isDisabled={line.left === 0} label={`${words.say('return.title')}: ${name}`} onPress={() => onTake(quantity)}>
        {words.say('return.title')}
      </Button>
    </section>
  )
}

/** How many of plain goods, never more than are left. */
export function Count({ value, most, label, onChange }: { value: number; most: number; label: string; onChange: (value: number) => void }) {
  const words = useWords()
  return (
    <div className="how-many" role="group" aria-label={label}>
      <Button icon={Minus} iconOnly label={words.say('sale.fewer')} isDisabled={value <= 1} onPress={() => onChange(value - 1)}>
        {words.say('sale.fewer')}
      </Button>
      <output className="amount">{words.number(value)}</output>
      <Button icon={Plus} iconOnly label={words.say('sale.more')} isDisabled={value >= most} onPress={() => onChange(value + 1)}>
        {words.say('sale.more')}
      </Button>
    </div>
  )
}
