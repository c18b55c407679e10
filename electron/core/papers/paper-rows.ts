import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { sql, type Reading } from '../store/store.ts'

/** Documents of one kind and number, the newest first: the same paper may have been made again on a later day. */
export function documentsNumbered(db: Reading, kind: string, number: string): { id: string; at: string; body: ReceiptDocument }[] {
  const rows = sql(db, 'SELECT id, at, body FROM documents WHERE number = ? AND kind = ? ORDER BY at DESC, id DESC').all(number, kind) as {
    id: string
    at: string
    body: string
  }[]
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as ReceiptDocument }))
}

/** Whether a paper of this kind and number is out, or on its way: the next one is a copy. */
export const isHandedOut = (db: Reading, kind: string, number: string): boolean =>
  sql(
    db,
    `SELECT 1 FROM documents d JOIN print_jobs j ON j.document_id = d.id
     WHERE d.number = ? AND d.kind = ? AND j.state <> 'given-up' LIMIT 1`,
  ).get(number, kind) !== undefined

/** A verdict as it was kept. */
export interface KeptVerdict {
  readonly id: string
  readonly unitId: string | null
  readonly text: string
  readonly verdict: Verdict
  readonly seat: string
  readonly staffId: string | null
}

/** What a certificate is asked for by: the check itself, the newest check of a piece, or of a number nobody knows. */
export type VerdictAsked = { readonly by: 'verdict' | 'unit' | 'text'; readonly value: string }

/** The number under which a kept check is certified: enough of its id to be read out. */
export const certificateNumber = (verdictId: string): string => `C-${verdictId.slice(-8)}`

const VERDICT_BY = {
  verdict: 'SELECT * FROM verdicts WHERE id = ?',
  unit: 'SELECT * FROM verdicts WHERE unit_id = ? ORDER BY at DESC, id DESC LIMIT 1',
  text: 'SELECT * FROM verdicts WHERE unit_id IS NULL AND text = ? ORDER BY at DESC, id DESC LIMIT 1',
} as const

export function keptVerdict(db: Reading, asked: VerdictAsked): KeptVerdict | null {
  const row = sql(db, VERDICT_BY[asked.by]).get(asked.value) as
    | { id: string; unit_id: string | null; text: string; verdict: string; seat: string; staff_id: string | null }
    | undefined
  return row
    ? { id: row.id, unitId: row.unit_id, text: row.text, verdict: JSON.parse(row.verdict) as Verdict, seat: row.seat, staffId: row.staff_id }
    : null
}

export interface SoldLine {
  readonly product_id: string
  readonly unit_id: string | null
  readonly name: string
  readonly serial: string | null
  readonly lot: string | null
  readonly quantity: number
}

/** The sale of a receipt that this till wrote, with what was sold. */
export function saleNumbered(db: Reading, number: string): { soldAt: string; lines: SoldLine[] } | null {
  const sale = sql(db, 'SELECT id, sold_at FROM sales WHERE number = ?').get(number) as { id: string; sold_at: string } | undefined
  if (!sale) return null
  const lines = sql(
    db,
    'SELECT product_id, unit_id, name, serial, lot, quantity FROM sale_lines WHERE sale_id = ? ORDER BY position',
  ).all(sale.id) as SoldLine[]
  return { soldAt: sale.sold_at, lines }
}

/** The first moment at which a piece of this cart is no longer kept for it. */
export const heldUntil = (db: Reading, flowId: string): string | null =>
  (sql(db, 'SELECT min(until) AS until FROM holds WHERE flow_id = ?').get(flowId) as { until: string | null }).until
