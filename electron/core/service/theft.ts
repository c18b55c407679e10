import { ok, refused, type Result } from '../../../contract/fault.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { tell } from './claims.ts'

/**
 * The owner says that the piece was stolen. Every till that hears of it refuses it from then on. Refuses a piece that
 * is ours (that is a loss of stock, not a report of an owner) and one that is reported already.
 */
export function reportStolen(deed: Deed, unitId: string, reference: string, reason: string): Result<null> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  if (unit.facts.flags.some(({ kind }) => kind === 'stolen-reported')) return refused('not-in-this-state')
  const { title } = unit.facts
  if (title.is === 'ours' || title.is === 'returned') return refused('not-sold')
  const at = deed.ground.now()
  tell(deed, unitId, 'flagged', { flag: 'stolen-reported', reason, campaign: reference }, (facts) => ({
    ...facts, flags: [...facts.flags, { kind: 'stolen-reported', source: deed.ground.place.name, at, reason, reference }],
  }))
  return ok(null)
}

/** Found again, or reported by mistake. Who cleared it and why stays in the life of the piece. */
export function clearStolen(deed: Deed, unitId: string, reason: string): Result<null> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  const flags = unit.facts.flags.filter(({ kind }) => kind === 'stolen-reported' || kind === 'stolen-own')
  if (flags.length === 0) return refused('not-in-this-state')
  for (const flag of flags)
    tell(deed, unitId, 'unflagged', { flag: flag.kind, reason }, (facts) => ({
      ...facts, flags: facts.flags.filter(({ kind }) => kind !== flag.kind),
    }))
  return ok(null)
}
