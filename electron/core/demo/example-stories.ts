import { matchKey } from '../../../contract/identity/match-key.ts'
import type { EventKind } from '../../../contract/journal.ts'
import { RETURNS_AREA } from './life.ts'

const GS = '\u001d'
/** What a scanner sends ahead of a GS1 DataMatrix. */
export const AIM_GS1_DATAMATRIX = ']d2'

/** A unit as its example shows it. */
export interface Piece {
  readonly id: string
  readonly name: string
  readonly price_cents: number
  readonly gtin: string
  readonly number: string
  readonly imei: string | null
  readonly plan: string | null
  readonly retired: string | null
  readonly produced_on: string
  readonly receipt_number: string | null
}

export interface UnitStory {
  readonly story: string
  /** Condition on `units u` and `products p`; `@store` is this till's, `@now` the present. */
  readonly where: string
  /** How often each of these things has happened to it. */
  readonly lived?: Readonly<Partial<Record<EventKind, number>>>
  readonly text: (piece: Piece) => string | null
}

const UNIQUE = `NOT EXISTS (SELECT 1 FROM unit_aliases a JOIN unit_aliases b ON b.value = a.value AND b.unit_id <> a.unit_id
  WHERE a.unit_id = u.id)`
const FRESH_HERE =
  `u.custody = 'in-stock' AND u.area = 'shelf' AND u.store_id = @store AND u.title = 'ours' AND u.condition = 'new'
   AND u.more IS NULL AND ${UNIQUE}`
const NEVER_RELABELLED = { relabelled: 0 } as const
const SOLD_HERE =
  `u.title = 'sold' AND u.custody = 'with-customer' AND u.sold_store_id = @store AND u.channel = 'store' AND u.more IS NULL
   AND u.condition = 'new' AND ${UNIQUE}`
const SOLD_ONCE = { sold: 1 } as const
const flagged = (kind: string): string =>
  `EXISTS (SELECT 1 FROM json_each(u.more, '$.flags') f WHERE f.value ->> 'kind' = '${kind}')`
const sold = (from: number, to: number): string =>
  `u.sold_at BETWEEN strftime('%Y-%m-%dT%H:%M:%fZ', @now, '-${to} days') AND strftime('%Y-%m-%dT%H:%M:%fZ', @now, '-${from} days')`
const covered = (layer: string): string =>
  `EXISTS (SELECT 1 FROM json_each(u.more, '$.cover') c WHERE c.value ->> 'layer' = '${layer}')`

const number = (piece: Piece): string => piece.number

/** As a GS1 DataMatrix is sent: the day of production behind the serial, so that the separator has work to do. */
const gs1 = ({ gtin, number: serial, produced_on }: Piece): string =>
  `${AIM_GS1_DATAMATRIX}01${gtin}21${serial}${GS}11${produced_on.slice(2).replaceAll('-', '')}`

const IN_STOCK_HERE = `u.custody = 'in-stock' AND u.store_id = @store`
/** A logger travelled with it. */
const READ = `json_extract(u.more, '$.sensed') IS NOT NULL`

/** What is worth showing, in the order of telling. */
export const UNIT_STORIES: readonly UnitStory[] = [
  { story: 'fresh-phone', where: `p.category = 'phone' AND ${FRESH_HERE}`, lived: NEVER_RELABELLED, text: number },
  { story: 'gs1-code', where: `p.category = 'camera' AND ${FRESH_HERE}`, lived: NEVER_RELABELLED, text: gs1 },
  { story: 'by-imei', where: `p.category = 'phone' AND ${FRESH_HERE}`, lived: NEVER_RELABELLED, text: ({ imei }) => imei },
  { story: 'frame-number', where: `p.category = 'bike' AND ${FRESH_HERE}`, lived: NEVER_RELABELLED, text: number },
  {
    story: 'typed-differently',
    where: `u.custody = 'in-stock' AND u.store_id = @store AND u.more IS NULL AND ${UNIQUE} AND EXISTS
      (SELECT 1 FROM unit_aliases a WHERE a.unit_id = u.id AND a.kind = 'serial' AND a.match_key IS NOT NULL)`,
    text: (piece) => matchKey(piece.number, 'loose').toLowerCase(),
  },
  { story: 'open-box', where: `u.title = 'returned' AND u.condition = 'open-box' AND u.area = 'shelf' AND ${IN_STOCK_HERE}`, text: number },
  { story: 'refurbished', where: `u.condition = 'refurbished' AND ${IN_STOCK_HERE}`, text: number },
  { story: 'already-sold', where: `${SOLD_HERE} AND ${sold(14, 60)}`, lived: SOLD_ONCE, text: number },
  { story: 'may-be-returned', where: `${SOLD_HERE} AND ${sold(0, 12)} AND u.paid_cents < 50000 AND u.tender = 'card'`, lived: SOLD_ONCE, text: number },
  { story: 'return-needs-approval', where: `${SOLD_HERE} AND ${sold(0, 12)} AND u.paid_cents >= 50000`, lived: SOLD_ONCE, text: number },
  { story: 'receipt', where: `${SOLD_HERE} AND ${sold(0, 13)}`, lived: SOLD_ONCE, text: ({ receipt_number }) => receipt_number },
  { story: 'window-over', where: `${SOLD_HERE} AND ${sold(61, 500)}`, lived: SOLD_ONCE, text: number },
  { story: 'sold-online', where: `u.title = 'sold' AND u.channel = 'online' AND u.sold_store_id = @store`, text: number },
  { story: 'already-returned', where: `u.title = 'returned' AND u.area = '${RETURNS_AREA}' AND ${IN_STOCK_HERE}
      AND NOT ${flagged('activation-lock')}`, text: number },
  { story: 'stolen', where: `u.title = 'sold' AND ${flagged('stolen-reported')} AND u.sold_store_id = @store`, text: number },
  { story: 'stolen-from-us', where: `${flagged('stolen-own')} AND u.store_id = @store`, text: number },
  { story: 'recalled', where: `${flagged('recall')} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'recalled-sold', where: `${flagged('recall')} AND u.title = 'sold' AND u.sold_store_id = @store`, text: number },
  { story: 'recall-remedied', where: `${flagged('recall-remedied')} AND u.sold_store_id = @store`, text: number },
  { story: 'in-other-cart', where: `u.custody = 'in-cart' AND u.store_id = @store`, text: number },
  {
    story: 'in-other-store',
    where: `u.custody = 'in-stock' AND u.store_id <> @store AND u.title = 'ours' AND u.more IS NULL`,
    text: number,
  },
  { story: 'in-transit', where: `u.custody = 'in-transit' AND u.store_id = @store`, text: number },
  { story: 'on-hold', where: `${flagged('hold')} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'quarantine', where: `${flagged('quarantine')} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'logger-broken', where: `${flagged('cold-chain-excursion')} AND ${READ} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'logger-sound', where: `NOT ${flagged('cold-chain-excursion')} AND ${READ} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'counterfeit', where: `${flagged('counterfeit-suspected')} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'activation-lock', where: `${flagged('activation-lock')} AND ${IN_STOCK_HERE}`, text: number },
  { story: 'missing', where: `u.custody = 'missing' AND u.more NOT LIKE '%stolen%' AND u.store_id = @store`, text: number },
  { story: 'in-repair', where: `u.custody = 'in-repair' AND u.sold_store_id = @store`, text: number },
  {
    story: 'two-makers',
    where: `u.custody = 'in-stock' AND NOT (${UNIQUE}) AND p.category IN ('camera', 'instrument')`,
    text: number,
  },
  {
    story: 'sold-twice',
    where: `u.title = 'sold' AND u.sold_store_id = @store`,
    lived: { sold: 2, returned: 0, voided: 0 },
    text: number,
  },
  { story: 'old-number', where: IN_STOCK_HERE, lived: { relabelled: 1 }, text: ({ retired }) => retired },
  { story: 'transferred', where: `u.title = 'transferred' AND u.sold_store_id = @store`, text: number },
  { story: 'plan', where: `${covered('plan')} AND u.sold_store_id = @store`, text: ({ plan }) => plan },
  { story: 'warranty-void', where: `${covered('maker')} AND u.sold_store_id = @store`, text: number },
  { story: 'guarantee-ended', where: `${SOLD_HERE} AND ${sold(1_096, 1_600)} AND p.maker_months < 60`, lived: SOLD_ONCE, text: number },
  { story: 'retired', where: `u.custody = 'retired' AND u.sold_store_id = @store`, text: number },
  { story: 'not-ours', where: `u.title = 'unknown'`, text: number },
  { story: 'set', where: `${IN_STOCK_HERE} AND EXISTS (SELECT 1 FROM units c WHERE json_extract(c.more, '$.partOf') = u.id)`, text: number },
  { story: 'set-part', where: `${IN_STOCK_HERE} AND json_extract(u.more, '$.partOf') IS NOT NULL`, text: number },
]
