import { matchKey } from '../../../contract/identity/match-key.ts'
import type { Alias, AliasKind } from '../../../contract/unit.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** A label that this till put on a piece, or took out of use. */
export interface UnitLabel {
  readonly value: string
  readonly unitId: string
  readonly kind: AliasKind
  readonly retiredWhy: string | null
}

/** Puts a label on a piece, or retires one: what stands here lies over what the mirror says of the same label. */
export function putLabel(db: Writing, label: UnitLabel, at: string): void {
  const key = matchKey(label.value, 'loose')
  sql(
    db,
    `INSERT INTO unit_labels (value, unit_id, kind, match_key, retired_why, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (value, unit_id)
     DO UPDATE SET kind = excluded.kind, retired_why = excluded.retired_why, at = excluded.at`,
  ).run(label.value, label.unitId, label.kind, key === label.value ? null : key, label.retiredWhy, at)
}

const LABEL = 0
const LOOK_UP = `
  SELECT ${LABEL}, unit_id, kind, retired_why FROM unit_labels WHERE value = ?
  UNION ALL SELECT 1, id, NULL, NULL FROM sales WHERE number = ?
  UNION ALL SELECT 1, sale_id, NULL, NULL FROM told_receipts WHERE number = ? LIMIT 20`

/** What a number is on this till, byte for byte, in one look: labels and receipts. */
export function lookUpHere(db: Reading, number: string): { labels: Omit<UnitLabel, 'value'>[]; isReceipt: boolean } {
  const labels: Omit<UnitLabel, 'value'>[] = []
  let isReceipt = false
  for (const row of sql(db, LOOK_UP).raw().all(number, number, number) as [number, string, AliasKind, string | null][]) {
    const [what, unitId, kind, retiredWhy] = row
    if (what === LABEL) labels.push({ unitId, kind, retiredWhy })
    else isReceipt = true
  }
  return { labels, isReceipt }
}

export const unitIdsByLabelKey = (db: Reading, key: string): string[] =>
  (
    sql(
      db,
      `SELECT unit_id AS id FROM unit_labels WHERE match_key = @key
       UNION SELECT unit_id FROM unit_labels WHERE value = @key LIMIT 20`,
    ).all({ key }) as { id: string }[]
  ).map((row) => row.id)

/** The numbers of a piece: the mirror's, and over them those of this till. */
export function aliasesWithLabels(db: Reading, unitId: string, told: readonly Alias[]): Alias[] {
  const here = sql(
    db,
    'SELECT kind, value, retired_why AS retiredWhy FROM unit_labels WHERE unit_id = ? ORDER BY at, value',
  ).all(unitId) as Alias[]
  if (here.length === 0) return [...told]
  const values = new Set(here.map((alias) => alias.value))
  const all = [...told.filter((alias) => !values.has(alias.value)), ...here]
  return all.toSorted((a, b) => Number(a.retiredWhy !== null) - Number(b.retiredWhy !== null))
}
