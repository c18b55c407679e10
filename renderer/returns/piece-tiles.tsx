import { X } from 'lucide-react'
import type { ReturnAction, ReturnTile } from '../../contract/return-view.ts'
import { nameAfterBrand } from '../../contract/product-name.ts'
import { useDesk } from '../desk/desk-context.ts'
import { Button } from '../parts/button.tsx'
import { ProductPicture } from '../parts/product-picture.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { SerialText } from '../parts/unit-panel.tsx'
import { useWords } from '../words/words-context.tsx'

interface PieceTilesProps {
  readonly pieces: readonly ReturnTile[]
  readonly currentId: string | null
  readonly act: ((action: ReturnAction) => void) | null
}

/** All that comes back in this return: which is done, which is in hand. */
export function PieceTiles({ pieces, currentId, act }: PieceTilesProps) {
  const words = useWords()
  const { currency } = useDesk().store
  return (
    <section className="card piece-tiles" aria-label={words.say('return.pieces')}>
      {pieces.map((piece) => (
        <div key={piece.pieceId} className="piece-tile" data-current={piece.pieceId === currentId}>
          <ProductPicture picture={piece.picture} />
          <div className="unit__words">
            <p className="piece-tile__name">
              <bdi>
                {piece.brand} {nameAfterBrand(piece.brand, piece.name)} {piece.variant}
              </bdi>
            </p>
            <p className="muted">
              {piece.serial === null ? `${words.number(piece.quantity)} ×` : <SerialText text={piece.serial} />}
              {piece.refund_cents === null ? null : ` · ${words.money(piece.refund_cents, currency)}`}
            </p>
            {piece.next === null || act !== null ? null : <p>{words.say('return.next-place', { place: words.say(`place.${piece.next}`) })}</p>}
          </div>
          {piece.ready ? <ToneSign tone="good" size={20} /> : null}
          {act === null || pieces.length < 2 ? null : (
            <Button onPress={() => act({ do: 'go-to-piece', pieceId: piece.pieceId })} isCurrent={piece.pieceId === currentId}>
              {words.say('return.questions')}
            </Button>
          )}
          {act === null ? null : piece.ofSet === true ? (
            <Button onPress={() => act({ do: 'part-not-here', pieceId: piece.pieceId })}>{words.say('return.not-here')}</Button>
          ) : (
            <Button tone="quiet" icon={X} iconOnly label={words.say('return.remove-piece', { name: piece.name })} onPress={() => act({ do: 'remove-piece', pieceId: piece.pieceId })}>
              {words.say('return.remove-piece', { name: piece.name })}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
