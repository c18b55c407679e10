import type { Verdict } from '../../../contract/verdict.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { alone, partsOf, wholeOf } from './set-of.ts'

export interface SetFacts {
  readonly sets: ReadonlyMap<string, readonly { readonly unit: KnownUnit; readonly verdict: Verdict }[]>
  readonly wholes: ReadonlyMap<string, KnownUnit>
}

/** What these pieces are packed with: their parts, each with the verdict on selling it with its set, and their wholes. */
export function setFacts({ ground, flowId }: Pick<Deed, 'ground' | 'flowId'>, unitIds: readonly string[]): SetFacts {
  const sets = new Map<string, { unit: KnownUnit; verdict: Verdict }[]>()
  const wholes = new Map<string, KnownUnit>()
  for (const unitId of new Set(unitIds)) {
    const parts = partsOf(ground, unitId)
    if (parts.length > 0) sets.set(unitId, parts.map((unit) => ({ unit, verdict: judgeUnit(ground, 'sell', alone(unit), flowId).verdict })))
    const unit = unitOf(ground, unitId)
    const whole = unit && wholeOf(ground, unit)
    if (whole) wholes.set(unitId, whole)
  }
  return { sets, wholes }
}
