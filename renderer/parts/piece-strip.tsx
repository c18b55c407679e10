import type { ReactNode } from 'react'
import type { Picture } from '../../contract/unit.ts'
import { PieceName } from './piece-name.tsx'
import { ProductPicture } from './product-picture.tsx'

interface PieceStripProps {
  readonly piece: { readonly picture: Picture; readonly brand: string; readonly name: string; readonly variant: string }
  /** The numbers of the piece. */
  readonly children: ReactNode
  readonly chip?: string
}

/** Which single piece this is, in one strip: the thing and the numbers a person compares with the label. */
export function PieceStrip({ piece, children, chip }: PieceStripProps) {
  return (
    <section className="unit card">
      <ProductPicture picture={piece.picture} />
      <div className="unit__words">
        <h2 className="unit__name">
          <PieceName brand={piece.brand} name={piece.name} />
        </h2>
        <p className="unit__variant">
          <bdi>{piece.variant}</bdi>
        </p>
        {children}
      </div>
      {chip === undefined ? null : <p className="chip">{chip}</p>}
    </section>
  )
}
