import type { Element } from '../identity/element.ts'
import type { Params } from '../ids.ts'
import type { EventKind } from '../journal.ts'

/** One event of the journal as an export needs it. Who did it and to whom it was sold are left behind on purpose. */
export interface JournalLine {
  readonly id: string
  readonly kind: EventKind
  readonly unitId: string
  /** UTC, ISO 8601. */
  readonly at: string
  readonly storeId: string | null
  readonly tillId: string | null
  /**
   * What is read of it: `receipt`, `number` or `return` (return number), `order`, `despatch`, `area`, `to`, `place`,
   * `from`, `condition`, `flag`, `why`, `scope` (`full` for a stock-taking), `parent` (unit id of a kit),
   * `of` (id of the event that a void or correction is about), `serial` (the right serial of a correction).
   */
  readonly params: Params
}

/** A store as the world outside knows it. */
export interface ExportStore {
  readonly gln: string | null
  /** IANA name, for the local time that EPCIS asks for. */
  readonly timeZone: string
}

/** A unit as the world outside knows it: GTIN and serial, or nothing but our own number. */
export interface ExportUnit {
  readonly gtin: string | null
  readonly serial: string | null
  readonly lot?: string
  /** ISO day. */
  readonly expiresOn?: string
}

/** What an export must know beside the lines. */
export interface ExportWorld {
  /** The shop's own web address, ending with a slash: names of receipts, places and units without GS1 key. */
  readonly base: string
  readonly stores: Readonly<Record<string, ExportStore>>
  readonly units: Readonly<Record<string, ExportUnit>>
}

/** A text parameter of a line by the first of these names that it has; null if none. */
export function param(line: JournalLine, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = line.params[name]
    if (value !== undefined && value !== '') return String(value)
  }
  return null
}

/** The elements that name a unit in GS1's terms; null where it has no GTIN or its serial is none of GS1's. */
export function elementsOfUnit(unit: ExportUnit): readonly Element[] | null {
  return unit.gtin === null || unit.serial === null ? null : [['01', unit.gtin], ['21', unit.serial]]
}
