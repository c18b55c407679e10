import { productName } from '../../contract/product-name.ts'
import { EventBody } from '../../contract/sync/event-body.ts'
import type { CaseView } from '../contract/till-calls.ts'
import { storesOf, type StoreRecord } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { settleCase, type CaseRow } from '../sync/cases.ts'
import { unitCards } from './unit-search.ts'

const ROWS_MAX = 200

interface SideJson {
  readonly till?: string | null
  readonly inc?: string | null
  readonly seq?: number | null
  readonly storeId?: string | null
  readonly at?: string | null
  readonly kind?: string
  readonly title?: string
  readonly who?: string | null
  readonly receipt?: string | null
  readonly params?: Readonly<Record<string, string | number>>
}

/** Cases of one state, the newest first, with what the centre held for true and what the till said. */
export async function listCases(db: Query, state: 'open' | 'settled'): Promise<CaseView[]> {
  const rows = await db.query<CaseRow>('SELECT * FROM conflict_case WHERE state = $1 ORDER BY opened_at DESC LIMIT $2', [state === 'open' ? 'open' : 'closed', ROWS_MAX])
  const stores = await storesOf(db)
  const tills = new Map((await db.query<{ till: string; name: string }>('SELECT till, name FROM device')).map((row) => [row.till, row.name]))
  const cards = new Map((await unitCards(db, rows.map((row) => row.unit_id))).map((card) => [card.unitId, card]))
  const heldTrue = await withTheirSales(db, rows.map((row) => JSON.parse(row.a) as SideJson | null))
  return rows.map((row, place): CaseView => {
    const card = cards.get(row.unit_id)
    const [how = null, ...note] = (row.how ?? '').split(': ')
    return {
      id: row.case_id, unitId: row.unit_id, kind: row.kind, openedAt: row.opened_at, state,
      thing: card === undefined ? row.unit_id : productName(card),
      serial: card?.aliases.find((alias) => alias.retiredWhy === null)?.value ?? null,
      first: sideOf(heldTrue[place] ?? null, tills, stores), second: sideOf(JSON.parse(row.b) as SideJson | null, tills, stores),
      steps: stepsOf(row.kind), settledHow: row.how === null ? null : how, settledBy: row.closed_by, settledAt: row.closed_at, note: note.length === 0 ? null : note.join(': '),
    }
  })
}

/** Who sold a piece, and for how much, is no fact of the piece: it stands in the event, where that is still what the centre goes by. */
async function withTheirSales(db: Query, sides: readonly (SideJson | null)[]): Promise<(SideJson | null)[]> {
  const events = await db.query<{ till: string; inc: string; seq: number; body: string }>(
    `SELECT j.till, j.inc, j.seq, j.body FROM unnest($1::text[], $2::text[], $3::bigint[]) AS s (till, inc, seq)
     JOIN journal j ON j.till = s.till AND j.inc = s.inc AND j.seq = s.seq`,
    [sides.map((side) => side?.till ?? null), sides.map((side) => side?.inc ?? null), sides.map((side) => side?.seq ?? null)],
  )
  const byPlace = new Map(events.map(({ till, inc, seq, body }) => [`${till} ${inc} ${seq}`, EventBody.safeParse(JSON.parse(body)).data]))
  return sides.map((side) => {
    const sale = side === null ? undefined : byPlace.get(`${side.till} ${side.inc} ${side.seq}`)
    return side === null || sale === undefined || sale.kind !== side.title ? side : { ...side, who: sale.who, params: sale.params }
  })
}

function sideOf(side: SideJson | null, tills: ReadonlyMap<string, string>, stores: ReadonlyMap<string, StoreRecord>): CaseView['first'] {
  const params = side?.params ?? {}
  const amount = params['price_cents'] ?? params['amount_cents']
  const receipt = side?.receipt ?? params['receipt'] ?? params['number']
  return {
    till: side?.till ?? null,
    tillName: typeof side?.till === 'string' ? (tills.get(side.till) ?? side.till) : null,
    storeName: typeof side?.storeId === 'string' ? (stores.get(side.storeId)?.name ?? side.storeId) : null,
    at: side?.at ?? null, kind: side?.kind ?? side?.title ?? 'unknown', who: side?.who ?? null,
    receipt: receipt === undefined ? null : String(receipt), amount_cents: typeof amount === 'number' ? amount : null,
    currency: typeof params['currency'] === 'string' ? params['currency'] : null,
  }
}

/** What may have been behind it, the likeliest first. */
function stepsOf(kind: string): CaseView['steps'] {
  if (kind.includes('stolen')) return ['fraud', 'wrong-scan', 'keep-both']
  if (kind.includes('refund') || kind.includes('return')) return ['wrong-scan', 'fraud', 'void', 'keep-both']
  return ['wrong-scan', 'void', 'fraud', 'keep-both']
}

/** Settles a case once. Refuses `stale` where somebody else was faster. */
export async function settle(office: Office, who: string, given: { id: string; unitId: string; how: string; note: string }): Promise<void> {
  const isSettled = await settleCase(office, given.unitId, { caseId: given.id, by: who, how: `${given.how}: ${given.note}` })
  if (!isSettled) throw new HubRefusal('stale')
  await logAct(office.db, office, who, 'case-settled', `${given.id} ${given.how}`)
}
