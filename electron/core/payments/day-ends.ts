import { sql, type Reading, type Writing } from '../store/store.ts'

export interface DayEnd {
  readonly id: string
  readonly terminal: string
  readonly at: string
  /** `unknown`: the line was lost on the way; asking for it again does no harm. */
  readonly outcome: 'done' | 'not-done' | 'unknown'
  /** Why not, as the terminal or the line said it. */
  readonly code: string | null
  /** The paper with what the terminal printed, where it did. */
  readonly document_id: string | null
  readonly staff_id: string
  readonly staff_name: string
}

/** Keeps how a terminal's end of day ended, and who asked for it. */
export function recordDayEnd(db: Writing, end: DayEnd): void {
  sql(
    db,
    `INSERT INTO terminal_day_ends (id, terminal, at, outcome, code, document_id, staff_id, staff_name)
     VALUES (@id, @terminal, @at, @outcome, @code, @document_id, @staff_id, @staff_name)`,
  ).run(end)
}

/** The last end of day of a terminal, however it ended; null where there was none. */
export const lastDayEnd = (db: Reading, terminal: string): DayEnd | null =>
  (sql(db, 'SELECT * FROM terminal_day_ends WHERE terminal = ? ORDER BY at DESC, id DESC LIMIT 1').get(terminal) as DayEnd | undefined) ?? null

/** Whether the terminal has, or may have, ended its day since: what was paid before is settled with the bank. */
export const mayHaveEnded = (db: Reading, terminal: string, since: string): boolean =>
  sql(db, "SELECT 1 FROM terminal_day_ends WHERE terminal = ? AND at >= ? AND outcome <> 'not-done' LIMIT 1").get(terminal, since) !== undefined
