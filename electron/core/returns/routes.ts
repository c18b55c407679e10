import type { ReturnRules } from '../../../contract/return-rules.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { NextPlace, Verdict } from '../../../contract/verdict.ts'

/** Places that a flag decides and no clerk may overrule: what is recalled, stolen or a fake is kept away from the rest. */
const DECIDED: readonly NextPlace[] = ['quarantine', 'police-hold', 'destroy']

/** A fault has to be seen by somebody before the piece is sold to anybody else. */
const FAULTS: readonly string[] = ['faulty', 'dead-on-arrival', 'not-as-described']

/**
 * Where a piece of this grade goes by itself: by its flags, else by what is wrong with it, else by the shop's rule.
 * `isRecalled`: goods without numbers that a recall means, and of which no verdict speaks. Pure.
 */
export function proposedRoute(verdict: Verdict | null, grade: Condition | null, reason: string | null, rules: ReturnRules, isRecalled = false): NextPlace {
  if (isRecalled) return 'quarantine'
  if (verdict !== null && DECIDED.includes(verdict.next)) return verdict.next
  const route = rules.routes[grade ?? 'to-inspect'] ?? 'inspection'
  return route === 'shelf' && FAULTS.includes(reason ?? '') ? 'inspection' : route
}

/** What a clerk may choose instead; only the proposed one where a flag has decided. */
export function routeChoices(verdict: Verdict | null, proposed: NextPlace, rules: ReturnRules, isRecalled = false): NextPlace[] {
  if (isRecalled || (verdict !== null && DECIDED.includes(verdict.next))) return [proposed]
  return [...new Set([proposed, ...rules.routeChoices])]
}

/** The area of the stock room a place is in: sold again only from the shelf. */
export const areaOf = (place: NextPlace): string =>
  place === 'shelf' ? 'shelf' : place === 'quarantine' || place === 'police-hold' || place === 'destroy' ? 'quarantine' : 'returns'

/** The condition a piece is kept in: only what goes straight to the shelf is taken at its word. */
export const keptCondition = (place: NextPlace, grade: Condition): Condition => (place === 'shelf' ? grade : 'to-inspect')
