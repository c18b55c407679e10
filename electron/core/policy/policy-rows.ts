import type { Policy } from '../../../contract/policy.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export type PolicyStep = 'trial' | 'in-force' | 'withdrawn'

/** A version made at this till, with the last thing that became of it. */
export interface OwnVersion {
  readonly version: string
  readonly basedOn: string
  readonly document: string
  readonly why: string
  readonly who: string
  readonly madeAt: string
  readonly step: PolicyStep
  readonly stepAt: string
  readonly stepBy: string
}

const OWN = `
  SELECT v.version, v.based_on AS basedOn, v.document, v.why, v.who, v.made_at AS madeAt, s.step, s.at AS stepAt, s.who AS stepBy
  FROM policy_versions v JOIN policy_steps s ON s.n = (SELECT max(n) FROM policy_steps WHERE version = v.version)`

/** Rises with everything that becomes of the rules made here: a cheap sign that something did. */
export const stepsSoFar = (db: Reading): number =>
  (sql(db, 'SELECT coalesce(max(n), 0) AS n FROM policy_steps').get() as { n: number }).n

export const ownVersions = (db: Reading): OwnVersion[] => sql(db, `${OWN} ORDER BY s.n DESC LIMIT 50`).all() as OwnVersion[]

export const newestOwn = (db: Reading, step: PolicyStep): OwnVersion | null =>
  (sql(db, `${OWN} WHERE s.step = ? ORDER BY s.n DESC LIMIT 1`).get(step) as OwnVersion | undefined) ?? null

/** A version and all it was made of, the newest first: the last one is no version of this till. */
export function lineageOf(db: Reading, version: string): string[] {
  const rows = sql(
    db,
    `WITH RECURSIVE line (version, depth) AS (
       SELECT ?, 0 UNION ALL SELECT v.based_on, depth + 1 FROM line JOIN policy_versions v ON v.version = line.version WHERE depth < 1000
     ) SELECT version FROM line ORDER BY depth`,
  ).all(version) as { version: string }[]
  return rows.map((row) => row.version)
}

/** Whether the row of a version has gone to the centre with the journal, which has it up to `acked`. */
export const isSent = (db: Reading, version: string, acked: number): boolean =>
  sql(
    db, "SELECT 1 FROM booked WHERE book = 'policy_versions' AND key = json_object('version', ?) AND seq <= ?",
  ).get(version, acked) !== undefined

export function recordVersion(
  db: Writing,
  entry: { policy: Policy; basedOn: string; why: string; staffId: string; who: string; at: string },
): void {
  sql(db, 'INSERT INTO policy_versions (version, based_on, document, why, staff_id, who, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    entry.policy.version, entry.basedOn, JSON.stringify(entry.policy), entry.why, entry.staffId, entry.who, entry.at,
  )
}

export function recordPolicyStep(db: Writing, entry: { version: string; step: PolicyStep; at: string; staffId: string; who: string }): void {
  sql(db, 'INSERT INTO policy_steps (version, step, at, staff_id, who) VALUES (?, ?, ?, ?, ?)').run(
    entry.version, entry.step, entry.at, entry.staffId, entry.who,
  )
}

/** The document of the centre that was in force here last, whatever has become of the mirror since. */
export const lastKept = (db: Reading): { version: string; document: string } | null =>
  (sql(db, 'SELECT version, document FROM policies_kept ORDER BY n DESC LIMIT 1').get() as { version: string; document: string } | undefined) ?? null

export function keepDocument(db: Writing, version: string, document: string, at: string): void {
  sql(db, 'INSERT INTO policies_kept (version, document, kept_at) VALUES (?, ?, ?) ON CONFLICT (version) DO NOTHING').run(version, document, at)
}
