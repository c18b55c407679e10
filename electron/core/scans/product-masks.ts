import type { NamedMask } from '../../../contract/identity/classify.ts'
import { maskLength, type Mask } from '../../../contract/identity/mask.ts'
import { maskIn } from '../../../contract/identity/mask-schema.ts'
import type { Mirror } from '../mirror/mirror.ts'

/** A mask with the products whose maker numbers by it; many products share one. */
export interface ProductMask extends NamedMask {
  readonly productIds: readonly string[]
}

/** More masks of one length than this tell nothing about a typed number, and trying them all would cost time. */
const MASKS_OF_A_LENGTH_MAX = 200

interface MaskShelf {
  readonly byProduct: ReadonlyMap<string, Mask>
  readonly byLength: ReadonlyMap<number, readonly ProductMask[]>
  readonly lengths: readonly number[]
}

/** The mirror does not change while it is open, so its masks are read once. */
const shelves = new WeakMap<Mirror, MaskShelf>()

function shelfOf(mirror: Mirror): MaskShelf {
  let shelf = shelves.get(mirror)
  if (!shelf) shelves.set(mirror, (shelf = readShelf(mirror)))
  return shelf
}

/** A mask that is not well made is left out: a mistake in the centre must not make every piece impossible. */
function readShelf(mirror: Mirror): MaskShelf {
  const byProduct = new Map<string, Mask>()
  const byText = new Map<string, { mask: Mask; productIds: string[] }>()
  for (const { id, serial_mask } of mirror.serialMasks()) {
    const known = byText.get(serial_mask)
    const mask = known?.mask ?? maskIn(serial_mask)
    if (mask === null) continue
    byProduct.set(id, mask)
    if (known) known.productIds.push(id)
    else byText.set(serial_mask, { mask, productIds: [id] })
  }
  const byLength = new Map<number, ProductMask[]>()
  for (const { mask, productIds } of byText.values()) {
    const length = maskLength(mask)
    const masks = byLength.get(length) ?? []
    byLength.set(length, masks)
    masks.push({ name: productIds[0] ?? '', mask, productIds })
  }
  return { byProduct, byLength, lengths: [...byLength.keys()] }
}

export const maskOfProduct = (mirror: Mirror, productId: string): Mask | null =>
  shelfOf(mirror).byProduct.get(productId) ?? null

/** The masks that could fit a text of this length, with or without what people put between the characters. */
export function masksFor(mirror: Mirror, text: string): readonly ProductMask[] {
  const { byLength } = shelfOf(mirror)
  const plain = text.normalize('NFKC')
  const lengths = new Set([plain.length, plain.replace(/[\s\-./_]/g, '').length])
  const masks = [...lengths].flatMap((length) => byLength.get(length) ?? [])
  return masks.length > MASKS_OF_A_LENGTH_MAX ? [] : masks
}

/** How long the serials of our goods are: only in front of such a one is a letter on the carton a carton's prefix. */
export const serialLengths = (mirror: Mirror): readonly number[] => shelfOf(mirror).lengths
