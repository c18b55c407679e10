import { afterWindow, ownWordOf, returnRules } from '../../../contract/cautious-return-rules.ts'
import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { Fate, OtherWay, WhatIf } from '../../../contract/policy-view.ts'
import { Role, type Seat } from '../../../contract/roles.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { cutOff } from '../../../contract/verdicts/staleness.ts'
import { daysTooLate } from '../../../contract/verdicts/only-late.ts'
import { isTooOften } from '../flows/too-often.ts'
import { deductionOf, gradeOf, questionsFor, stopsAt, type LookedAt } from '../returns/condition-questions.ts'
import { kioskWays } from '../returns/kiosk-ways.ts'

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
  /** What the other pieces of the same return gave back. */
  readonly beside_cents: number
  /** Of whoever stood at the till; `unknown` where that is not kept. */
  readonly role: Role | 'unknown'
  /** Who brought it; `nobody` where the sale was for nobody known, `unknown` where its books lie elsewhere. */
  readonly returner: PastReturner | 'nobody' | 'unknown'
  /** `here` by this till's own evidence, `told` by the history of the centre. */
  readonly known: 'here' | 'told'
}

/** A customer we knew that day: how many pieces he brought then, and what of his had come back here before. */
export interface PastReturner {
  readonly brought: number
  readonly before: readonly { readonly at: string; readonly quantity: number }[]
  /** False where he may have brought more to other tills, whose answers of that day are not kept. */
  readonly isAll: boolean
}

/** What is supposed where the facts of the day were not kept. */
interface Supposed {
  readonly role: Role | null
  readonly isTooOften: boolean
}

const OTHER_WAY_MAX = 100

/**
 * What would have become of one return under some rules, at a desk and with the customer alone. What a register said
 * counts where these rules ask it too; what one that was not asked would have said nobody knows. Pure.
 */
export function fateOf(
  past: PastReturn, policy: Policy, registers: ReadonlySet<string> = new Set(), supposed: Supposed = { role: null, isTooOften: false },
): { fate: Fate; verdict: Verdict } {
  const facts = heardUnder(past.facts, policy, registers)
  const at = (seat: Seat): Verdict => decide('return', { ...facts, here: { ...facts.here, seat } }, policy, past.at)
  const [desk, alone] = [at('counter'), at('kiosk')]
  const { isFine, isLocked, amount_cents } = lookedAtUnder(past, policy)
  const tooOften = cameTooOften(past, policy, supposed)
  const asks = desk.outcome === 'ask-staff' || !isFine || isLocked || isTooMuchCash(past, amount_cents, policy) ||
    amount_cents + past.beside_cents > ownWordOf(policy, past.role === 'unknown' ? supposed.role : past.role) || tooOften
  const isForOneAlone = isFine && !isLocked && !tooOften && !hasNumberedParts(past, policy) && hasSlot(past, policy) && amount_cents > 0 && hasTender(past, policy)
  const pays = alone.outcome === 'accept' && isForOneAlone && amount_cents <= policy.kiosk.refundUpTo_cents
  const counter = desk.outcome === 'refuse' ? lateFate(desk, policy) : asks ? 'needs-approval' : 'goes-through'
  return { fate: { counter, kiosk: pays ? 'pays' : 'colleague' }, verdict: desk }
}

/** By what came back here, for sure; beyond that as is supposed, where he may have been at other tills. */
function cameTooOften({ returner, at }: PastReturn, policy: Policy, supposed: Supposed): boolean {
  const rules = returnRules(policy)
  if (rules.perCustomer === undefined || returner === 'nobody') return false
  if (returner === 'unknown') return supposed.isTooOften
  const since = later(at, -rules.perCustomer.days * DAY_MS)
  const came = returner.before.reduce((sum, one) => sum + (one.at >= since ? one.quantity : 0), 0)
  return isTooOften([{ customerId: '', came, quantity: returner.brought }], rules) || (!returner.isAll && supposed.isTooOften)
}

/** Money a kiosk may give for what was paid so, where its terminal takes cards; whether it did that day is not kept. */
function hasTender({ facts }: PastReturn, policy: Policy): boolean {
  const title = facts.unit?.title
  return (title?.is === 'sold' || title?.is === 'transferred') && kioskWays(policy, title.purchase.tender, true).length > 0
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

/**
 * Judges past returns under both rules and tells those that go another way. Where that hangs on what was not kept, as
 * who stood at the till, a return is counted as unknown, and neither as changed nor as unchanged. Only of a limit per
 * customer that stays as it is nobody is taken to have been above it at other tills. Pure.
 */
export function whatIf(
  past: readonly PastReturn[], before: Policy, after: Policy, world: { readonly since: string; readonly currency: string },
): WhatIf {
  const turns = past.map((entry) => turnOf(entry, before, after))
  const other = turns.flatMap((turn) => (turn === null || turn === 'unknown' ? [] : [turn])).sort((a, b) => b.amount_cents - a.amount_cents)
  return {
    since: world.since,
    here: past.filter(({ known }) => known === 'here').length,
    told: past.filter(({ known }) => known === 'told').length,
    currency: world.currency,
    otherWay: other.slice(0, OTHER_WAY_MAX),
    count: other.length,
    unknown: turns.filter((turn) => turn === 'unknown').length,
    sum_cents: cents(other.reduce((sum, { amount_cents }) => sum + amount_cents, 0)),
  }
}

/** How one return turns; null: as before, whatever is supposed; `unknown`: one way or the other, by what was not kept. */
function turnOf(past: PastReturn, before: Policy, after: Policy): OtherWay | 'unknown' | null {
  const registers = new Set([...(before.outside ?? []), ...(after.outside ?? [])].map(({ register }) => register))
  const cases = supposals(past, before, after)
  const turned = cases.flatMap(([asItWas, asItWouldBe]) => {
    const [was, would] = [fateOf(past, before, registers, asItWas), fateOf(past, after, registers, asItWouldBe)]
    return was.fate.counter === would.fate.counter && was.fate.kiosk === would.fate.kiosk ? [] : [{ was, would }]
  })
  const [one] = turned
  if (one === undefined) return null
  if (turned.length < cases.length) return 'unknown'
  const { was, would } = one
  const first = would.verdict.reasons[0] ?? 'purchase'
  const { reason, params } = would.verdict.findings[first]
  const { unitId, name, serialEnd, at, amount_cents } = past
  return { unitId, name, serialEnd, at, amount_cents: cents(amount_cents), before: was.fate, after: would.fate, reason, params }
}

/**
 * Everything that may have been under both rules where it was not kept: any role that takes goods back; and a customer
 * who had been at other tills too often for one, both or none. Where the rules do not differ in that, he is supposed not
 * to have been: else no return of a customer who buys at several tills could be told by any other rule.
 */
function supposals({ role, returner }: PastReturn, before: Policy, after: Policy): (readonly [Supposed, Supposed])[] {
  const takesBack = Role.options.filter((one) => [before, after].some(({ rights }) => rights[one].includes('take-back')))
  const roles = role !== 'unknown' || takesBack.length === 0 ? [null] : takesBack
  const [was, is] = [returnRules(before).perCustomer, returnRules(after).perCustomer]
  const isOpen = (was?.pieces !== is?.pieces || was?.days !== is?.days) && (returner === 'unknown' || (returner !== 'nobody' && !returner.isAll))
  const tooOften = isOpen ? [[false, false], [false, true], [true, false], [true, true]] as const : [[false, false]] as const
  return roles.flatMap((one) => tooOften.map(([then, thus]) => [{ role: one, isTooOften: then }, { role: one, isTooOften: thus }] as const))
}
