import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { fullName } from '../../../contract/product-name.ts'
import { reservationIn, RESERVATION_DAYS_MAX, type ReservationWay, type ReservedPiece } from '../../../contract/reservation.ts'
import type { Flag } from '../../../contract/unit.ts'
import { maskedName } from '../customers/masked.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { TOLD_BY_NO_PAPER } from '../money/day-journal.ts'
import { sql } from '../store/store.ts'

const LIST_MAX = 500

/**
 * Pieces of which the centre told a hold with an end that is still to come, and that are or may come to be business of
 * this store. The first condition is that of the index, letter for letter; ended promises stay written, and are passed over.
 */
export const KEPT = `SELECT id FROM units WHERE instr(more, '"until":') > 0 AND custody IN ('in-stock', 'in-transit') AND EXISTS (
  SELECT 1 FROM json_each(units.more, '$.flags') flag
  WHERE json_extract(flag.value, '$.kind') = 'hold' AND json_extract(flag.value, '$.until') > @now
    AND (units.custody = 'in-transit' OR units.store_id = @here OR json_extract(flag.value, '$.toStoreId') = @here OR json_extract(flag.value, '$.source') = @name)
) ORDER BY id LIMIT ${LIST_MAX}`

/** Pieces that were kept here; the index of the day's journal finds them, and none is kept longer than it looks back. */
export const KEPT_HERE = `SELECT DISTINCT unit_id AS id FROM journal WHERE kind IN ${TOLD_BY_NO_PAPER} AND at >= @since AND kind = 'held'
  AND json_extract(body, '$.params.until') > @now LIMIT ${LIST_MAX}`

/** Every piece that this store keeps for a customer, has asked for or is to send; what ends first stands first. */
export function reservedPieces(ground: Ground): ReservedPiece[] {
  const now = ground.now()
  const told = sql(ground.mirror.reading, KEPT).all({ now, here: ground.place.id, name: ground.place.name })
  const ids = [...idsOf(told), ...idsOf(sql(ground.store.reading, KEPT_HERE).all({ now, since: later(now, -RESERVATION_DAYS_MAX * DAY_MS) }))]
  return [...new Set(ids)]
    .flatMap((id) => {
      const unit = unitOf(ground, id)
      return unit === null ? [] : reservedPiece(ground, unit)
    })
    .sort((a, b) => (a.until === b.until ? 0 : a.until < b.until ? -1 : 1))
}

/** The same for who may not see a customer's data: as much of a name as lets a cashier ask "is that you?". */
export const withMaskedNames = (pieces: readonly ReservedPiece[]): ReservedPiece[] =>
  pieces.map((piece) => ({ ...piece, customer: piece.customer === null ? null : maskedName(piece.customer) }))

const idsOf = (rows: unknown[]): string[] => (rows as { id: string }[]).map(({ id }) => id)

/** Nothing for a piece that is not kept, and for one that is no business of this store. */
function reservedPiece(ground: Ground, unit: KnownUnit): ReservedPiece[] {
  const kept = reservationIn(unit.facts.flags, ground.now())
  const told = kept === null ? null : wayOf(ground, unit, kept)
  if (kept === null || told === null) return []
  const number = kept.reference ?? ''
  return [{
    unitId: unit.id, name: fullName(unit.product.brand, unit.product.name), serial: unit.aliases[0]?.value ?? unit.id,
    number, until: kept.until, customer: customerOf(ground, number), way: told.way,
    store: { id: told.storeId, name: ground.storeNames[told.storeId] ?? told.storeId },
  }]
}

function wayOf(ground: Ground, { facts: { custody } }: KnownUnit, kept: Flag): { way: ReservationWay; storeId: string } | null {
  const here = ground.place.id
  const isAskedFor = kept.toStoreId === here
  if (custody.at === 'in-transit') return custody.toStoreId === here ? { way: 'coming', storeId: custody.fromStoreId } : null
  if (custody.at !== 'in-stock') return null
  if (custody.storeId !== here)
    return isAskedFor ? { way: 'asked-for', storeId: custody.storeId } : kept.source === ground.place.name ? { way: 'waits-there', storeId: custody.storeId } : null
  return kept.toStoreId === undefined || isAskedFor ? { way: 'waits-here', storeId: here } : { way: 'to-send', storeId: kept.toStoreId }
}

/** The name stands on the slip and nowhere else. */
const customerOf = (ground: Ground, number: string): string | null =>
  (sql(ground.store.reading, "SELECT summary FROM documents WHERE kind = 'slip' AND number = ?").get(number) as { summary: string } | undefined)?.summary ?? null
