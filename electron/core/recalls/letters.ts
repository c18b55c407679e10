import type { Campaign } from '../../../contract/campaign.ts'
import { csvText } from '../../../contract/csv.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { isWithOwner, meantUnits } from './pull-list.ts'

/** To whom a letter goes; empty where nothing is known. */
export interface Addressee {
  readonly name: string
  readonly contact: string
  readonly address: string
}

const HEAD = ['campaign', 'product', 'serial', 'sold_at', 'receipt', 'name', 'contact', 'address'] as const

/**
 * The owners of a campaign's pieces as CSV (RFC 4180, UTF-8 with a mark, so that a spreadsheet reads every letter): one
 * row a piece, also where nobody is known, because the shop has to show whom it could not reach.
 */
export function lettersFor(ground: Ground, campaign: Campaign, ownerOf: (unit: KnownUnit) => Addressee | null): string {
  const rows = meantUnits(ground, campaign).filter(isWithOwner).map((unit) => {
    const { title } = unit.facts
    const sold = title.is === 'sold' || title.is === 'transferred' ? title.purchase : null
    const owner = ownerOf(unit)
    return [
      campaign.reference, fullName(unit.product.brand, unit.product.name), unit.aliases[0]?.value ?? unit.id,
      sold?.soldAt ?? '', sold?.receiptNumber ?? '', owner?.name ?? '', owner?.contact ?? '', owner?.address ?? '',
    ]
  })
  return `\uFEFF${csvText([HEAD, ...rows])}`
}
