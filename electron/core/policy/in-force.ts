import { CAUTIOUS_POLICY } from '../../../contract/cautious-policy.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { Reading } from '../store/store.ts'
import { newestOfCentre, newestReadable, readPolicy, type CentrePolicy } from './centre-policies.ts'
import { answerTo } from './policy-answers.ts'
import { lastKept, lineageOf, newestOwn, stepsSoFar, type OwnVersion } from './policy-rows.ts'

/** Which rules apply now and where they come from; a document that could not be read is told with why. */
export interface InForce {
  readonly policy: Policy
  readonly from: 'here' | 'centre' | 'last-good' | 'cautious'
  readonly broken: { readonly version: string; readonly why: string } | null
  /** Rules made here that are tried beside those in force and stop nothing. */
  readonly trial: { readonly policy: Policy; readonly since: string } | null
  /** Rules put in force here that the centre has taken out of force again. */
  readonly overruled: { readonly version: string; readonly why: 'newer' | 'refused' } | null
}

/** Where rules come from: the copy of the centre, and the file of this till. */
export interface PolicySources {
  readonly mirror: Mirror
  readonly db: Reading
}

/**
 * The rules of this moment. Rules made here hold until the centre speaks: it has refused them, or it has rules that
 * they were not made of, newer ones or ones their maker had not heard of. Of the centre's the newest that can be read;
 * where none can be read the last good one goes on; without any, the most cautious.
 */
export function policyInForce(sources: PolicySources, now: string): InForce {
  const newest = newestOfCentre(sources.mirror, now)
  const broken = newest?.policy === null ? { version: newest.version, why: newest.why } : null
  const own = ownInForce(sources.db)
  const overruledBy = own.inForce && overruled(sources, own.inForce, newest)
  const trial = own.trial !== null && overruled(sources, own.trial, newest) === null ? own.trial : null
  const rest = {
    broken, trial: trial && { policy: trial.policy, since: trial.stepAt },
    overruled: own.inForce === null || overruledBy === null || overruledBy === 'adopted' ? null : { version: own.inForce.policy.version, why: overruledBy },
  }
  if (own.inForce !== null && overruledBy === null) return { policy: own.inForce.policy, from: 'here', ...rest }
  if (newest?.policy) return { policy: newest.policy, from: 'centre', ...rest }
  const kept = keptPolicy(sources.db) ?? newestReadable(sources.mirror, now)?.policy ?? null
  return kept === null ? { policy: CAUTIOUS_POLICY, from: 'cautious', ...rest } : { policy: kept, from: 'last-good', ...rest }
}

/** Why rules made here hold no more; null where they do. What the centre has adopted comes from there from now on. */
function overruled({ mirror }: PolicySources, own: NonNullable<Own>, newest: CentrePolicy | null): 'newer' | 'refused' | 'adopted' | null {
  if (answerTo(mirror, own.policy.version)?.answer === 'refused') return 'refused'
  // What cannot be read overrules nobody.
  if (newest === null || newest.policy === null) return null
  if (newest.version === own.policy.version) return 'adopted'
  return newest.inForceFrom > own.stepAt || !own.lineage.includes(newest.version) ? 'newer' : null
}

type Own = { readonly policy: Policy; readonly stepAt: string; readonly lineage: readonly string[] } | null
const own = new WeakMap<Reading, { readonly steps: number; readonly inForce: Own; readonly trial: Own }>()

/** Read again only when something became of the rules made here. */
function ownInForce(db: Reading): { readonly inForce: Own; readonly trial: Own } {
  const steps = stepsSoFar(db)
  const known = own.get(db)
  if (known?.steps === steps) return known
  const made = { steps, inForce: readable(db, newestOwn(db, 'in-force')), trial: readable(db, newestOwn(db, 'trial')) }
  own.set(db, made)
  return made
}

function readable(db: Reading, version: OwnVersion | null): Own {
  const policy = version === null ? 'none' : readPolicy(version.document)
  if (version === null || typeof policy === 'string') return null
  return { policy, stepAt: version.stepAt, lineage: lineageOf(db, version.version) }
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
