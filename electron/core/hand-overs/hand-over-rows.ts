import type { HandOver } from '../../../contract/hand-over.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export type HandOverStep = 'told' | 'taken' | 'left' | 'closed'

/** `here`: made by the customer at this very screen, not told by another till. */
export function recordHandOver(db: Writing, letter: HandOver, here: boolean): void {
  sql(
    db,
    `INSERT INTO hand_overs (id, at, from_till, from_name, here, quiet, unit_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  ).run(letter.id, letter.at, letter.fromTill, letter.fromName, here ? 1 : 0, letter.quiet ? 1 : 0, letter.unitId, JSON.stringify(letter))
}

export function recordHandOverStep(db: Writing, id: string, step: HandOverStep, at: string, by: { who: string; till: string } | null = null): void {
  sql(db, 'INSERT INTO hand_over_steps (hand_over_id, step, at, who, till) VALUES (?, ?, ?, ?, ?)').run(id, step, at, by?.who ?? null, by?.till ?? null)
}

export interface HandOverRow {
  readonly letter: HandOver
  readonly here: boolean
  readonly steps: readonly { readonly step: HandOverStep; readonly at: string; readonly who: string | null; readonly till: string | null }[]
}

/** Those of the last hours, the newest first. */
export function handOversSince(db: Reading, since: string): HandOverRow[] {
  const rows = sql(db, 'SELECT body, here FROM hand_overs WHERE at >= ? ORDER BY at DESC LIMIT 20').all(since) as { body: string; here: number }[]
  return rows.map((row) => rowOf(db, row))
}

export function handOverOf(db: Reading, id: string): HandOverRow | null {
  const row = sql(db, 'SELECT body, here FROM hand_overs WHERE id = ?').get(id) as { body: string; here: number } | undefined
  return row ? rowOf(db, row) : null
}

function rowOf(db: Reading, row: { body: string; here: number }): HandOverRow {
  const letter = JSON.parse(row.body) as HandOver
  const steps = sql(db, 'SELECT step, at, who, till FROM hand_over_steps WHERE hand_over_id = ? ORDER BY n').all(letter.id) as HandOverRow['steps']
  return { letter, here: row.here === 1, steps }
}

export const hasStep = (row: HandOverRow, step: HandOverStep): boolean => row.steps.some((entry) => entry.step === step)

/** Taken stays taken when the customer then walks away from the kiosk: he walks to the counter. */
export function stateOf(row: HandOverRow): 'waiting' | 'taken' | 'left' | 'closed' {
  if (hasStep(row, 'closed')) return 'closed'
  if (hasStep(row, 'taken')) return 'taken'
  return hasStep(row, 'left') ? 'left' : 'waiting'
}
