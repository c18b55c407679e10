import { BookmarkPlus, ShoppingBag } from 'lucide-react'
import type { FoundPiece } from '../../../contract/found-piece.ts'
import { productName } from '../../../contract/product-name.ts'
import { useDesk, useMay } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { ProductPicture } from '../../parts/product-picture.tsx'
import { SerialText } from '../../parts/unit-panel.tsx'
import { useWords } from '../../words/words-context.tsx'
import type { SpokenWords } from '../../words/words-context.tsx'

interface PieceRowProps {
  readonly piece: FoundPiece
  readonly onSell: () => void
  readonly onKeep: () => void
}

/** One piece with what tells it from its sisters, and what can be done with it here. */
export function PieceRow({ piece, onSell, onKeep }: PieceRowProps) {
  const words = useWords()
  const desk = useDesk()
  const maySell = useMay('sell')
  const isFree = piece.trouble === null && piece.keptUntil === null && !piece.isInCart && !piece.isComing
  return (
    <li className="pieces__piece" data-free={isFree}>
      <ProductPicture picture={piece.picture} />
      <div className="pieces__words">
        <strong><bdi>{productName(piece)}</bdi></strong>
        <span className="row row--wrap">
          <SerialText text={piece.serial} />
          <span className="chip">{words.say(`condition.${piece.condition}`)}</span>
        </span>
        <span className="muted">{factsOf(piece, words)}</span>
        {standingOf(piece, words) === null ? null : <span className="pieces__standing">{standingOf(piece, words)}</span>}
      </div>
      <span className="pieces__place">
        {piece.isComing ? words.say('pieces.coming') : piece.isHere ? words.say('pieces.here') : piece.store.name}
      </span>
      <span className="amount">{words.money(piece.price_cents, desk.store.currency)}</span>
      <span className="pieces__acts">
        {isFree && piece.isHere && maySell && desk.seat === 'counter' ? (
          <Button icon={ShoppingBag} onPress={onSell}>{words.say('customer.into-sale')}</Button>
        ) : null}
        {isFree && maySell ? <Button icon={BookmarkPlus} onPress={onKeep}>{words.say('pieces.keep')}</Button> : null}
      </span>
    </li>
  )
}

/** How long it has lain, and what protects it: the two that a customer asks next. */
function factsOf({ since, coverUntil }: FoundPiece, words: SpokenWords): string {
  const cover = coverUntil === null ? words.say('pieces.cover-full') : words.say('pieces.cover-until', { date: coverUntil })
  return since === null ? cover : `${words.say('pieces.since', { date: since })} · ${cover}`
}

/** Why it is not simply to be had; null where it is. */
function standingOf({ keptUntil, isInCart, trouble }: FoundPiece, words: SpokenWords): string | null {
  if (trouble !== null) return words.sayCode(`reason.${trouble.reason}.staff`, trouble.params)
  if (keptUntil !== null) return words.say('pieces.kept-until', { date: keptUntil })
  return isInCart ? words.say('custody.in-cart') : null
}
