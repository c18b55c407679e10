import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { ok, refused, type FaultCode, type Result } from '../../../contract/fault.ts'
import { reservationIn, type ReservationEnd, type Reserve } from '../../../contract/reservation.ts'
import { isOnlyElsewhere } from '../../../contract/verdicts/only-elsewhere.ts'
import { isInACart, judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import type { Ground } from '../ground.ts'
import { tell } from '../service/claims.ts'
import { nextNumber } from '../store/meta.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { reservationPaper } from './reservation-paper.ts'

/**
 * Keeps one piece for a customer until a day: no till of the shop sells it to anybody else meanwhile without being told.
 * A piece of another store is kept there, or asked to be sent here; that store hears of it as soon as both have a line.
 * The name goes on the slip alone: the journal forgets nobody. Refuses a piece that is not in stock, may not be sold,
 * lies in a cart, belongs to a set or is kept already.
 */
export function reservePiece(deed: Deed, wish: Reserve): Result<{ documentId: string }> {
  const { ground, db } = deed
  const unit = unitOf(ground, wish.unitId)
  if (unit === null) return refused('no-such-unit')
  const { custody } = unit.facts
  const fault = faultOf(ground, unit)
  if (fault !== null) return refused(fault, { name: unit.product.name, serial: unit.aliases[0]?.value ?? unit.id })
  const storeId = custody.at === 'in-stock' ? custody.storeId : ground.place.id
  const isAskedFor = wish.send && storeId !== ground.place.id
  const at = ground.now()
  const until = later(at, wish.days * DAY_MS)
  const number = formatNumber(ground, 'reservation', nextNumber(db, 'reservation'))
  tell(deed, unit.id, 'held', { reason: 'reservation', number, until, ...(isAskedFor ? { to: ground.place.id, store: ground.place.name } : {}) }, (facts) => ({
    ...facts,
    flags: [...facts.flags, {
      kind: 'hold', source: ground.place.name, at, reason: number, reference: number, until, ...(isAskedFor ? { toStoreId: ground.place.id } : {}),
    }],
  }))
  const documentId = ground.newId()
  const fetchedAt = isAskedFor ? ground.place.name : (ground.storeNames[storeId] ?? storeId)
  recordDocument(db, {
    id: documentId, kind: 'slip', number, at, total_cents: unit.price_cents, summary: wish.customer,
    body: reservationPaper({ number, at, who: deed.staff?.name ?? '', customer: wish.customer, unit, until, fetchedAt }, deed.setting),
  })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at })
  return ok({ documentId })
}

/** The customer is here, or does not come: the piece is free again. Refuses one that nobody keeps. */
export function endReservation(deed: Deed, unitId: string, why: ReservationEnd): Result<null> {
  const unit = unitOf(deed.ground, unitId)
  if (unit === null) return refused('no-such-unit')
  const kept = reservationIn(unit.facts.flags, deed.ground.now())
  if (kept === null) return refused('not-in-this-state')
  tell(deed, unitId, 'released', { number: kept.reference ?? '', reason: why }, (facts) => ({
    ...facts, flags: facts.flags.filter(({ kind, reference }) => kind !== 'hold' || reference !== kept.reference),
  }))
  return ok(null)
}

function faultOf(ground: Ground, unit: KnownUnit): FaultCode | null {
  const { custody, flags, partOf } = unit.facts
  if (reservationIn(flags, ground.now()) !== null) return 'reserved-already'
  if (custody.at !== 'in-stock') return 'piece-not-free'
  if (partOf !== undefined) return 'part-of-set'
  if (isInACart(ground, unit)) return 'piece-in-cart'
  const { verdict } = judgeUnit(ground, 'sell', unit, null)
  return verdict.outcome === 'accept' || isOnlyElsewhere(verdict) ? null : 'piece-not-free'
}
