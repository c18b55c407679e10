import { columnsOfFacts, factsOfColumns, moreOf, wholeMore, type UnitColumns } from '../../contract/sync/unit-columns.ts'
import { EVERYWHERE, type FeedRow, type ToldEvent, type WireAlias } from '../../contract/sync/wire.ts'
import type { Flag, UnitFacts } from '../../contract/unit.ts'
import { LostRace, prepared, type Query } from '../database.ts'
import type { Tell } from './feed.ts'

/** A row of `unit`: what is true of one piece, with the event that made it so. */
export interface HubUnit extends UnitColumns {
  readonly id: string
  readonly product_id: string
  /** The store whose tills keep it: where it is or is on its way to, or where it was sold. Null: of no store, so of all. */
  readonly home: string | null
  readonly price_cents: number | null
  readonly produced_on: string | null
  readonly aliases: string
  readonly flagged: boolean
  readonly disputed: boolean
  readonly ver: number
  readonly owner_till: string | null
  readonly owner_inc: string | null
  readonly owner_seq: number | null
}

export const UNIT_COLUMNS = [
  'id', 'product_id', 'home', 'custody', 'store_id', 'area', 'title', 'sale_id', 'receipt_number', 'sold_at', 'sold_store_id',
  'channel', 'paid_cents', 'currency', 'tender', 'condition', 'price_cents', 'produced_on', 'more', 'aliases', 'flagged',
  'disputed', 'ver', 'owner_till', 'owner_inc', 'owner_seq',
] as const satisfies readonly (keyof HubUnit)[]

const TYPES: Readonly<Partial<Record<keyof HubUnit, string>>> = {
  paid_cents: 'bigint', price_cents: 'bigint', flagged: 'boolean', disputed: 'boolean', ver: 'bigint', owner_seq: 'bigint',
}
const RECORD = UNIT_COLUMNS.map((name) => `${name} ${TYPES[name] ?? 'text'}`).join(', ')
const SETS = UNIT_COLUMNS.filter((name) => name !== 'id').map((name) => `${name} = n.${name}`).join(', ')
/** The ids are given beside the rows: so the key leads to them, and not a walk through a table of some thousands. */
const UPDATE = prepared(
  `UPDATE unit SET ${SETS} FROM json_to_recordset($1::json) AS n (${RECORD}, was bigint)
   WHERE unit.id = ANY ($2::text[]) AND unit.id = n.id AND unit.ver = n.was`,
)
const READ = prepared(`SELECT ${UNIT_COLUMNS.join(', ')} FROM unit WHERE id = ANY ($1::text[])`)
const INSERT = prepared(`INSERT INTO unit (${UNIT_COLUMNS.join(', ')}) SELECT ${UNIT_COLUMNS.map((name) => `n.${name}`).join(', ')}
  FROM json_to_recordset($1::json) AS n (${RECORD}) ON CONFLICT (id) DO NOTHING`)
const NAME = prepared(
  `INSERT INTO unit_alias (value, unit_id, kind, match_key)
   SELECT n.value, n.unit_id, n.kind, n.match_key FROM json_to_recordset($1::json) AS n (value text, unit_id text, kind text, match_key text)
   ON CONFLICT (value, unit_id) DO NOTHING`,
)

export const factsOf = (unit: HubUnit): UnitFacts => factsOfColumns(unit)
export const aliasesOf = (unit: HubUnit): WireAlias[] => JSON.parse(unit.aliases) as WireAlias[]

/** The unit with new facts: one version on, its home and flag following from them. */
export function withFacts(unit: HubUnit, facts: UnitFacts, owner?: { till: string; inc: string; seq: number }): HubUnit {
  const columns = columnsOfFacts(facts, moreOf(unit).lot ?? null)
  return {
    ...unit,
    ...columns,
    home: homeOf(columns) ?? unit.home,
    flagged: facts.flags.length > 0,
    ver: unit.ver + 1,
    ...(owner ? { owner_till: owner.till, owner_inc: owner.inc, owner_seq: owner.seq } : {}),
  }
}

/**
 * The store whose tills keep a piece. What is under way belongs to the store that waits for it: its tills must know it
 * to take it in. Null where the facts name no store.
 */
export function homeOf(columns: UnitColumns): string | null {
  const waitedForIn = columns.custody === 'in-transit' ? moreOf(columns).custody?.['toStoreId'] : undefined
  return waitedForIn ?? columns.store_id ?? columns.sold_store_id
}

/** A unit nobody here has heard of, at version 0: the first change makes it version 1. */
export const newUnit = (id: string, productId: string, aliases: readonly WireAlias[], facts: UnitFacts): HubUnit => ({
  ...columnsOfFacts(facts, null), id, product_id: productId, home: null, price_cents: null, produced_on: null, aliases: JSON.stringify(aliases),
  flagged: false, disputed: false, ver: 0, owner_till: null, owner_inc: null, owner_seq: null,
})

export async function readUnits(tx: Query, ids: readonly string[]): Promise<Map<string, HubUnit>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<HubUnit>(READ, [[...ids].sort()])
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Writes changed units by compare-and-set on the version each was read at, and new ones. Throws `LostRace` when another
 * transaction changed one of them meanwhile: the whole change is then made again on what is true now.
 */
export async function writeUnits(tx: Query, changes: readonly { readonly was: number; readonly unit: HubUnit }[]): Promise<void> {
  const sorted = [...changes].sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1))
  const old = sorted.filter(({ was }) => was > 0)
  const fresh = sorted.filter(({ was }) => was === 0)
  if (old.length > 0) {
    const touched = await tx.touch(UPDATE, [JSON.stringify(old.map(({ was, unit }) => ({ ...unit, was }))), old.map(({ unit }) => unit.id)])
    if (touched !== old.length) throw new LostRace(`${old.length - touched} of ${old.length} units`)
  }
  if (fresh.length === 0) return
  const made = await tx.touch(INSERT, [JSON.stringify(fresh.map(({ unit }) => unit))])
  if (made !== fresh.length) throw new LostRace(`${fresh.length - made} new units`)
  await writeAliases(tx, fresh.map(({ unit }) => unit))
}

export async function writeAliases(tx: Query, units: readonly HubUnit[]): Promise<void> {
  const rows = units.flatMap((unit) => aliasesOf(unit).map((alias) => ({ unit_id: unit.id, ...alias })))
  if (rows.length > 0) await tx.query(NAME, [JSON.stringify(rows)])
}

/** Who must hear of a change: the old and the new home, the store that acted, and everybody when a flag is or was on it. */
export const scopesOfChange = (before: HubUnit | null, after: HubUnit, actingStore: string | null): Set<string> =>
  new Set(
    [
      before?.home ?? null, after.home, actingStore,
      after.flagged || before?.flagged === true || after.home === null ? EVERYWHERE : null,
    ].filter((scope) => scope !== null),
  )

const MIRROR_COLUMNS = UNIT_COLUMNS.filter((name) => !['home', 'aliases', 'flagged', 'disputed', 'owner_till', 'owner_inc', 'owner_seq'].includes(name))

/** What every till is told of a piece; a till of the version before this one reads whole layers of cover only. */
export const feedRowOf = (unit: HubUnit, events: readonly ToldEvent[]): FeedRow => ({
  t: 'unit', id: unit.id, ver: unit.ver, home: unit.home, flagged: unit.flagged, aliases: aliasesOf(unit), events: [...events],
  row: { ...Object.fromEntries(MIRROR_COLUMNS.map((name) => [name, unit[name]])), more: wholeMore(unit.more) },
})

/**
 * Puts a flag on units, or takes off those of a reference or kind; once each, told to every till. Use it inside of
 * `change` with some hundreds of ids at a time. Units that are not known are passed over; answers those that changed.
 */
export async function flagUnits(tx: Query, tell: Tell, ids: readonly string[], edit: (flags: readonly Flag[]) => readonly Flag[], why: ToldEvent | null): Promise<string[]> {
  const units = await readUnits(tx, ids)
  const changes = [...units.values()].flatMap((unit) => {
    const facts = factsOf(unit)
    const flags = [...edit(facts.flags)]
    if (JSON.stringify(flags) === JSON.stringify(facts.flags)) return []
    return [{ was: unit.ver, before: unit, unit: withFacts(unit, { ...facts, flags }) }]
  })
  await writeUnits(tx, changes)
  for (const { before, unit } of changes) tell(scopesOfChange(before, unit, null), feedRowOf(unit, why ? [{ ...why, n: unit.ver }] : []))
  return changes.map(({ unit }) => unit.id)
}
