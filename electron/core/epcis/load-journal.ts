import type { Database } from 'better-sqlite3'
import { DAY_MS, HOUR_MS } from '../../../contract/durations.ts'
import type { Params } from '../../../contract/ids.ts'
import { EventKind } from '../../../contract/journal.ts'
import type { ExportStore, ExportUnit, ExportWorld, JournalLine } from '../../../contract/epcis/journal-line.ts'
import type { LifeRow } from '../../../contract/sync/unit-lives.ts'
import { livesIn } from '../mirror/lives-in.ts'

/** Both files of a till, opened to be read: what the centre told, and what happened here. */
export interface ExportSources {
  readonly mirror: Database
  /** Null for a folder in which no till has run yet. */
  readonly shop: Database | null
}

/**
 * The whole life of these units, by time: the centre's part and after it this till's. Events that the centre told carry
 * no id of their own; theirs is made of unit, moment and place in the list, so that it is the same in every export.
 */
export function linesOfUnits(sources: ExportSources, unitIds: readonly string[]): JournalLine[] {
  const told = livesIn(sources.mirror)
  const here = sources.shop?.prepare<[string], HereRow>(
    'SELECT id, unit_id, kind, at, body FROM journal WHERE unit_id = ? ORDER BY seq',
  )
  const lines = unitIds.flatMap((id) => {
    const own = (here?.all(id) ?? []).flatMap(hereLine)
    const ownKeys = new Set(own.map(sameness))
    // What this till did and the centre tells back is one event; the till's own telling has its id.
    return [...told.of(id).flatMap((row) => toldLine(id, row)).filter((line) => !ownKeys.has(sameness(line))), ...own]
  })
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const sameness = ({ at, kind, storeId }: JournalLine): string => [Date.parse(at), kind, storeId].join(' ')

interface HereRow {
  readonly id: string
  readonly unit_id: string
  readonly kind: string
  readonly at: string
  readonly body: string
}

const toldLine = (unitId: string, { at, n, kind, store_id, params }: LifeRow): JournalLine[] =>
  lineOf({ id: `${unitId}.${at}.${n}`, kind, unitId, at, storeId: store_id, tillId: null, params: JSON.parse(params) as Params })

function hereLine({ id, kind, unit_id, at, body }: HereRow): JournalLine[] {
  const { storeId, tillId, params } = JSON.parse(body) as Pick<JournalLine, 'storeId' | 'tillId' | 'params'>
  return lineOf({ id, kind, unitId: unit_id, at, storeId, tillId, params })
}

/** No line for a kind of event that only a newer program knows: EPCIS has no word for it that this one could say. */
function lineOf(line: Omit<JournalLine, 'kind'> & { readonly kind: string }): JournalLine[] {
  const kind = EventKind.safeParse(line.kind)
  return kind.success ? [{ ...line, kind: kind.data }] : []
}

interface IdRow {
  readonly id: string
}

/** Units that carry this number, byte for byte, in the mirror or by a label of this till. */
export function unitIdsByNumber({ mirror, shop }: ExportSources, number: string): string[] {
  const told = mirror.prepare<[string], IdRow>('SELECT unit_id AS id FROM unit_aliases WHERE value = ?').all(number)
  const here = shop?.prepare<[string], IdRow>('SELECT unit_id AS id FROM unit_labels WHERE value = ?').all(number)
  return onceEach([...told, ...(here ?? [])])
}

/** A local day is never further from Greenwich than this, so the day is looked for in the UTC hours around it. */
const ZONE_MS_MAX = 15 * HOUR_MS

/** Units to which something happened in a store around an ISO day; the export cuts the day by the store's clock. */
export function unitIdsOfDay({ mirror, shop }: ExportSources, storeId: string, day: string): string[] {
  const midnight = Date.parse(day)
  const from = new Date(midnight - ZONE_MS_MAX).toISOString()
  const to = new Date(midnight + DAY_MS + ZONE_MS_MAX).toISOString()
  const told = mirror
    .prepare<[string, string, string], IdRow>(
      'SELECT DISTINCT unit_id AS id FROM unit_events WHERE at >= ? AND at < ? AND store_id = ?',
    )
    .all(from, to, storeId)
  const days = [from, new Date(midnight).toISOString(), to].map((at) => at.slice(0, 'YYYY-MM-DD'.length))
  const packed = packedIds(mirror, days, ({ at, store_id }) => at >= from && at < to && store_id === storeId)
  const here = shop
    ?.prepare<[string, string], IdRow>(
      'SELECT DISTINCT unit_id AS id FROM journal WHERE at >= ? AND at < ? AND unit_id IS NOT NULL',
    )
    .all(from, to)
  return onceEach([...told, ...packed, ...(here ?? [])])
}

/** Units with such a line in a packed part of their lives; no other block is read than one with one of these texts in it. */
const packedIds = (mirror: Database, texts: readonly string[], isMeant: (line: LifeRow) => boolean): IdRow[] => {
  const lives = livesIn(mirror).packed((block) => texts.some((text) => block.includes(text)))
  return lives.filter(({ rows }) => rows.some(isMeant)).map(({ unitId }) => ({ id: unitId })).toArray()
}

/** The parameters under which a receipt, a return, a recall or a claim is told (`contract/epcis/document.ts`). */
const NAMES = ['receipt', 'number', 'return', 'campaign', 'case'] as const
const namedIn = (column: string, path: string): string =>
  `(${NAMES.map((name) => `${column} ->> '${path}${name}' = @number`).join(' OR ')})`

/** Units whose lives name this number; the look for its characters spares reading every line as JSON. */
export function unitIdsOfCase({ mirror, shop }: ExportSources, number: string): string[] {
  const told = mirror
    .prepare<[{ number: string }], { id: string }>(
      `SELECT DISTINCT unit_id AS id FROM unit_events WHERE instr(params, @number) > 0 AND ${namedIn('params', '$.')}`,
    )
    .all({ number })
  const packed = packedIds(mirror, [JSON.stringify(number)], ({ params }) => {
    const named = JSON.parse(params) as Params
    return NAMES.some((name) => named[name] === number)
  })
  const here = shop
    ?.prepare<[{ number: string }], { id: string }>(
      `SELECT DISTINCT unit_id AS id FROM journal
       WHERE unit_id IS NOT NULL AND instr(body, @number) > 0 AND ${namedIn('body', '$.params.')}`,
    )
    .all({ number })
  return onceEach([...told, ...packed, ...(here ?? [])])
}

/** The unit of a case that this till handed to a colleague, by the id of the case; null where there is none. */
export function unitIdOfHandedOver({ shop }: ExportSources, caseId: string): string | null {
  const find = shop?.prepare<[string], { id: string | null }>('SELECT unit_id AS id FROM cases WHERE id = ?')
  return find?.get(caseId)?.id ?? null
}

const onceEach = (rows: readonly IdRow[]): string[] => [...new Set(rows.map((row) => row.id))].sort()

/** What the export must know beside the lines: every store, and these units under their GTIN and serial. */
export function exportWorld({ mirror }: ExportSources, unitIds: readonly string[], base: string): ExportWorld {
  const stores = mirror
    .prepare<[], { id: string; timeZone: string }>('SELECT id, time_zone AS timeZone FROM stores')
    .all()
  // A frame or engraved number is no serial in GS1's sense unless the maker prints it as one; `serial` is what he does.
  const find = mirror.prepare<[string], ExportUnit>(
    `SELECT p.gtin, (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.kind = 'serial'
       ORDER BY a.retired_why IS NOT NULL, a.value LIMIT 1) AS serial
     FROM units u JOIN products p ON p.id = u.product_id WHERE u.id = ?`,
  )
  return {
    base,
    stores: Object.fromEntries(stores.map(({ id, timeZone }): [string, ExportStore] => [id, { gln: null, timeZone }])),
    units: Object.fromEntries(unitIds.flatMap((id): [string, ExportUnit][] => {
      const unit = find.get(id)
      return unit ? [[id, unit]] : []
    })),
  }
}
