import type { KioskView } from '../../contract/kiosk-view.ts'
import { nameAfterBrand } from '../../contract/product-name.ts'
import { ProductPicture } from '../parts/product-picture.tsx'
import { useWords } from '../words/words-context.tsx'

type Unit = Extract<KioskView, { at: 'answer' }>['unit']

/** The thing in the customer's hand: nothing of any owner, and only the end of its number. */
export function PublicUnit({ unit }: { unit: Unit }) {
  const { say } = useWords()
  return (
    <div className="public-unit">
      <ProductPicture picture={unit.picture} />
      <div>
        {nameAfterBrand(unit.brand, unit.name) === unit.name ? (
          <p className="public-unit__brand"><bdi>{unit.brand}</bdi></p>
        ) : null}
        <p className="public-unit__name"><bdi>{unit.name}</bdi></p>
        <p className="public-unit__more"><bdi>{unit.variant}</bdi></p>
        <p className="public-unit__more">
          <bdi>{say('kiosk.ends-with', { end: unit.serialEnd })}</bdi>
        </p>
      </div>
    </div>
  )
}
