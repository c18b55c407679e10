import { afterWindow, returnRules } from '../../../contract/cautious-return-rules.ts'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { Fate, OtherWay, WhatIf } from '../../../contract/policy-view.ts'
import type { Seat } from '../../../contract/roles.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { cutOff } from '../../../contract/verdicts/staleness.ts'
import { daysTooLate } from '../../../contract/verdicts/only-late.ts'
import { deductionOf, gradeOf, questionsFor, stopsAt, type LookedAt } from '../returns/condition-questions.ts'

/** A return that was asked for, with what was known of the piece in that moment. */
export interface PastReturn {
  readonly unitId: string
  readonly name: string
  readonly serialEnd: string
  readonly at: string
  readonly amount_cents: number
  /** Its grade, and what was seen of it, as far as it got; other rules make another grade of the same answers. */
  readonly condition: Condition | null
  readonly seen: LookedAt | null
  readonly facts: VerdictFacts
  /** `here` by this till's own evidence, `told` by the history of the centre. */
  readonly known: 'here' | 'told'
}

const OTHER_WAY_MAX = 100

/**
 * What would have become of one return under some rules, at a desk and with the customer alone. What a register said
 * counts where these rules ask it too; what one that was not asked would have said nobody knows. Pure.
 */
export function fateOf(past: PastReturn, policy: Policy, registers: ReadonlySet<string> = new Set()): { fate: Fate; verdict: Verdict } {
  const facts = heardUnder(past.facts, policy, registers)
  const at = (seat: Seat): Verdict => decide('return', { ...facts, here: { ...facts.here, seat } }, policy, past.at)
  const [desk, alone] = [at('counter'), at('kiosk')]
  const { isFine, isLocked, amount_cents } = lookedAtUnder(past, policy)
  const asks = desk.outcome === 'ask-staff' || !isFine || isLocked || amount_cents >= policy.returns.approvalFrom_cents || isTooMuchCash(past, amount_cents, policy)
  const isForOneAlone = isFine && !isLocked && !hasNumberedParts(past, policy) && hasSlot(past, policy)
  const pays = alone.outcome === 'accept' && isForOneAlone && amount_cents <= policy.kiosk.refundUpTo_cents
  const counter = desk.outcome === 'refuse' ? lateFate(desk, policy) : asks ? 'needs-approval' : 'goes-through'
  return { fate: { counter, kiosk: pays ? 'pays' : 'colleague' }, verdict: desk }
}

/** A piece that only its window refuses may be taken out of goodwill, as money or as credit. */
function lateFate(desk: Verdict, policy: Policy): Fate['counter'] {
  const late = daysTooLate(desk, 'counter')
  const goodwill = afterWindow(returnRules(policy))
  if (late === null || late > goodwill.days) return 'refused'
  return goodwill.payAs === 'store-credit' ? 'credit-only' : 'needs-approval'
}

/** What the answers of that day make of the piece under these rules. */
function lookedAtUnder(past: PastReturn, policy: Policy): { isFine: boolean; isLocked: boolean; amount_cents: number } {
  const asked = questionsFor(policy, past.facts.product?.category ?? '*')
  const grade = past.seen === null ? past.condition : gradeOf(asked, past.seen)
  return {
    isFine: grade === null || policy.returns.acceptedConditions.includes(grade),
    isLocked: past.seen !== null && stopsAt(asked, past.seen) !== null,
    amount_cents: past.seen === null ? past.amount_cents : Math.max(0, past.amount_cents - deductionOf(asked, past.seen)),
  }
}

/** The number of a part is read by a colleague, never by a customer alone. */
const hasNumberedParts = (past: PastReturn, policy: Policy): boolean => questionsFor(policy, past.facts.product?.category ?? '*').parts.length > 0

/** Cut off from the centre, a counter gave so much cash back only with a colleague. */
function isTooMuchCash({ facts, at }: PastReturn, amount_cents: number, policy: Policy): boolean {
  const title = facts.unit?.title
  if ((title?.is !== 'sold' && title?.is !== 'transferred') || title.purchase.tender !== 'cash') return false
  const rule = cutOff({ seat: 'counter' }, facts.asOf.mirror, policy, at)
  return rule !== null && amount_cents > rule.cashBackUpTo_cents
}

/** A kiosk with slots of which none takes the piece calls a colleague; how full they were that day is not looked at. */
function hasSlot(past: PastReturn, { kiosk: { slots = [] } }: Policy): boolean {
  const category = past.facts.product?.category ?? '*'
  return slots.length === 0 || slots.some(({ categories }) => categories.includes(category) || categories.includes('*'))
}

function heardUnder(facts: VerdictFacts, policy: Policy, registers: ReadonlySet<string>): VerdictFacts {
  if (facts.outside === undefined) return facts
  const category = facts.product?.category ?? '*'
  const asks = (register: string, about: string): boolean =>
    (policy.outside ?? []).some((check) =>
      check.register === register && check.asks === about && check.intents.includes('return') &&
      (check.categories.includes(category) || check.categories.includes('*')))
  return { ...facts, outside: facts.outside.filter(({ register, asks: about }) => !registers.has(register) || asks(register, about)) }
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
  const registers = new Set([...(before.outside ?? []), ...(after.outside ?? [])].map(({ register }) => register))
  const [was, would] = [fateOf(past, before, registers), fateOf(past, after, registers)]
  if (was.fate.counter === would.fate.counter && was.fate.kiosk === would.fate.kiosk) return []
  const first = would.verdict.reasons[0] ?? 'purchase'
  const { reason, params } = would.verdict.findings[first]
  const { unitId, name, serialEnd, at, amount_cents } = past
  return [{ unitId, name, serialEnd, at, amount_cents: cents(amount_cents), before: was.fate, after: would.fate, reason, params }]
}
