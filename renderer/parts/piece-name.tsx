import { nameAfterBrand } from '../../contract/product-name.ts'

/** Brand and model: the brand lighter, and never said twice. */
export function PieceName({ brand, name }: { brand: string; name: string }) {
  return (
    <bdi>
      <span className="piece-brand">{brand}</span> {nameAfterBrand(brand, name)}
    </bdi>
  )
}
