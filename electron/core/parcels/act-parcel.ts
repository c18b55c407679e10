import { dayIn } from '../../../contract/days.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import type { EventKind } from '../../../contract/journal.ts'
import type { ParcelAct, ParcelState, ParcelStep, ParcelTo } from '../../../contract/parcel.ts'
import type { Custody, ParcelPlace } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import { judgeUnit } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { hitsIn, isAside } from '../scans/found.ts'
import { lookAt } from '../scans/look.ts'
import { tell } from '../service/claims.ts'
import { nextNumber } from '../store/meta.ts'
import { legalFrom } from './legal-from.ts'
import { parcelNow, type ParcelNow } from './parcel-now.ts'
import {
  closeParcel, openParcelAgain, parcelRow, recordParcel, recordParcelStep, setSealedTo, stepsOfParcel, type ParcelRow,
} from './parcel-rows.ts'
import { piecesOfParcel, piecesToSend } from './pieces-of-parcel.ts'

interface InHand {
  readonly row: ParcelRow
  readonly pieces: readonly KnownUnit[]
  readonly now: ParcelNow
}

/**
 * What is done about sending a sold piece to its buyer. The piece stays sold whatever becomes of the parcel. Refuses a
 * piece that is not of this sale or parcel, one that is recalled or looked for, an act that does not fit how the parcel
 * stands, and an address where nothing can be sealed.
 */
export function actParcel(deed: Deed, key: CustomerKey | null, act: ParcelAct): Result<null> {
  if (act.do === 'send') return send(deed, key, act)
  const row = parcelRow(deed.db, act.parcelId)
  if (row === null) return refused('no-such-parcel')
  const pieces = piecesOfParcel(deed.ground, row)
  if (pieces.length === 0) return refused('not-in-this-state')
  const inHand: InHand = { row, pieces, now: nowOf(deed, row, pieces) }
  switch (act.do) {
    case 'readdress':
      if (row.closed_at !== null) return refused('not-in-this-state')
      if (key === null) return refused('customers-locked')
      setSealedTo(deed.db, row.id, sealedTo(key, row.id, act.to))
      return ok(null)
    case 'pack':
      return pack(deed, inHand, act.text)
    case 'hand-over':
      return handOver(deed, inHand, act)
    case 'delivered':
      return inHand.row.closed_at === null ? become(deed, inHand, 'delivered') : refused('not-in-this-state')
    case 'came-back':
      return ['under-way', 'lost'].includes(inHand.now.state) ? become(deed, inHand, 'came-back') : refused('not-in-this-state')
    case 'lost':
      return inHand.now.state === 'under-way' ? become(deed, inHand, 'lost') : refused('not-in-this-state')
    case 'undo':
      return undo(deed, inHand)
    default:
      return unreachable(act)
  }
}

/** What the sealed address of a parcel is bound to. */
export const addressOwner = (parcelId: string): string => `parcel ${parcelId}`

const sealedTo = (key: CustomerKey, parcelId: string, to: ParcelTo): Buffer => key.seal(JSON.stringify(to), addressOwner(parcelId))

function send(deed: Deed, key: CustomerKey | null, { saleId, unitIds, to }: Extract<ParcelAct, { do: 'send' }>): Result<null> {
  const { ground, db } = deed
  const free = piecesToSend(ground, saleId)
  const pieces = free.filter(({ id }) => unitIds.includes(id))
  if (pieces.length !== new Set(unitIds).size) return refused('not-sold')
  if (key === null) return refused('customers-locked')
  const stopped = stoppedAmong(deed, pieces)
  if (stopped !== null) return stopped
  const id = ground.newId()
  const number = formatNumber(ground, 'parcel', nextNumber(db, 'parcel'))
  recordParcel(db, { id, number, sale_id: saleId, sealed_to: sealedTo(key, id, to), made_at: ground.now() }, pieces.map((piece) => piece.id))
  const row = parcelRow(db, id)
  if (row === null) return refused('no-such-parcel')
  return become(deed, { row, pieces, now: nowOf(deed, row, pieces) }, 'to-be-sent')
}

/** The piece that is sent is the piece that was sold: its very number, and no other of the same article. */
function pack(deed: Deed, inHand: InHand, text: string): Result<null> {
  const { row, pieces, now } = inHand
  if (now.state !== 'waiting' && now.state !== 'packed') return refused('not-in-this-state')
  const found = lookAt(deed.ground, text)
  const isNearly = isAside(found) || (found.is === 'many' && found.alike)
  const scanned = isNearly ? [] : hitsIn(found).map(({ unit }) => unit.id)
  const piece = pieces.find(({ id }) => scanned.includes(id))
  if (piece === undefined) return refused('not-in-parcel', { text, number: row.number })
  if (now.packed.has(piece.id)) return ok(null)
  return stoppedAmong(deed, [piece]) ?? become(deed, { ...inHand, pieces: [piece] }, 'packed', { unitId: piece.id })
}

function handOver(deed: Deed, inHand: InHand, { carrier, tracking }: Extract<ParcelAct, { do: 'hand-over' }>): Result<null> {
  if (inHand.now.state !== 'packed' && inHand.now.state !== 'came-back') return refused('not-in-this-state')
  return stoppedAmong(deed, inHand.pieces) ?? become(deed, inHand, 'handed-over', { carrier, tracking })
}

/** Takes the last step back that still stands; after the first one the piece is not sent at all. */
function undo(deed: Deed, inHand: InHand): Result<null> {
  const { last } = inHand.now
  if (last === null) return refused('nothing-to-undo')
  const concerned = last.unit_id === null ? inHand.pieces : inHand.pieces.filter(({ id }) => id === last.unit_id)
  return become(deed, { ...inHand, pieces: concerned }, 'undone')
}

/** What was recalled since it was sold, or is looked for, stays here. */
function stoppedAmong({ ground }: Deed, pieces: readonly KnownUnit[]): Result<never> | null {
  const stopped = pieces.find((piece) => {
    const { recall, stolen } = judgeUnit(ground, 'check', piece, null).verdict.findings
    return recall.answer === 'affected' || stolen.answer === 'flagged'
  })
  return stopped === undefined ? null : refused('not-to-be-sent', { name: stopped.product.name, serial: stopped.aliases[0]?.value ?? stopped.id })
}

const nowOf = (deed: Deed, row: ParcelRow, pieces: readonly KnownUnit[]): ParcelNow =>
  parcelNow(stepsOfParcel(deed.db, row.id), pieces.map(({ id }) => id))

interface Said {
  readonly unitId?: string
  readonly carrier?: string
  readonly tracking?: string
}

/** The step, and the line in the life of each piece it is about: all or none. */
function become(deed: Deed, { row, pieces, now: before }: InHand, step: ParcelStep, { unitId, carrier = '', tracking = '' }: Said = {}): Result<null> {
  const { db, ground, staff } = deed
  recordParcelStep(db, row.id, { step, unit_id: unitId ?? null, carrier, tracking, at: ground.now(), who: staff?.name ?? null })
  const now = nowOf(deed, row, piecesOfParcel(ground, row))
  if (now.state === 'delivered' || now.state === 'called-off') closeParcel(db, row.id, ground.now())
  else if (row.closed_at !== null) openParcelAgain(db, row.id)
  for (const piece of pieces) {
    const isPacked = now.packed.has(piece.id)
    const state = now.state === 'waiting' && isPacked ? 'packed' : now.state === 'packed' && !isPacked ? 'waiting' : now.state
    tell(deed, piece.id, EVENT_OF[state], paramsOf(row, now, step), (facts) => ({ ...facts, custody: placeOf(deed, facts.custody, now.state) }))
    if (now.state === 'delivered') guaranteeFrom(deed, piece, dayIn(ground.now(), ground.place.time_zone), 'delivery')
    if (before.state === 'delivered') guaranteeFrom(deed, piece, daySold(deed, piece), 'sale')
  }
  return ok(null)
}

const EVENT_OF: Readonly<Record<ParcelState, EventKind>> = {
  waiting: 'to-be-sent', packed: 'packed', 'under-way': 'shipped', 'came-back': 'came-back', lost: 'lost-under-way',
  delivered: 'delivered', 'called-off': 'delivered',
}

const PLACE_OF: Readonly<Record<ParcelState, ParcelPlace['is'] | null>> = {
  waiting: 'to-be-sent', packed: 'to-be-sent', 'came-back': 'to-be-sent', 'under-way': 'under-way', lost: 'lost', delivered: null, 'called-off': null,
}

/** Packing moves nothing: a piece that waits has waited since it was to be sent. */
function placeOf({ ground }: Deed, custody: Custody, state: ParcelState): Custody {
  const is = PLACE_OF[state]
  if (is === null) return { at: 'with-customer' }
  if (custody.at === 'with-customer' && custody.parcel?.is === is) return custody
  return { at: 'with-customer', parcel: { is, storeId: ground.place.id, since: ground.now() } }
}

const paramsOf = (row: ParcelRow, { state, carrier, tracking }: ParcelNow, step: ParcelStep): Params => ({
  despatch: row.number, receipt: row.receipt,
  ...(state === 'under-way' ? { carrier, ...(tracking === '' ? {} : { tracking }) } : {}),
  ...(step === 'undone' ? { undone: 'yes' } : {}),
})

/** The legal guarantee of a sent piece runs from its delivery; where that is taken back, from the sale as before. */
function guaranteeFrom(deed: Deed, piece: KnownUnit, start: string, basis: 'sale' | 'delivery'): void {
  const moved = legalFrom(piece.facts.cover, start, basis)
  const until = moved?.find(({ layer }) => layer === 'legal')?.end
  if (moved !== null && until !== undefined) tell(deed, piece.id, 'cover-moved', { layer: 'legal', until }, (facts) => ({ ...facts, cover: moved }))
}

const daySold = ({ ground }: Deed, { facts: { title } }: KnownUnit): string =>
  dayIn('purchase' in title ? title.purchase.soldAt : ground.now(), ground.place.time_zone)
