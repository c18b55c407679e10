import type { FloorCase } from '../contract/till-calls.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { unitCards } from './unit-search.ts'

const ROWS_MAX = 200

interface Row {
  readonly case_id: string
  readonly source: FloorCase['source']
  readonly till: string | null
  readonly store_id: string | null
  readonly kind: string | null
  readonly quiet: boolean
  readonly unit_id: string | null
  readonly state: string
  readonly opened_at: string | null
  readonly changed_at: string
}

/** Told twice: a customer who still waits is one line, and so is the file that lies there when the customer is gone. */
const OPEN = `f.state <> 'closed' AND NOT (f.source = 'case' AND EXISTS (
  SELECT 1 FROM floor_case o WHERE o.case_id = f.case_id AND o.source = 'hand-over' AND o.state <> 'closed'))`
const SETTLED = `f.state = 'closed' AND NOT (f.source = 'hand-over' AND EXISTS (SELECT 1 FROM floor_case o WHERE o.case_id = f.case_id AND o.source = 'case'))`

/** Cases and hand-overs of the tills, the newest first. One of which only its end has been told yet is not shown before its beginning is. */
export async function listFloorCases(db: Query, state: 'open' | 'settled'): Promise<FloorCase[]> {
  const rows = await db.query<Row>(
    `SELECT f.* FROM floor_case f WHERE f.opened_at IS NOT NULL AND ${state === 'open' ? OPEN : SETTLED} ORDER BY f.opened_at DESC LIMIT $1`, [ROWS_MAX],
  )
  const stores = await storesOf(db)
  const tills = new Map((await db.query<{ till: string; name: string }>('SELECT till, name FROM device')).map(({ till, name }) => [till, name]))
  const cards = new Map((await unitCards(db, rows.flatMap((row) => row.unit_id ?? []))).map((card) => [card.unitId, card]))
  return rows.map((row): FloorCase => {
    const card = row.unit_id === null ? undefined : cards.get(row.unit_id)
    return {
      id: row.case_id, source: row.source, kind: row.kind ?? '', quiet: row.quiet, state: row.state, openedAt: row.opened_at ?? row.changed_at, changedAt: row.changed_at,
      tillName: row.till === null ? null : (tills.get(row.till) ?? row.till), storeName: row.store_id === null ? null : (stores.get(row.store_id)?.name ?? row.store_id),
      unitId: row.unit_id, thing: card === undefined ? null : [card.name.startsWith(card.brand) ? '' : card.brand, card.name].filter(Boolean).join(' '),
      serial: card?.aliases.find((alias) => alias.retiredWhy === null)?.value ?? null,
    }
  })
}
