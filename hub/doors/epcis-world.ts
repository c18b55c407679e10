import type { ExportUnit, ExportWorld, JournalLine } from '../../contract/epcis/journal-line.ts'
import { mapJournal } from '../../contract/epcis/map-journal.ts'
import type { EpcisEvent } from '../../contract/epcis/event.ts'
import { readLink } from '../../contract/identity/link.ts'
import { EventKind } from '../../contract/journal.ts'
import type { WireAlias } from '../../contract/sync/wire.ts'
import { productNames } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { paramsOf, type NumberedTold } from '../reports/told-row.ts'

/** The stores, and these units under their GTIN and serial, as the world outside knows them. */
export async function worldOf(db: Query, unitIds: readonly string[], base: string): Promise<ExportWorld> {
  const stores = await storesOf(db)
  const units = await db.query<{ id: string; product_id: string; aliases: string }>('SELECT id, product_id, aliases FROM unit WHERE id = ANY ($1::text[])', [[...new Set(unitIds)]])
  const products = await productNames(db, units.map((unit) => unit.product_id))
  return {
    base,
    stores: Object.fromEntries([...stores.values()].map(({ id, time_zone }) => [id, { gln: null, timeZone: time_zone }])),
    units: Object.fromEntries(units.map((unit): [string, ExportUnit] => {
      const serial = (JSON.parse(unit.aliases) as WireAlias[]).find((alias) => alias.kind === 'serial' && alias.retired_why === null)?.value ?? null
      return [unit.id, { gtin: products.get(unit.product_id)?.gtin ?? null, serial }]
    })),
  }
}

/** Applied lines as EPCIS events, each with the number of the line it came from; money and sales as a whole are none. */
export async function epcisOf(db: Query, rows: readonly NumberedTold[], base: string): Promise<{ seq: number; unitId: string; event: EpcisEvent }[]> {
  const lines = rows.flatMap((row): { seq: number; line: JournalLine }[] => {
    const kind = EventKind.safeParse(row.kind)
    if (row.unit_id === null || !kind.success) return []
    return [{ seq: row.seq, line: { id: row.id, kind: kind.data, unitId: row.unit_id, at: row.at, storeId: row.store_id, tillId: row.till, params: paramsOf(row) } }]
  })
  const world = await worldOf(db, lines.map(({ line }) => line.unitId), base)
  const known = await whatWasUndone(db, lines.map(({ line }) => line))
  return lines.flatMap(({ seq, line }) => mapJournal([line], world, [...known, line]).events.map((event) => ({ seq, unitId: line.unitId, event })))
}

/** A void or a correction is told as the event that it is about, once more. */
async function whatWasUndone(db: Query, lines: readonly JournalLine[]): Promise<JournalLine[]> {
  const units = [...new Set(lines.filter(({ kind }) => kind === 'voided' || kind === 'corrected').map(({ unitId }) => unitId))]
  if (units.length === 0) return []
  const rows = await db.query<{ id: string; kind: string; unit_id: string; at: string; store_id: string | null; till: string | null; params: string }>(
    "SELECT id, kind, unit_id, at, store_id, till, params FROM told WHERE unit_id = ANY ($1::text[]) ORDER BY unit_id, at", [units],
  )
  return rows.flatMap((row) => {
    const kind = EventKind.safeParse(row.kind)
    return kind.success ? [{ id: row.id, kind: kind.data, unitId: row.unit_id, at: row.at, storeId: row.store_id, tillId: row.till, params: paramsOf(row) }] : []
  })
}

/** The pieces that an EPC names: a GS1 Digital Link, a pure identity URI, or an address of the shop's own. */
export async function unitsOfEpc(db: Query, epc: string, base: string): Promise<string[]> {
  const own = `${base}unit/`
  if (epc.startsWith(own)) return [decodeURIComponent(epc.slice(own.length))]
  const link = readLink(epc)
  if (!link.ok) return []
  const value = (ai: string): string | undefined => link.elements.find(([name]) => name === ai)?.[1]
  const [gtin, serial] = [value('01'), value('21')]
  if (gtin === undefined || serial === undefined) return []
  const rows = await db.query<{ id: string; product_id: string }>('SELECT u.id, u.product_id FROM unit_alias a JOIN unit u ON u.id = a.unit_id WHERE a.value = $1', [serial])
  const products = await productNames(db, rows.map((row) => row.product_id))
  return rows.filter((row) => products.get(row.product_id)?.gtin === gtin).map((row) => row.id)
}
