import { ToldReceipt } from '../../../contract/sync/receipt-wire.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import { sql, type Reading, type Writing } from './store.ts'

/** Keeps a receipt as the centre tells it now, in place of what it told before. */
export function keepToldReceipt(db: Writing, told: ToldReceipt, at: string): void {
  sql(
    db,
    `INSERT INTO told_receipts (number, sale_id, told_at, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET sale_id = excluded.sale_id, told_at = excluded.told_at, body = excluded.body`,
  ).run(told.number, told.saleId, at, JSON.stringify(told))
  const line = sql(db, 'INSERT INTO told_lines (line_id, number) VALUES (?, ?) ON CONFLICT (line_id) DO UPDATE SET number = excluded.number')
  for (const { lineId } of told.lines) line.run(lineId, told.number)
}

/** So long the centre keeps a receipt it told for the till it told: by then it may have come back at another. */
const BELIEVED_MS = 120_000

/**
 * Whether the centre told this receipt so short a time ago that it is still as it said. It is kept for this till no
 * longer once goods of it came back here: the centre gives it to whoever asks next.
 */
export function isToldLately(db: Reading, number: string, now: string): boolean {
  const row = sql(db, 'SELECT told_at AS at FROM told_receipts WHERE number = ?').get(number) as { at: string } | undefined
  if (row === undefined || Date.parse(now) - Date.parse(row.at) >= BELIEVED_MS) return false
  const here = sql(db, 'SELECT e.return_line_id AS id FROM returned_elsewhere e JOIN told_lines l ON l.line_id = e.sale_line_id WHERE l.number = ?')
    .all(number) as { id: string }[]
  const told = new Set(toldReceipt(db, number)?.returned.map(({ returnLineId }) => returnLineId))
  return here.every(({ id }) => told.has(id))
}

/** The receipt is not kept for this till any more: another may take goods of it back from now on. */
export const believeNoLonger = (db: Writing, number: string): void =>
  void sql(db, 'UPDATE told_receipts SET told_at = ? WHERE number = ?').run(new Date(0).toISOString(), number)

const read = (row: { body: string } | undefined): ToldReceipt | null => (row === undefined ? null : (ToldReceipt.safeParse(JSON.parse(row.body)).data ?? null))

export const toldReceipt = (db: Reading, number: string): ToldReceipt | null =>
  read(sql(db, 'SELECT body FROM told_receipts WHERE number = ?').get(number) as { body: string } | undefined)

export const toldReceiptOfLine = (db: Reading, lineId: string): ToldReceipt | null =>
  read(sql(db, 'SELECT r.body FROM told_lines l JOIN told_receipts r ON r.number = l.number WHERE l.line_id = ?').get(lineId) as { body: string } | undefined)

const toldReceiptOfSale = (db: Reading, saleId: string): ToldReceipt | null =>
  read(sql(db, 'SELECT body FROM told_receipts WHERE sale_id = ?').get(saleId) as { body: string } | undefined)

/** How many of a sold line have come back: in these books, and by the centre's word at other tills. */
export function returnedOfLine(db: Reading, saleLineId: string): number {
  const here = sql(
    db,
    `SELECT id, quantity FROM return_lines WHERE sale_line_id = @saleLineId
     UNION ALL SELECT return_line_id, quantity FROM returned_elsewhere WHERE sale_line_id = @saleLineId`,
  ).all({ saleLineId }) as { id: string; quantity: number }[]
  const known = new Set(here.map(({ id }) => id))
  const told = (toldReceiptOfLine(db, saleLineId)?.returned ?? []).filter(({ lineId, returnLineId }) => lineId === saleLineId && !known.has(returnLineId))
  return [...here, ...told].reduce((sum, { quantity }) => sum + quantity, 0)
}

/** What the centre tells of the money of a sale: how it was paid, and what went back of it at other tills. */
export function toldMoneyOfSale(db: Reading, saleId: string): { paid: { kind: TenderKind; amount_cents: number }[]; refunded: { kind: TenderKind; amount_cents: number }[] } {
  const told = toldReceiptOfSale(db, saleId)
  if (told === null) return { paid: [], refunded: [] }
  const isHere = (returnId: string): boolean => sql(db, 'SELECT 1 FROM returns WHERE id = ?').get(returnId) !== undefined
  return {
    paid: summed(told.tenders),
    refunded: summed(told.refunded.filter(({ returnId }) => !isHere(returnId))),
  }
}

function summed(amounts: readonly { readonly kind: TenderKind; readonly amount_cents: number }[]): { kind: TenderKind; amount_cents: number }[] {
  const sums = new Map<TenderKind, number>()
  for (const { kind, amount_cents } of amounts) sums.set(kind, (sums.get(kind) ?? 0) + amount_cents)
  return [...sums].map(([kind, amount_cents]) => ({ kind, amount_cents }))
}
