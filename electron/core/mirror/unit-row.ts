import type { Channel, Condition, CoverLayer, Custody, Flag, Purchase, TenderKind, Title, UnitFacts } from '../../../contract/unit.ts'
import { cents } from '../../../contract/money.ts'

/** A row of `units`: what is common in columns, what is rare in `more`. */
export interface UnitRow {
  readonly id: string
  readonly product_id: string
  readonly custody: Custody['at']
  readonly store_id: string | null
  readonly area: string | null
  readonly title: Title['is']
  readonly sale_id: string | null
  readonly receipt_number: string | null
  readonly sold_at: string | null
  readonly sold_store_id: string | null
  readonly channel: Channel | null
  readonly paid_cents: number | null
  readonly currency: string | null
  readonly tender: TenderKind | null
  readonly condition: Condition
  readonly price_cents: number | null
  readonly produced_on: string | null
  readonly more: string | null
  readonly ver: number
}

interface More {
  readonly flags?: Flag[]
  readonly cover?: CoverLayer[]
  readonly custody?: Record<string, string>
  readonly title?: Record<string, string>
  readonly lot?: string
}

/** The five facts of a row. Cover holds only the layers that do not follow from product, sale and country by rule. */
export function factsOf(row: UnitRow): UnitFacts {
  const more = row.more === null ? {} : (JSON.parse(row.more) as More)
  return {
    custody: custodyOf(row, more.custody ?? {}),
    title: titleOf(row, more.title ?? {}),
    condition: row.condition,
    flags: more.flags ?? [],
    cover: more.cover ?? [],
  }
}

export const lotOf = (row: UnitRow): string | null => (row.more === null ? null : ((JSON.parse(row.more) as More).lot ?? null))

/** The columns a union member needs are filled from both places; the closed list of kinds is the contract's. */
function custodyOf(row: UnitRow, more: Record<string, string>): Custody {
  return { at: row.custody, storeId: row.store_id ?? '', area: row.area ?? '', fromStoreId: row.store_id ?? '', ...more } as Custody
}

function titleOf(row: UnitRow, more: Record<string, string>): Title {
  const purchase = purchaseOf(row)
  if (row.title === 'unknown' || row.title === 'ours' || purchase === null) return { is: row.title === 'ours' ? 'ours' : 'unknown' }
  return { is: row.title, purchase, ...more } as Title
}

function purchaseOf(row: UnitRow): Purchase | null {
  if (row.sale_id === null || row.sold_at === null || row.receipt_number === null) return null
  return {
    saleId: row.sale_id,
    receiptNumber: row.receipt_number,
    soldAt: row.sold_at,
    storeId: row.sold_store_id ?? '',
    channel: row.channel ?? 'store',
    paid_cents: cents(row.paid_cents ?? 0),
    currency: row.currency ?? '',
    tender: row.tender ?? 'cash',
  }
}
