import type { Condition } from '../../../contract/unit.ts'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { Fate, OtherWay, WhatIf } from '../../../contract/policy-view.ts'
import type { Seat } from '../../../contract/roles.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'

/** A return that was asked for, with what was known of the piece in that moment. */
export interface PastReturn {
  readonly unitId: string
  readonly name: string
  readonly serialEnd: string
  readonly at: string
  readonly amount_cents: number
  readonly condition: Condition | null
  readonly facts: VerdictFacts
  /** `here` by this till's own evidence, `told` by the history of the centre. */
  readonly known: 'here' | 'told'
}

const OTHER_WAY_MAX = 100

/** What would have become of one return under some rules, at a desk and with the customer alone. Pure. */
export function fateOf(past: PastReturn, policy: Policy): { fate: Fate; verdict: Verdict } {
  const at = (seat: Seat): Verdict => decide('return', { ...past.facts, here: { ...past.facts.here, seat } }, policy, past.at)
  const [desk, alone] = [at('counter'), at('kiosk')]
  const isFine = past.condition === null || policy.returns.acceptedConditions.includes(past.condition)
  const asks = desk.outcome === 'ask-staff' || !isFine || past.amount_cents >= policy.returns.approvalFrom_cents
  const pays = alone.outcome === 'accept' && isFine && past.amount_cents <= policy.kiosk.refundUpTo_cents
  return {
    fate: { counter: desk.outcome === 'refuse' ? 'refused' : asks ? 'needs-approval' : 'goes-through', kiosk: pays ? 'pays' : 'colleague' },
    verdict: desk,
  }
}

/** Judges past returns under both rules and tells those that go another way. Pure. */
export function whatIf(
  past: readonly PastReturn[], before: Policy, after: Policy, world: { readonly since: string; readonly currency: string },
): WhatIf {
  const other = past.flatMap((entry) => otherWay(entry, before, after)).sort((a, b) => b.amount_cents - a.amount_cents)
  return {
    since: world.since,
    here: past.filter(({ known }) => known === 'here').length,
    told: past.filter(({ known }) => known === 'told').length,
    currency: world.currency,
    otherWay: other.slice(0, OTHER_WAY_MAX),
    count: other.length,
    sum_cents: cents(other.reduce((sum, { amount_cents }) => sum + amount_cents, 0)),
  }
}

function otherWay(past: PastReturn, before: Policy, after: Policy): OtherWay[] {
  const [was, would] = [fateOf(past, before), fateOf(past, after)]
  if (was.fate.counter === would.fate.counter && was.fate.kiosk === would.fate.kiosk) return []
  const first = would.verdict.reasons[0] ?? 'purchase'
  const { reason, params } = would.verdict.findings[first]
  const { unitId, name, serialEnd, at, amount_cents } = past
  return [{ unitId, name, serialEnd, at, amount_cents: cents(amount_cents), before: was.fate, after: would.fate, reason, params }]
}
