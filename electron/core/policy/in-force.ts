import type { Policy } from '../../../contract/policy.ts'
import { CAUTIOUS_POLICY } from '../cautious-policy.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { Reading } from '../store/store.ts'
import { newestOfCentre, newestReadable, readPolicy } from './centre-policies.ts'
import { lastKept, newestOwn, stepsSoFar, type OwnVersion } from './policy-rows.ts'

/** Which rules apply now and where they come from; a document that could not be read is told with why. */
export interface InForce {
  readonly policy: Policy
  readonly from: 'here' | 'centre' | 'last-good' | 'cautious'
  readonly broken: { readonly version: string; readonly why: string } | null
  /** Rules made here that are tried beside those in force and stop nothing. */
  readonly trial: { readonly policy: Policy; readonly since: string } | null
}

/** Where rules come from: the copy of the centre, and the file of this till. */
export interface PolicySources {
  readonly mirror: Mirror
  readonly db: Reading
}

/**
 * The rules of this moment. Rules made here hold until the centre sends newer ones; of the centre's the newest that
 * can be read; where none can be read the last good one goes on; without any, the most cautious.
 */
export function policyInForce(sources: PolicySources, now: string): InForce {
  const newest = newestOfCentre(sources.mirror, now)
  const broken = newest?.policy === null ? { version: newest.version, why: newest.why } : null
  const own = ownInForce(sources.db)
  const trial = own.trial !== null && !(newest !== null && newest.inForceFrom > own.trial.stepAt) ? own.trial : null
  const rest = { broken, trial: trial && { policy: trial.policy, since: trial.stepAt } }
  const isOlder = own.inForce !== null && newest !== null && newest.policy !== null && newest.inForceFrom > own.inForce.stepAt
  if (own.inForce !== null && !isOlder) return { policy: own.inForce.policy, from: 'here', ...rest }
  if (newest?.policy) return { policy: newest.policy, from: 'centre', ...rest }
  const kept = keptPolicy(sources.db) ?? newestReadable(sources.mirror, now)?.policy ?? null
  return kept === null ? { policy: CAUTIOUS_POLICY, from: 'cautious', ...rest } : { policy: kept, from: 'last-good', ...rest }
}

type Own = { readonly policy: Policy; readonly stepAt: string } | null
const own = new WeakMap<Reading, { readonly steps: number; readonly inForce: Own; readonly trial: Own }>()

/** Read again only when something became of the rules made here. */
function ownInForce(db: Reading): { readonly inForce: Own; readonly trial: Own } {
  const steps = stepsSoFar(db)
  const known = own.get(db)
  if (known?.steps === steps) return known
  const made = { steps, inForce: readable(newestOwn(db, 'in-force')), trial: readable(newestOwn(db, 'trial')) }
  own.set(db, made)
  return made
}

function readable(version: OwnVersion | null): Own {
  const policy = version === null ? 'none' : readPolicy(version.document)
  return version === null || typeof policy === 'string' ? null : { policy, stepAt: version.stepAt }
}

const kept = new WeakMap<Reading, { readonly version: string; readonly policy: Policy | null }>()

function keptPolicy(db: Reading): Policy | null {
  const row = lastKept(db)
  if (row === null) return null
  const known = kept.get(db)
  if (known?.version === row.version) return known.policy
  const policy = readPolicy(row.document)
  kept.set(db, { version: row.version, policy: typeof policy === 'string' ? null : policy })
  return typeof policy === 'string' ? null : policy
}
