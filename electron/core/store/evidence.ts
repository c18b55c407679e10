import type { Seat } from '../../../contract/roles.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { sql, type Writing } from './store.ts'

/** A verdict with the facts it was decided on, kept for the day somebody asks why. */
export function recordVerdict(
  db: Writing,
  entry: { id: string; unitId: string | null; text: string; verdict: Verdict; facts: unknown; seat: Seat; staffId: string | null },
): void {
  sql(
    db,
    `INSERT INTO verdicts (id, at, intent, outcome, unit_id, text, verdict, facts, policy_version, seat, staff_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    entry.id, entry.verdict.decidedAt, entry.verdict.intent, entry.verdict.outcome, entry.unitId, entry.text,
    JSON.stringify(entry.verdict), JSON.stringify(entry.facts), entry.verdict.policyVersion, entry.seat, entry.staffId,
  )
}

/** Something a colleague has to look at: a refusal, an exception, a quiet hit. */
export function recordCase(
  db: Writing,
  entry: { id: string; at: string; kind: string; unitId: string | null; verdictId: string | null; quiet: boolean; seat: Seat },
): void {
  sql(db, 'INSERT INTO cases (id, at, kind, unit_id, verdict_id, quiet, seat) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    entry.id, entry.at, entry.kind, entry.unitId, entry.verdictId, entry.quiet ? 1 : 0, entry.seat,
  )
}
