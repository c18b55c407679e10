import type { BizTransaction, EpcisEvent } from './event.ts'
import { param } from './journal-line.ts'
import type { ExportWorld, JournalLine } from './journal-line.ts'
import { localTime } from './local-time.ts'
import type { LocalTime } from './local-time.ts'
import { documentUri, eventUri, locationUri, partyUri, placesOf, unitUri } from './names.ts'
import { shapeOf } from './shapes.ts'
import type { PlainLine, Shape } from './shapes.ts'
import type { TransactionType } from './vocabulary.ts'

/** The events of an export, and the lines that could not be told with why: nothing is left out in silence. */
export interface Mapped {
  readonly events: readonly EpcisEvent[]
  readonly untold: readonly { readonly id: string, readonly why: 'original-not-known' }[]
}

/**
 * Tells journal lines as EPCIS 2.0 events, in the given order. `lines` are told; `known` (the whole journal of their
 * units, if `lines` is only a day of it) is where a void or a correction finds the event that it is about.
 */
export function mapJournal(
  lines: readonly JournalLine[], world: ExportWorld, known: readonly JournalLine[] = lines,
): Mapped {
  const events: EpcisEvent[] = []
  const untold: { id: string, why: 'original-not-known' }[] = []
  for (const line of lines) {
    const told = isPlain(line) ? [eventOf(line, world)] : errorEvents(line, world, known)
    if (told === null) untold.push({ id: line.id, why: 'original-not-known' })
    else events.push(...told)
  }
  return { events, untold }
}

const isPlain = (line: JournalLine): line is PlainLine => line.kind !== 'voided' && line.kind !== 'corrected'

/** One journal line that is an event of its own. */
export function eventOf(line: PlainLine, world: ExportWorld): EpcisEvent {
  return filled(shapeOf(line), line, world)
}

/**
 * The original again, with its own id and all its fields, declared an error: a void did not occur and names no
 * correction; a correction names the event that is right, which follows.
 */
function errorEvents(line: JournalLine, world: ExportWorld, known: readonly JournalLine[]): EpcisEvent[] | null {
  const original = originalOf(line, known)
  if (original === null) return null
  const declarationTime = timeOf(line, world).eventTime
  const wrong = eventOf(original, world)
  if (line.kind === 'voided') return [{ ...wrong, errorDeclaration: { declarationTime, reason: 'did_not_occur' } }]
  const right = eventOf({ ...original, id: line.id }, correctedWorld(line, world))
  const correctiveEventIDs = [eventUri(line.id, world)]
  return [{ ...wrong, errorDeclaration: { declarationTime, reason: 'incorrect_data', correctiveEventIDs } }, right]
}

/** By the id that it names; a void without one is about the last sale of the unit before it, on the same receipt. */
function originalOf(line: JournalLine, known: readonly JournalLine[]): PlainLine | null {
  const of = param(line, 'of')
  const candidates = known.filter(isPlain).filter((earlier) => earlier.unitId === line.unitId && earlier.at <= line.at)
  if (of !== null) return candidates.find((earlier) => earlier.id === of) ?? null
  if (line.kind === 'corrected') return null
  const receipt = param(line, 'receipt')
  const sales = candidates.filter((earlier) =>
    earlier.kind === 'sold' && (receipt === null || param(earlier, 'receipt') === receipt))
  return sales.at(-1) ?? null
}

/** The world in which the unit has the serial that the correction gives it. */
function correctedWorld(line: JournalLine, world: ExportWorld): ExportWorld {
  const serial = param(line, 'serial')
  const unit = world.units[line.unitId]
  if (serial === null || unit === undefined) return world
  return { ...world, units: { ...world.units, [line.unitId]: { ...unit, serial } } }
}

function timeOf(line: JournalLine, world: ExportWorld): LocalTime {
  return localTime(line.at, world.stores[line.storeId ?? '']?.timeZone ?? 'UTC')
}

function filled(shape: Shape, line: PlainLine, world: ExportWorld): EpcisEvent {
  const uri = unitUri(world.units[line.unitId], line.unitId, world.base)
  const transactions = transactionsOf(line, world)
  const common = {
    eventID: eventUri(line.id, world),
    ...timeOf(line, world),
    ...(shape.bizStep === undefined ? {} : { bizStep: shape.bizStep }),
    ...(shape.disposition === undefined ? {} : { disposition: shape.disposition }),
    ...placesOf(line, world),
    ...(transactions.length === 0 ? {} : { bizTransactionList: transactions }),
    ...partiesOf(line, world),
  }
  const parent = param(line, 'parent')
  if (shape.type === 'AssociationEvent' && parent !== null) {
    const parentID = unitUri(world.units[parent], parent, world.base)
    return { type: 'AssociationEvent', action: shape.action, parentID, childEPCs: [uri], ...common }
  }
  if (shape.type === 'TransactionEvent') {
    const bizTransactionList = transactions.length === 0 ? [ownTransaction(line, world)] : transactions
    return { type: 'TransactionEvent', action: shape.action, epcList: [uri], ...common, bizTransactionList }
  }
  if (shape.type === 'TransformationEvent') {
    return { type: 'TransformationEvent', ...relabelledUris(line, world), ...common }
  }
  // A set whose whole is not known is told as seen and no more, and only a new piece may bring its master data.
  const action = shape.type === 'ObjectEvent' ? shape.action : 'OBSERVE'
  const ilmd = action === 'ADD' ? ilmdOf(line, world) : {}
  return {
    type: 'ObjectEvent',
    action,
    epcList: [uri],
    ...common,
    ...(shape.persistent === undefined ? {} : { persistentDisposition: shape.persistent }),
    ...(Object.keys(ilmd).length === 0 ? {} : { ilmd }),
  }
}

/** Lot and expiry of a new piece, under the shop's prefix. */
function ilmdOf(line: JournalLine, world: ExportWorld): Record<string, string> {
  const unit = world.units[line.unitId]
  return {
    ...(unit?.lot === undefined ? {} : { 'shop:lotNumber': unit.lot }),
    ...(unit?.expiresOn === undefined ? {} : { 'shop:expirationDate': unit.expiresOn }),
  }
}

function relabelledUris(line: JournalLine, world: ExportWorld): { inputEPCList: string[], outputEPCList: string[] } {
  const unit = world.units[line.unitId] ?? { gtin: null, serial: null }
  const named = (serial: string | null): string =>
    unit.gtin === null ? `${world.base}serial/${encodeURIComponent(serial ?? '')}`
      : unitUri({ ...unit, serial }, serial ?? line.unitId, world.base)
  return { inputEPCList: [named(param(line, 'from'))], outputEPCList: [named(param(line, 'to'))] }
}

const TRANSACTIONS: readonly (readonly [TransactionType, string, readonly string[]])[] = [
  ['rma', 'return', ['number', 'return']],
  ['inv', 'receipt', ['receipt']],
  ['po', 'order', ['order']],
  ['desadv', 'despatch', ['despatch']],
]

/** The documents that the line names; a return names its own number first and the receipt of the sale second. */
function transactionsOf(line: JournalLine, world: ExportWorld): BizTransaction[] {
  const isReturn = line.kind === 'returned' || line.kind === 'refunded' || line.kind === 'shipped'
  return TRANSACTIONS.flatMap(([type, document, names]) => {
    const number = type === 'rma' && !isReturn ? null : param(line, ...names)
    return number === null ? [] : [{ type, bizTransaction: documentUri(document, number, world) }]
  })
}

/** An act on paper without a number of its own is named by its event. */
function ownTransaction(line: JournalLine, world: ExportWorld): BizTransaction {
  return { bizTransaction: documentUri(line.kind, param(line, 'number') ?? line.id, world) }
}

/** Who handed over and who took over: suppliers and stores, never customers. */
function partiesOf(line: JournalLine, world: ExportWorld): Pick<EpcisEvent, 'sourceList' | 'destinationList'> {
  if (line.storeId === null || (line.kind !== 'received' && line.kind !== 'shipped')) return {}
  const here = world.stores[line.storeId]?.gln ?? null
  const own = partyUri(here, line.storeId, world)
  const other = param(line, line.kind === 'received' ? 'from' : 'to')
  if (other === null) return {}
  const store = Object.hasOwn(world.stores, other)
  if (line.kind === 'received') {
    return {
      sourceList: [{ type: 'owning_party', source: partyUri(null, other, world) }],
      destinationList: [{ type: 'owning_party', destination: own }],
    }
  }
  return {
    sourceList: [{ type: 'possessing_party', source: own }],
    destinationList: store
      ? [{ type: 'location', destination: locationUri(other, world) }]
      : [{ type: 'possessing_party', destination: partyUri(null, other, world) }],
  }
}
