import { cents } from '../money.ts'
import type { SensedSeries } from '../sensors/sensed.ts'
import type {
  Channel, Condition, CoverLayer, Custody, Flag, Purchase, TenderKind, Title, UnitFacts,
} from '../unit.ts'

/** A unit as a row, in the centre and in every till's mirror: what is common in columns, what is rare in `more`. */
export interface UnitColumns {
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
  readonly more: string | null
}

export interface More {
  readonly flags?: Flag[]
  readonly cover?: LeanLayer[]
  readonly custody?: { readonly toStoreId?: string; readonly [member: string]: unknown }
  readonly title?: Record<string, string>
  readonly lot?: string
  readonly partOf?: string
  readonly parts?: Record<string, string>
  readonly sensed?: SensedSeries[]
}

/** A layer without what nearly every layer has: two of them lie in the row of each piece that was sold. */
type LeanLayer = Pick<CoverLayer, 'layer' | 'start' | 'end'> & Partial<CoverLayer>
const PLAIN = { basis: 'sale', country: null, contractNumber: null, claimsUsed: 0, voidWhy: null } as const

const leanLayer = (layer: CoverLayer): LeanLayer =>
  Object.fromEntries(Object.entries(layer).filter(([name, value]) => PLAIN[name as keyof typeof PLAIN] !== value)) as LeanLayer

/** Its members stand in the order of the contract, whoever wrote the row. */
const wholeLayer = ({ layer, start, end, ...rest }: LeanLayer): CoverLayer => {
  const { basis, country, contractNumber, claimsUsed, voidWhy } = { ...PLAIN, ...rest }
  return { layer, start, end, basis, country, contractNumber, claimsUsed, voidWhy }
}

/** `more` with its layers of cover written out, as every till since the first one reads them. */
export const wholeMore = (more: string | null): string | null => withLayers(more, wholeLayer)
/** `more` as it is kept: `wholeMore` of it says the same. */
export const leanMore = (more: string | null): string | null => withLayers(more, leanLayer)

function withLayers(more: string | null, form: (layer: CoverLayer) => LeanLayer): string | null {
  // Most pieces have none, and are not read for it.
  if (more === null || !more.includes('"cover":')) return more
  const read = JSON.parse(more) as More
  return read.cover === undefined ? more : JSON.stringify({ ...read, cover: read.cover.map((layer) => form(wholeLayer(layer))) })
}

export const moreOf = (row: Pick<UnitColumns, 'more'>): More => (row.more === null ? {} : (JSON.parse(row.more) as More))

/** The five facts of a row. Cover holds the layers that were told; the others follow by rule (`contract/cover.ts`). */
export function factsOfColumns(row: UnitColumns): UnitFacts {
  const more = moreOf(row)
  return {
    custody: custodyOf(row, more.custody ?? {}),
    title: titleOf(row, more.title ?? {}),
    condition: row.condition,
    flags: more.flags ?? [],
    cover: (more.cover ?? []).map(wholeLayer),
    ...(more.partOf === undefined ? {} : { partOf: more.partOf }),
    ...(more.parts === undefined ? {} : { parts: more.parts }),
    ...(more.sensed === undefined ? {} : { sensed: more.sensed }),
  }
}

/** The row of five facts: `factsOfColumns` of it gives them back. `lot` is no fact and is kept beside them. */
export function columnsOfFacts(facts: UnitFacts, lot: string | null): UnitColumns {
  const { at, ...where } = facts.custody
  const { storeId, area, ...whereElse } = where as { storeId?: string; area?: string }
  const purchase = 'purchase' in facts.title ? facts.title.purchase : null
  const more: More = {
    ...(facts.flags.length > 0 ? { flags: facts.flags } : {}),
    ...(facts.cover.length > 0 ? { cover: facts.cover.map(leanLayer) } : {}),
    ...(Object.keys(whereElse).length > 0 ? { custody: whereElse } : {}),
    ...titleMore(facts.title),
    ...(lot === null ? {} : { lot }),
    ...(facts.partOf === undefined ? {} : { partOf: facts.partOf }),
    ...(facts.parts === undefined ? {} : { parts: facts.parts }),
    ...(facts.sensed === undefined ? {} : { sensed: facts.sensed }),
  }
  return {
    custody: at,
    store_id: storeId ?? null,
    area: area ?? null,
    title: facts.title.is,
    sale_id: purchase?.saleId ?? null,
    receipt_number: purchase?.receiptNumber ?? null,
    sold_at: purchase?.soldAt ?? null,
    sold_store_id: purchase?.storeId ?? null,
    channel: purchase?.channel ?? null,
    paid_cents: purchase?.paid_cents ?? null,
    currency: purchase?.currency ?? null,
    tender: purchase?.tender ?? null,
    condition: facts.condition,
    more: Object.keys(more).length > 0 ? JSON.stringify(more) : null,
  }
}

function titleMore(title: Title): { title?: Record<string, string> } {
  if (!('purchase' in title)) return {}
  const { is: _is, purchase: _purchase, ...rest } = title
  return Object.keys(rest).length > 0 ? { title: rest } : {}
}

/** Members of a place that stand in columns of their own; all others stand in `more`. */
const IN_COLUMNS: Readonly<Partial<Record<Custody['at'], readonly ('storeId' | 'area' | 'fromStoreId')[]>>> = {
  expected: ['storeId'], 'in-stock': ['storeId', 'area'], 'in-cart': ['storeId'], 'in-transit': ['fromStoreId'], missing: ['storeId'],
}

/**
 * The columns a union member needs are filled from both places, and no others: a piece that is with a customer is in no
 * store, and must not come to be in one without a name.
 */
function custodyOf(row: UnitColumns, more: Readonly<Record<string, unknown>>): Custody {
  const columns = (IN_COLUMNS[row.custody] ?? []).map((name) => [name, (name === 'area' ? row.area : row.store_id) ?? ''])
  return { at: row.custody, ...Object.fromEntries(columns), ...more } as Custody
}

function titleOf(row: UnitColumns, more: Record<string, string>): Title {
  const purchase = purchaseOf(row)
  if (row.title === 'unknown' || row.title === 'ours' || purchase === null) return { is: row.title === 'ours' ? 'ours' : 'unknown' }
  return { is: row.title, purchase, ...more } as Title
}

function purchaseOf(row: UnitColumns): Purchase | null {
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
