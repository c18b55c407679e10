import type { BookedRow, EventBody } from '../../contract/sync/event-body.ts'
import { ToldReceipt, type ReceiptRelease, type ReceiptReply } from '../../contract/sync/receipt-wire.ts'
import { prepared, together, type Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { LEASE_MS } from './claims.ts'

interface ReceiptRow {
  readonly sale_id: string
  readonly kind: 'sale' | 'line' | 'tender' | 'return' | 'refund'
  readonly row_id: string
  readonly till: string
  readonly number: string | null
  readonly line_id: string | null
  readonly quantity: number | null
  readonly body: string
}

/** The kind of a case that the centre opens: more plain goods came back than were bought. */
export const OVER_RETURNED = 'over-returned'

type Told = readonly { readonly event: EventBody | null }[]

/** What more may have come back by than was bought, in whatever order the two are told. */
const COUNTS = new Set<ReceiptRow['kind']>(['line', 'return'])
/** What a till tells when money has gone back for a receipt: it has done with it. */
const GONE_BACK = new Set<ReceiptRow['kind']>(['return', 'refund'])

const KEEP = prepared(
  `INSERT INTO receipt_row (sale_id, kind, row_id, till, number, line_id, quantity, body)
   SELECT n.sale_id, n.kind, n.row_id, n.till, n.number, n.line_id, n.quantity, n.body
   FROM json_to_recordset($1::json) AS n (sale_id text, kind text, row_id text, till text, number text, line_id text, quantity bigint, body text)
   ON CONFLICT (sale_id, kind, row_id) DO NOTHING RETURNING sale_id, kind, line_id`,
)

/**
 * Keeps what tills book of their sales and returns so that any till can ask for a receipt. Told twice it is there once.
 * Where more of a line has come back than was bought, at whatever tills and in whatever order or at whatever moment it is
 * told, a case is open, one a line: the money did move, and a person looks.
 */
export async function writeReceipts(tx: Query, till: string, events: Told): Promise<void> {
  const rows = events.flatMap(({ event }) => (event?.rows ?? []).flatMap((row) => receiptRow(till, row)))
  if (rows.length === 0) return
  // The sales first, the rows after: whoever tells of the same sale now waits for us, and then counts what we have written.
  const [, written] = await together(
    lockSales(tx, till, rows),
    tx.query<Pick<ReceiptRow, 'sale_id' | 'kind' | 'line_id'>>(KEEP, [JSON.stringify(rows)]),
  )
  const counted = written.filter(({ kind }) => COUNTS.has(kind))
  const last = events.findLast(({ event }) => event !== null)?.event
  if (counted.length > 0 && last) await openOverReturned(tx, till, last, counted)
}

const LOCK = prepared(
  `INSERT INTO receipt_claim (sale_id, till, until_ms) SELECT n.sale_id, $2, 0 FROM unnest($1::text[]) AS n (sale_id)
   ON CONFLICT (sale_id) DO UPDATE SET
     until_ms = CASE WHEN receipt_claim.till = excluded.till AND receipt_claim.sale_id = ANY ($3::text[]) THEN 0 ELSE receipt_claim.until_ms END`,
)

/**
 * Takes the row of each receipt of which something is counted, in one order for all. A till that tells what went back
 * has the receipt on its counter no longer: the next one to ask is told, and then sees what we have written.
 */
async function lockSales(tx: Query, till: string, rows: readonly ReceiptRow[]): Promise<void> {
  const salesOf = (isMeant: (kind: ReceiptRow['kind']) => boolean): string[] =>
    [...new Set(rows.filter(({ kind }) => isMeant(kind)).map(({ sale_id }) => sale_id))].sort()
  const saleIds = salesOf((kind) => COUNTS.has(kind) || GONE_BACK.has(kind))
  if (saleIds.length > 0) await tx.touch(LOCK, [saleIds, till, salesOf((kind) => GONE_BACK.has(kind))])
}

/**
 * `floor_case` of more back than was bought, under the line's own name: two tills that tell of it open one case. It is
 * asked for with rows that were not told before, so one that was settled is open again where still more has come back.
 */
async function openOverReturned(tx: Query, till: string, event: EventBody, told: readonly Pick<ReceiptRow, 'sale_id' | 'line_id'>[]): Promise<void> {
  const over = await tx.query<{ line_id: string }>(
    `SELECT r.line_id FROM receipt_row r JOIN receipt_row l ON l.sale_id = r.sale_id AND l.kind = 'line' AND l.row_id = r.line_id
     WHERE r.sale_id = ANY ($1::text[]) AND r.kind = 'return' AND r.line_id = ANY ($2::text[])
     GROUP BY r.line_id, l.quantity HAVING sum(r.quantity) > l.quantity ORDER BY r.line_id`,
    [[...new Set(told.map(({ sale_id }) => sale_id))], [...new Set(told.flatMap(({ line_id }) => line_id ?? []))]],
  )
  for (const { line_id } of over)
    await tx.query(
      `INSERT INTO floor_case (case_id, source, till, store_id, kind, quiet, unit_id, state, rank, opened_at, changed_at)
       VALUES ($1, 'case', $2, $3, $5, false, NULL, 'open', 0, $4, $4)
       ON CONFLICT (case_id, source) DO UPDATE SET till = excluded.till, store_id = excluded.store_id, state = 'open',
         opened_at = excluded.opened_at, changed_at = excluded.changed_at
       WHERE floor_case.state = 'closed'`,
      [line_id, till, event.storeId, event.at, OVER_RETURNED],
    )
}

function receiptRow(till: string, { book, key, row }: BookedRow): ReceiptRow[] {
  const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null)
  const quantity = typeof row['quantity'] === 'number' ? row['quantity'] : null
  const saleId = book === 'sales' ? text('id') : text('sale_id')
  if (saleId === null) return []
  const kept = { sale_id: saleId, till, number: null, line_id: null, quantity: null, body: JSON.stringify(row) }
  switch (book) {
    case 'sales':
      return [{ ...kept, kind: 'sale', row_id: saleId, number: text('number') }]
    case 'sale_lines':
      return [{ ...kept, kind: 'line', row_id: key, line_id: key, quantity }]
    case 'tenders':
      return [{ ...kept, kind: 'tender', row_id: key }]
    case 'return_lines': case 'returned_elsewhere': {
      const lineId = text('sale_line_id')
      return lineId === null ? [] : [{ ...kept, kind: 'return', row_id: key, line_id: lineId, quantity }]
    }
    case 'refund_parts':
      return [{ ...kept, kind: 'refund', row_id: key }]
    default:
      return []
  }
}

/** The receipt of a number for a till that has it on its counter: it is that till's alone for the time of a lease, or until it tells what went back. */
export function receiptFor(ground: Pick<HubGround, 'db' | 'now_ms'>, till: string, number: string): Promise<ReceiptReply> {
  return ground.db.transaction(async (tx): Promise<ReceiptReply> => {
    const [sale] = await tx.query<{ sale_id: string }>("SELECT sale_id FROM receipt_row WHERE number = $1 AND kind = 'sale' ORDER BY sale_id LIMIT 1", [number])
    if (sale === undefined) return { is: 'unknown' }
    const now = ground.now_ms()
    const ours = await tx.query(
      `INSERT INTO receipt_claim (sale_id, till, until_ms) VALUES ($1, $2, $3)
       ON CONFLICT (sale_id) DO UPDATE SET till = excluded.till, until_ms = excluded.until_ms
       WHERE receipt_claim.until_ms <= $4 OR receipt_claim.till = excluded.till RETURNING sale_id`,
      [sale.sale_id, till, now + LEASE_MS, now],
    )
    if (ours.length === 0) return heldByOther(tx, sale.sale_id, now)
    const rows = await tx.query<ReceiptRow>('SELECT * FROM receipt_row WHERE sale_id = $1 ORDER BY kind, row_id', [sale.sale_id])
    const read = ToldReceipt.safeParse(toldOf(rows))
    return read.success ? { is: 'told', receipt: read.data, until: instant(now + LEASE_MS) } : { is: 'unknown' }
  })
}

/**
 * The till does not go on with the receipt. Only what it was told until then ends: a word that comes late, after the
 * same till asked anew or another one was told, takes nothing from anybody.
 */
export async function releaseReceipt(ground: Pick<HubGround, 'db'>, till: string, { number, until }: ReceiptRelease): Promise<void> {
  await ground.db.touch(
    `UPDATE receipt_claim SET until_ms = 0 WHERE till = $1 AND until_ms <= $3
       AND sale_id IN (SELECT sale_id FROM receipt_row WHERE number = $2 AND kind = 'sale' ORDER BY sale_id LIMIT 1)`,
    [till, number, Date.parse(until)],
  )
}

async function heldByOther(tx: Query, saleId: string, now: number): Promise<ReceiptReply> {
  const [holder] = await tx.query<{ name: string | null; till: string; until_ms: number }>(
    'SELECT d.name, c.till, c.until_ms FROM receipt_claim c LEFT JOIN device d ON d.till = c.till WHERE c.sale_id = $1', [saleId],
  )
  return { is: 'held', till: holder?.name ?? holder?.till ?? '', until: instant(holder?.until_ms ?? now) }
}

function toldOf(rows: readonly ReceiptRow[]): unknown {
  const of = (kind: ReceiptRow['kind']) => rows.filter((row) => row.kind === kind).map((row) => ({ ...row, told: JSON.parse(row.body) as Record<string, string | number | null> }))
  const [sale] = of('sale')
  return {
    number: sale?.number, saleId: sale?.sale_id, storeId: sale?.told['store_id'], soldAt: sale?.told['sold_at'], currency: sale?.told['currency'],
    lines: of('line').map(({ told }) => told).sort((a, b) => Number(a['position']) - Number(b['position'])).map((told) => ({
      lineId: told['id'], tracking: told['tracking'], productId: told['product_id'], unitId: told['unit_id'], name: told['name'], serial: told['serial'],
      quantity: told['quantity'], total_cents: told['total_cents'], tax_bp: told['tax_bp'], lot: told['lot'] ?? null,
    })),
    tenders: of('tender').map(({ told }) => ({ kind: told['kind'], amount_cents: told['amount_cents'] })),
    returned: of('return').map(({ row_id, line_id, quantity }) => ({ returnLineId: row_id, lineId: line_id, quantity })),
    refunded: of('refund').map(({ told }) => ({ returnId: told['return_id'], kind: told['of_kind'], amount_cents: told['amount_cents'] })),
  }
}
