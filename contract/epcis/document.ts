import type { EpcisEvent } from './event.ts'
import { param } from './journal-line.ts'
import type { ExportWorld, JournalLine } from './journal-line.ts'
import { localDay } from './local-time.ts'
import { mapJournal } from './map-journal.ts'
import type { Mapped } from './map-journal.ts'

export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

/** An EPCIS 2.0 document in JSON-LD (`application/ld+json`). */
export interface EpcisDocument {
  readonly '@context': readonly [string, Readonly<Record<'shop', string>>]
  readonly type: 'EPCISDocument'
  readonly schemaVersion: '2.0'
  readonly creationDate: string
  readonly epcisBody: { readonly eventList: readonly EpcisEvent[] }
}

/** A document and what could not be told in it. */
export interface Export {
  readonly document: EpcisDocument
  readonly untold: Mapped['untold']
}

/** Wraps events into a document made at the given UTC instant. `shop:` stands for the shop's own namespace. */
export function epcisDocument(events: readonly EpcisEvent[], createdAt: string, base: string): EpcisDocument {
  return {
    '@context': [EPCIS_CONTEXT, { shop: `${base}ns/` }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: createdAt,
    epcisBody: { eventList: events },
  }
}

/** The whole life of one unit, for its maker or for an insurer. */
export function exportOfUnit(
  journal: readonly JournalLine[], unitId: string, world: ExportWorld, createdAt: string,
): Export {
  return exported(journal.filter((line) => line.unitId === unitId), journal, world, createdAt)
}

/** One business day (ISO) of one store, by the store's own clock. */
export function exportOfDay(
  journal: readonly JournalLine[], storeId: string, day: string, world: ExportWorld, createdAt: string,
): Export {
  const timeZone = world.stores[storeId]?.timeZone ?? 'UTC'
  const ofDay = journal.filter((line) => line.storeId === storeId && localDay(line.at, timeZone) === day)
  return exported(ofDay, journal, world, createdAt)
}

/** A receipt number, return number, claim or recall campaign: the case, and all that ever happened to its units. */
export function exportOfCase(
  journal: readonly JournalLine[], number: string, world: ExportWorld, createdAt: string,
): Export {
  const units = new Set(journal.filter((line) => CASE_NUMBERS.some((name) => param(line, name) === number))
    .map(({ unitId }) => unitId))
  return exported(journal.filter((line) => units.has(line.unitId)), journal, world, createdAt)
}

const CASE_NUMBERS = ['receipt', 'number', 'return', 'campaign', 'case'] as const

function exported(
  lines: readonly JournalLine[], journal: readonly JournalLine[], world: ExportWorld, createdAt: string,
): Export {
  const { events, untold } = mapJournal(lines, world, journal)
  return { document: epcisDocument(events, createdAt, world.base), untold }
}
