import type { SaleLine } from '../../../contract/sale-view.ts'
import type { Ground } from '../ground.ts'
import type { Writing } from '../store/store.ts'
import { lawOf } from './country-law.ts'
import { makeWarranty } from './make-papers.ts'
import type { PaperSetting } from './paper-words.ts'

/**
 * The warranty receipts that come out with a sale, one a durable piece, in the order of the receipt: where the law of
 * the country demands the guarantee on paper, or the store wants it anyway. Run in the transaction that sells, after
 * the pieces are sold. A piece of which nothing can be promised (no dates) has none, and the sale goes on.
 */
export function warrantiesWithSale(ground: Ground, db: Writing, lines: readonly SaleLine[], setting: PaperSetting): string[] {
  const { warrantyWithSale } = setting.template
  const wanted = warrantyWithSale === 'always' || (warrantyWithSale === 'by-law' && lawOf(ground.place.country).onPaper)
  if (!wanted) return []
  return lines.flatMap((line) => {
    const durable = line.unitId !== null && ground.mirror.product(line.productId)?.durable === true
    if (!durable || line.unitId === null) return []
    const made = makeWarranty(ground, db, line.unitId, setting)
    return made.ok ? [made.value.documentId] : []
  })
}
