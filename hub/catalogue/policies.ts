import { CAUTIOUS_POLICY } from '../../contract/cautious-policy.ts'
import { Policy } from '../../contract/policy.ts'
import { policyIn, withLaterRights } from '../../contract/policy-document.ts'
import type { PolicyOpened, PolicyVersion } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change, type Tell } from '../sync/feed.ts'
import { arrivalOf, changesOf, followersOf, noteChange } from './arrivals.ts'
import { putRecord, recordOf, recordsOf } from './put-record.ts'
import { storesOf } from './stores.ts'

interface PolicyRecord {
  readonly version: string
  readonly in_force_from: string
  readonly document: string
}

async function rulesOfNow(db: Query, now_ms: number): Promise<Pick<PolicyRecord, 'version' | 'document'>> {
  const row = await rowInForce(db, now_ms)
  return row ?? { version: CAUTIOUS_POLICY.version, document: JSON.stringify(CAUTIOUS_POLICY) }
}

const rowInForce = async (db: Query, now_ms: number): Promise<PolicyRecord | undefined> => (await versionsOf(db)).find((row) => row.in_force_from <= instant(now_ms))

const versionsOf = async (db: Query): Promise<PolicyRecord[]> =>
  (await recordsOf<PolicyRecord>(db, 'policies')).sort((a, b) => (a.in_force_from > b.in_force_from ? -1 : 1))

/** The rules that every till reads now; null where there are none yet, or none that this program can read. */
export async function policyInForce(db: Query, now_ms: number): Promise<Policy | null> {
  const row = await rowInForce(db, now_ms)
  return row === undefined ? null : policyIn(row.document)
}

/** Every version, the newest first, with how many tills hold it. */
export async function listPolicies(db: Query, now_ms: number): Promise<PolicyVersion[]> {
  const rows = await versionsOf(db)
  const notes = new Map((await db.query<{ version: string; made_by: string; made_at: string; note: string }>('SELECT * FROM policy_note')).map((row) => [row.version, row]))
  const followers = await followersOf(db)
  const changeOf = await changesOf(db, 'policy ')
  const inForce = rows.find((row) => row.in_force_from <= instant(now_ms))
  return rows.map((row) => {
    const note = notes.get(row.version)
    const madeAt = note?.made_at ?? row.in_force_from
    return {
      version: row.version, inForceFrom: row.in_force_from, shadow: (JSON.parse(row.document) as { shadow?: boolean }).shadow === true,
      madeBy: note?.made_by ?? '', madeAt, note: note?.note ?? '', isInForce: row === inForce, arrival: arrivalOf(followers, changeOf(`policy ${row.version}`)),
    }
  })
}

/**
 * A version as the tills read it; without a version the one in force, or while there is none what the tills go by until
 * then. Amounts of a chain with several currencies are shown in that of its first store: the document has numbers alone.
 * Refuses `no-such-thing`.
 */
export async function policyDocument(db: Query, version: string | null, now_ms: number): Promise<PolicyOpened> {
  const row = version === null ? await rulesOfNow(db, now_ms) : await recordOf<PolicyRecord>(db, 'policies', { version })
  if (row === null) throw new HubRefusal('no-such-thing')
  const stores = [...(await storesOf(db)).values()]
  const categories = await db.query<{ category: string }>("SELECT DISTINCT body::jsonb ->> 'category' AS category FROM record WHERE kind = 'products' AND NOT gone ORDER BY 1")
  return {
    version: row.version, document: JSON.stringify(policyIn(row.document) ?? JSON.parse(row.document), null, 2), currency: stores[0]?.currency ?? 'EUR',
    categories: categories.flatMap(({ category }) => category ?? []), stores: stores.map(({ id, name }) => ({ id, name })),
  }
}

/**
 * Publishes a new version; the ones before stay as they were. It is in force from now or from a moment to come, which
 * every till reads by its own clock. Refuses `no-policy` with the place of the first fault, `already-there` for a
 * version that was used before.
 */
export async function publishPolicy(office: Office, who: string, given: { document: string; inForceFrom: string | null; note: string }): Promise<PolicyVersion[]> {
  const policy = policyOf(given.document)
  await change(office, (tx, tell) => putPolicy(office, tx, tell, who, { policy, inForceFrom: given.inForceFrom, note: given.note }))
  await noteChange(office.db, `policy ${policy.version}`, office.now_ms())
  return listPolicies(office.db, office.now_ms())
}

/** Writes one version and tells the tills, inside of `change`. Refuses `already-there` for a version that was used before. */
export async function putPolicy(
  office: Office, tx: Query, tell: Tell, who: string, { policy, inForceFrom, note }: { policy: Policy; inForceFrom: string | null; note: string },
): Promise<void> {
  const now = instant(office.now_ms())
  const [used] = await tx.query('SELECT key FROM record WHERE kind = $1 AND key = $2', ['policies', JSON.stringify({ version: policy.version })])
  if (used !== undefined) throw new HubRefusal('already-there', { name: policy.version })
  const row = { version: policy.version, in_force_from: inForceFrom ?? now, document: JSON.stringify(policy) }
  await putRecord(tx, tell, { kind: 'policies', key: { version: policy.version }, row })
  await tx.query('INSERT INTO policy_note (version, made_by, made_at, note) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [policy.version, who, now, note])
  await logAct(tx, office, who, 'policy-published', policy.version)
}

function policyOf(text: string): Policy {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new HubRefusal('no-policy', { place: error instanceof Error ? error.message : '' })
  }
  const read = Policy.safeParse(json)
  if (read.success) return withLaterRights(read.data)
  const [first] = read.error.issues
  throw new HubRefusal('no-policy', { place: `${first?.path.join('.') ?? ''}: ${first?.message ?? ''}` })
}
