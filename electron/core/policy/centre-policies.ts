import type Database from 'better-sqlite3'
import { z } from 'zod'
import { Policy } from '../../../contract/policy.ts'
import { withLaterRights } from '../../../contract/policy-document.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { sql } from '../store/store.ts'

/** A document of the centre as it came: one that cannot be read says why. */
export type CentrePolicy =
  | { readonly version: string; readonly inForceFrom: string; readonly policy: Policy; readonly document: string }
  | { readonly version: string; readonly inForceFrom: string; readonly policy: null; readonly why: string }

/** The newest document whose time has come, readable or not; null where the centre has sent none. */
export function newestOfCentre(mirror: Mirror, now: string): CentrePolicy | null {
  return listed(mirror, now)[0] ?? null
}

/** The newest that can be read, older than a broken one if need be. */
export function newestReadable(mirror: Mirror, now: string): Extract<CentrePolicy, { policy: Policy }> | null {
  return listed(mirror, now).find((entry): entry is Extract<CentrePolicy, { policy: Policy }> => entry.policy !== null) ?? null
}

const read = new WeakMap<Database.Database, { readonly generation: number; readonly entries: Map<string, CentrePolicy> }>()

function listed(mirror: Mirror, now: string): CentrePolicy[] {
  const rows = sql(
    mirror.reading,
    'SELECT version, in_force_from FROM policies WHERE in_force_from <= ? ORDER BY in_force_from DESC, version DESC LIMIT 20',
  ).all(now) as { version: string; in_force_from: string }[]
  return rows.map((row) => readOnce(mirror, row.version, row.in_force_from))
}

/** Read and checked once, and again when the centre has written into the mirror. */
function readOnce(mirror: Mirror, version: string, inForceFrom: string): CentrePolicy {
  const { generation } = mirror
  let known = read.get(mirror.reading)
  if (known?.generation !== generation) read.set(mirror.reading, (known = { generation, entries: new Map() }))
  const { entries } = known
  let entry = entries.get(version)
  if (!entry) {
    const { document } = sql(mirror.reading, 'SELECT document FROM policies WHERE version = ?').get(version) as { document: string }
    const policy = readPolicy(document)
    entry = typeof policy === 'string' ? { version, inForceFrom, policy: null, why: policy } : { version, inForceFrom, policy, document }
    entries.set(version, entry)
  }
  return entry
}

/** The rules of a document, or one sentence that says why it holds none: a broken policy must not stop a sale. */
export function readPolicy(document: string): Policy | string {
  try {
    return withLaterRights(Policy.parse(JSON.parse(document)))
  } catch (error) {
    if (error instanceof SyntaxError) return 'not JSON'
    if (error instanceof z.ZodError) return error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ').slice(0, 200)
    throw error
  }
}
