import type { ClaimStep } from '../../../contract/service-view.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export interface ClaimRow {
  readonly id: string
  readonly number: string
  readonly unit_id: string
  readonly opened_at: string
  readonly symptom: string
  readonly store_id: string
  readonly till_id: string
}

export function recordClaim(db: Writing, claim: ClaimRow): void {
  sql(db, 'INSERT INTO claims VALUES (@id, @number, @unit_id, @opened_at, @symptom, @store_id, @till_id)').run(claim)
  sql(db, 'INSERT INTO open_claims VALUES (?)').run(claim.id)
}

export function recordStep(db: Writing, claimId: string, staffId: string | null, step: ClaimStep): void {
  sql(
    db,
    `INSERT INTO claim_steps SELECT @claimId, coalesce(max(n), 0) + 1, @at, @staffId, @who, @what, @params, @note
     FROM claim_steps WHERE claim_id = @claimId`,
  ).run({ claimId, staffId, at: step.at, who: step.who, what: step.what, params: JSON.stringify(step.params), note: step.note })
}

export const endClaim = (db: Writing, claimId: string): void => void sql(db, 'DELETE FROM open_claims WHERE claim_id = ?').run(claimId)

export const claimOf = (db: Reading, id: string): ClaimRow | null =>
  (sql(db, 'SELECT * FROM claims WHERE id = ?').get(id) as ClaimRow | undefined) ?? null

export const claimsOfUnit = (db: Reading, unitId: string): ClaimRow[] =>
  sql(db, 'SELECT * FROM claims WHERE unit_id = ? ORDER BY opened_at DESC, number DESC').all(unitId) as ClaimRow[]

export const openClaims = (db: Reading): ClaimRow[] =>
  sql(db, 'SELECT c.* FROM open_claims o JOIN claims c ON c.id = o.claim_id ORDER BY c.opened_at, c.number').all() as ClaimRow[]

export function stepsOf(db: Reading, claimId: string): ClaimStep[] {
  const rows = sql(db, 'SELECT at, who, what, params, note FROM claim_steps WHERE claim_id = ? ORDER BY n').all(claimId) as (Omit<ClaimStep, 'params'> & { params: string })[]
  return rows.map((row) => ({ ...row, params: JSON.parse(row.params) as Record<string, string> }))
}
