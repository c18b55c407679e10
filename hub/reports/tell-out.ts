import { localDay } from '../../contract/epcis/local-time.ts'
import type { Params } from '../../contract/ids.ts'
import { BOOKED, EventBody } from '../../contract/sync/event-body.ts'
import type { WireAlias } from '../../contract/sync/wire.ts'
import { storesOf, type StoreRecord } from '../catalogue/stores.ts'
import type { Database, Query } from '../database.ts'
import { appendTold, type ToldRow } from './told-row.ts'

const ROWS_MAX = 500

interface AppliedRow {
  readonly seq: number
  readonly kind: string
  readonly body: string
  readonly received_at: string
  readonly verdict: string | null
}

/**
 * Tells what the centre has applied since the last time, once and in one order. Each journal has its own place; place
 * and lines are one transaction, so whoever else does the same finds the place moved and leaves it. Answers how many.
 */
export async function tellOut(db: Database): Promise<number> {
  const behind = await db.query<{ till: string; inc: string; applied: number; seq: number }>(
    `SELECT h.till, h.inc, h.applied, coalesce(f.seq, h.base_seq) AS seq FROM register_head h
     LEFT JOIN told_from f ON f.till = h.till AND f.inc = h.inc WHERE h.applied > coalesce(f.seq, h.base_seq) ORDER BY h.till, h.inc LIMIT 200`,
  )
  if (behind.length === 0) return 0
  const stores = await storesOf(db)
  let told = 0
  for (const journal of behind) told += await db.transaction((tx) => tellJournal(tx, journal, stores))
  return told
}

async function tellJournal(
  tx: Query, journal: { till: string; inc: string; applied: number; seq: number }, stores: ReadonlyMap<string, StoreRecord>,
): Promise<number> {
  const { till, inc, seq } = journal
  const rows = await tx.query<AppliedRow>(
    `SELECT j.seq, j.kind, j.body, j.received_at, a.verdict FROM journal j
     LEFT JOIN event_answer a ON a.till = j.till AND a.inc = j.inc AND a.seq = j.seq
     WHERE j.till = $1 AND j.inc = $2 AND j.seq > $3 AND j.seq <= $4 ORDER BY j.seq LIMIT $5`, [till, inc, seq, journal.applied, ROWS_MAX],
  )
  const last = rows.at(-1)
  if (last === undefined) return 0
  const moved = await tx.touch(
    `INSERT INTO told_from (till, inc, seq) VALUES ($1, $2, $4)
     ON CONFLICT (till, inc) DO UPDATE SET seq = excluded.seq WHERE told_from.seq = $3`, [till, inc, seq, last.seq],
  )
  // Somebody else has told these lines meanwhile; nothing is written yet.
  if (moved !== 1) return 0
  // What no version of ours can read has its mark as unreadable, and there is nothing in it that could be told.
  const events = rows.flatMap((row) => {
    const read = EventBody.safeParse(JSON.parse(row.body))
    return read.success ? [{ row, event: read.data }] : []
  })
  const pieces = await piecesOf(tx, events.flatMap(({ event }) => (event.unitId === null ? [] : [event.unitId])))
  const told = events.flatMap(({ row, event }) => toldRowsOf(row, event, pieces, stores))
  await appendTold(tx, told)
  return told.length
}

function toldRowsOf(
  row: AppliedRow, event: EventBody, pieces: ReadonlyMap<string, ToldPiece>, stores: ReadonlyMap<string, StoreRecord>,
): ToldRow[] {
  const { storeId, tillId, at } = event
  const day = localDay(at, stores.get(storeId)?.time_zone ?? 'UTC')
  const common = { store_id: storeId, till: tillId, at, day, received_at: row.received_at, verdict: row.verdict }
  if (row.kind === BOOKED) return bookedRows(event).map((booked) => ({ ...NO_PIECE, ...common, ...booked }))
  const piece = event.unitId === null ? NO_PIECE : (pieces.get(event.unitId) ?? { ...NO_PIECE, unit_id: event.unitId })
  const { amount_cents, currency } = amountIn(event.params)
  return [{ ...piece, ...common, id: event.id, kind: event.kind, amount_cents, currency, params: JSON.stringify(event.params) }]
}

const NO_PIECE = { unit_id: null, product_id: null, serial: null, lot: null, supplier: null }

/** A sale as a whole is told too: other systems want one message a receipt, whatever lay in the basket. */
function bookedRows(event: EventBody): (Pick<ToldRow, 'id' | 'kind' | 'currency' | 'params'> & { amount_cents: number | null })[] {
  return (event.rows ?? []).filter(({ book }) => book === 'sales').map(({ row }) => {
    const lines = (event.rows ?? []).filter((other) => other.book === 'sale_lines' && other.row['sale_id'] === row['id']).length
    const number = String(row['number'] ?? '')
    return {
      id: String(row['id']),
      kind: 'sale',
      amount_cents: typeof row['gross_cents'] === 'number' ? row['gross_cents'] : null,
      currency: row['currency'] === null || row['currency'] === undefined ? null : String(row['currency']),
      params: JSON.stringify({ number, receipt: number, lines }),
    }
  })
}

/** What a line says of money: the price of what was sold, the amount that was given back. */
export function amountIn(params: Params): { amount_cents: number | null; currency: string | null } {
  const amount = params['price_cents'] ?? params['amount_cents']
  const { currency } = params
  return { amount_cents: typeof amount === 'number' ? amount : null, currency: typeof currency === 'string' ? currency : null }
}

export type ToldPiece = Pick<ToldRow, 'unit_id' | 'product_id' | 'serial' | 'lot' | 'supplier'>

/** What a line says of a piece beside its id, so that a report need not look it up a million times. */
export async function piecesOf(db: Query, ids: readonly string[]): Promise<Map<string, ToldPiece>> {
  if (ids.length === 0) return new Map()
  const unique = [...new Set(ids)]
  const rows = await db.query<{ id: string; product_id: string; aliases: string; more: string | null; supplier: string | null; lot: string | null }>(
    `SELECT u.id, u.product_id, u.aliases, u.more, o.supplier, o.lot FROM unit u
     LEFT JOIN unit_origin o ON o.unit_id = u.id WHERE u.id = ANY ($1::text[])`, [unique],
  )
  const makers = await db.query<{ product_id: string; supplier: string }>(
    'SELECT product_id, supplier FROM product_origin WHERE product_id = ANY ($1::text[])', [[...new Set(rows.map((row) => row.product_id))]],
  )
  const supplierOf = new Map(makers.map((row) => [row.product_id, row.supplier]))
  return new Map(rows.map((row) => [row.id, {
    unit_id: row.id,
    product_id: row.product_id,
    serial: serialIn(row.aliases),
    lot: row.lot ?? (row.more === null ? null : ((JSON.parse(row.more) as { lot?: string }).lot ?? null)),
    supplier: row.supplier ?? supplierOf.get(row.product_id) ?? null,
  }]))
}

/** The number a person would read from the label: the maker's serial, else the first that is still valid. */
export function serialIn(aliases: string): string | null {
  const all = (JSON.parse(aliases) as WireAlias[]).filter((alias) => alias.retired_why === null)
  return (all.find((alias) => alias.kind === 'serial') ?? all[0])?.value ?? null
}
