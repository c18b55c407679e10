import { Minus, Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { nameAfterBrand } from '../../contract/product-name.ts'
import type { SaleLine } from '../../contract/sale-view.ts'
import { useDesk } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { PieceName } from '../parts/piece-name.tsx'
import { ProductPicture } from '../parts/product-picture.tsx'
import { AliasText } from '../parts/unit-panel.tsx'
import { VerdictChip } from '../parts/verdict-panel.tsx'
import { useWords } from '../words/words-context.tsx'

interface SaleLineRowProps {
  readonly line: SaleLine
  readonly isChosen: boolean
  readonly isNewest: boolean
  readonly onRemove: () => void
  readonly onQuantity: (quantity: number) => void
}

export function SaleLineRow({ line, isChosen, isNewest, onRemove, onQuantity }: SaleLineRowProps) {
  const words = useWords()
  const { currency } = useDesk().store
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={row} className="line" data-chosen={isChosen} data-newest={isNewest} {...(isChosen ? { 'aria-current': true } : {})}>
      <ProductPicture picture={line.picture} />
      <div className="line__words">
        <p className="line__name">
          <PieceName brand={line.brand} name={line.name} />
        </p>
        <p className="line__variant">
          <bdi>{line.variant}</bdi>
        </p>
        <p className="line__numbers">
          {line.aliases
            .filter((alias) => alias.retiredWhy === null)
            .map((alias) => (
              <AliasText key={`${alias.kind} ${alias.value}`} alias={alias} />
            ))}
          <LotText line={line} />
          {line.plan === undefined ? null : (
            <span className="line__number">
              {words.say('sale.plan-for', { piece: line.plan.name, serial: line.plan.serial, months: line.plan.months })}
            </span>
          )}
        </p>
        {line.verdict === null ? null : <VerdictChip verdict={line.verdict} />}
        <LineParts line={line} />
      </div>
      {line.tracking === 'unit' || line.plan !== undefined ? null : (
        <div className="stepper" role="group" aria-label={words.say('sale.quantity', { name: line.name })}>
          <Button
            icon={Minus}
            iconOnly
            label={words.say('sale.fewer')}
            isDisabled={line.quantity <= 1}
            onPress={() => onQuantity(line.quantity - 1)}
          >
            {words.say('sale.fewer')}
          </Button>
          <output className="stepper__count">{words.number(line.quantity)}</output>
          <Button icon={Plus} iconOnly label={words.say('sale.more')} onPress={() => onQuantity(line.quantity + 1)}>
            {words.say('sale.more')}
          </Button>
        </div>
      )}
      <div className="line__money">
        <span className="amount amount--line">{words.money(line.total_cents, currency)}</span>
        {line.quantity === 1 ? null : (
          <span className="muted">{words.say('sale.each', { price: words.money(line.unitPrice_cents, currency) })}</span>
        )}
        {line.priceSet === undefined ? null : (
          <span className="line__discount">
            {words.say('price.instead-of', { price: words.money(line.priceSet.listPrice_cents, currency) })}
          </span>
        )}
        {(line.discounts ?? []).map((part) => (
          <span key={`${part.kind} ${part.promotionId ?? part.reason}`} className="line__discount">
            <bdi>{part.reason}</bdi> −{words.money(part.amount_cents, currency)}
          </span>
        ))}
      </div>
      <Button tone="quiet" icon={X} iconOnly label={words.say('sale.remove-line', { name: line.name })} onPress={onRemove}>
        {words.say('sale.remove')}
      </Button>
    </li>
  )
}

/** What is packed with the piece: under it, on the same price, each with its own number. */
function LineParts({ line }: { line: SaleLine }) {
  const { say } = useWords()
  if (line.parts === undefined || line.parts.length === 0) return null
  return (
    <ul className="line__parts" aria-label={say('set.parts-of', { name: line.name })}>
      {line.parts.map((part) => (
        <li key={part.unitId} className="line__part">
          <bdi>
            {part.brand} {nameAfterBrand(part.brand, part.name)} {part.variant}
          </bdi>
          {part.aliases.slice(0, 1).map((alias) => (
            <AliasText key={alias.value} alias={alias} />
          ))}
        </li>
      ))}
    </ul>
  )
}

function LotText({ line }: { line: SaleLine }) {
  const { say } = useWords()
  if (line.lot !== null && line.expiry !== null) {
    return <span className="line__number">{say('sale.lot-expiry', { lot: line.lot, date: line.expiry })}</span>
  }
  if (line.lot !== null) return <span className="line__number">{say('sale.lot', { lot: line.lot })}</span>
  if (line.expiry !== null) return <span className="line__number">{say('sale.expiry', { date: line.expiry })}</span>
  return null
}
