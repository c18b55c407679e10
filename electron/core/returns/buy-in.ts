import { cents, minus } from '../../../contract/money.ts'
import { dayIn } from '../../../contract/days.ts'
import { ok, type Result } from '../../../contract/fault.ts'
import type { TradeInPay } from '../../../contract/trade-in-view.ts'
import type { Condition, CoverLayer, UnitFacts } from '../../../contract/unit.ts'
import { toldFacts, type KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { peekNumber, takeNumber } from '../flows/numbers.ts'
import type { Ground } from '../ground.ts'
import type { Product } from '../mirror/mirror.ts'
import { issueCredit } from '../money/ledger.ts'
import { moveMoney } from '../money/move-money.ts'
import { tradeInPaper } from '../papers/trade-in-paper.ts'
import { closeEmptyParcels } from '../parcels/close-empty-parcels.ts'
import { recordEvent } from '../store/journal.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { sql } from '../store/store.ts'
import { bringIntoBeing } from './bring-into-being.ts'

export const TRADE_IN_SERIES = 'trade-in'

export interface BoughtIn {
  readonly product: Product
  /** Null for a piece we have never had: it becomes ours with the number that stands on it. */
  readonly unit: KnownUnit | null
  readonly serial: string
  readonly grade: Condition
  readonly amount_cents: number
  readonly payAs: TradeInPay
  readonly approval: { readonly staffId: string; readonly name: string; readonly reason: string } | null
}

/**
 * The shop buys a piece from a customer: it is ours, with the history it has, and waits to be inspected; the money goes
 * out as cash, credit or voucher; the owner's statement is the paper, and that an identity was looked at is all that is
 * kept of the person. In the transaction of the deed. Refuses an amount a voucher cannot hold; throws where nobody is
 * signed in.
 */
export function buyIn(deed: Deed, entry: BoughtIn): Result<{ number: string; documentId: string; credits: string[] }> {
  const { ground, db, staff } = deed
  if (!staff) throw new Error('nobody is signed in')
  const at = ground.now()
  const number = peekNumber(ground, db, TRADE_IN_SERIES)
  takeNumber(deed, TRADE_IN_SERIES, number)
  const unitId = entry.unit?.id ?? bringIntoBeing(deed, {
    productId: entry.product.id, serial: entry.serial, from: 'trade-in',
    facts: { custody: { at: 'with-customer' }, title: { is: 'unknown' }, condition: 'to-inspect', flags: [], cover: [] },
  })
  const before = toldFacts(ground.mirror, db, unitId) ?? null
  const facts: UnitFacts = {
    custody: { at: 'in-stock', storeId: ground.place.id, area: 'returns' }, title: { is: 'ours' }, condition: 'to-inspect',
    flags: before?.flags ?? [], cover: makersStill(ground, entry.unit),
  }
  const event = { unitId, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff.staffId, who: staff.name, facts }
  recordEvent(db, { ...event, id: ground.newId(), kind: 'received', params: { from: 'trade-in', number, condition: entry.grade, amount_cents: entry.amount_cents, currency: ground.place.currency } })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'routed', params: { place: 'inspection', condition: entry.grade } })
  for (const { layer, end } of facts.cover)
    recordEvent(db, { ...event, id: ground.newId(), kind: 'cover-moved', params: { layer, claims: 0, until: end } })
  closeEmptyParcels(deed)
  const credits: string[] = []
  if (entry.payAs === 'cash') {
    const { approval } = entry
    const moved = moveMoney(deed, {
      what: 'paid-out', kind: 'cash', amount_cents: entry.amount_cents, reason: 'trade-in', credit: null, toldBy: number,
      authority: approval === null ? null : { ...approval, steppedUp: true },
    })
    if (!moved.ok) return moved
  } else {
    const credit = issueCredit(deed, { kind: entry.payAs, amount_cents: entry.amount_cents, becauseOf: deed.flowId, holder: null })
    if (!credit.ok) return credit
    credits.push(credit.value.number)
  }
  const documentId = ground.newId()
  recordDocument(db, {
    id: documentId, kind: 'trade-in', number, at, total_cents: minus(cents(0), cents(entry.amount_cents)),
    summary: [entry.product.name, entry.serial].join(' ').slice(0, 500),
    body: tradeInPaper({ ...entry, number, at, who: staff.name, credits }, deed.setting),
  })
  sql(
    db,
    `INSERT INTO trade_ins (id, number, flow_id, at, unit_id, product_id, grade, price_cents, currency, paid_as, identity_seen, statement_id, staff_id, demo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  ).run(
    ground.newId(), number, deed.flowId, at, unitId, entry.product.id, entry.grade, entry.amount_cents, ground.place.currency, entry.payAs, documentId,
    staff.staffId, ground.demo ? 1 : 0,
  )
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: entry.payAs === 'cash', at })
  return ok({ number, documentId, credits })
}

/**
 * What its maker still promises stays with a piece that the shop buys, so that whoever buys it next hears of it; law and
 * plan were the first buyer's.
 */
function makersStill(ground: Ground, unit: KnownUnit | null): CoverLayer[] {
  const today = dayIn(ground.now(), ground.place.time_zone)
  const makers = unit?.facts.cover.filter(({ layer, voidWhy, end }) => layer === 'maker' && voidWhy === null && end >= today) ?? []
  return makers.map((layer) => ({ ...layer, basis: 'delivery' }))
}
