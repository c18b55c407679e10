import type { Policy } from '../../../contract/policy.ts'
import type { CoverLayer, Custody, FlagKind, Purchase } from '../../../contract/unit.ts'
import type { Findings, Intent } from '../../../contract/verdict.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { daysBetween } from '../facts/days.ts'
import type { VerdictFacts } from './facts.ts'

type Finding<Q extends keyof Findings> = Findings[Q]
type Answered<A extends string> = Omit<Finding<'stolen'>, 'answer'> & { answer: A }

/** Which piece is this? */
export function askIdentity(facts: VerdictFacts): Finding<'identity'> {
  const rest = { params: {}, evidence: [], source: facts.source, asOf: facts.asOf.mirror }
  const { identity } = facts
  switch (identity.is) {
    case 'unit':
      return identity.retiredLabel === null
        ? { answer: 'known-unit', reason: 'known', ...rest }
        : { answer: 'known-unit', reason: 'known-by-old-label', ...rest, evidence: [identity.retiredLabel] }
    case 'product':
      return { answer: 'known-product-unknown-unit', reason: 'known-product', ...rest }
    case 'ambiguous':
      return { answer: 'ambiguous', reason: 'ambiguous-number', ...rest, params: { candidates: identity.candidates } }
    case 'impossible':
      return { answer: 'impossible', reason: identity.why, ...rest, source: 'label' }
    case 'unknown':
      return { answer: 'unknown', reason: 'not-known-here', ...rest }
    default:
      return unreachable(identity)
  }
}

/** Was it bought here, and may that purchase still be undone? */
export function askPurchase(intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Finding<'purchase'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const title = facts.unit?.title ?? { is: 'unknown' as const }
  switch (title.is) {
    case 'unknown':
      return { answer: 'unknown', reason: 'no-record', params: {}, evidence: [], ...rest }
    case 'ours':
      return { answer: 'ours-not-sold', reason: 'not-sold-yet', params: {}, evidence: [], ...rest }
    case 'returned':
      return {
        answer: 'already-returned',
        reason: 'returned-on',
        params: { date: title.returnedAt, number: title.returnNumber },
        evidence: [title.returnNumber, title.purchase.receiptNumber],
        ...rest,
      }
    case 'sold':
    case 'transferred':
      return { ...soldFinding(intent, title.purchase, facts, policy, now), evidence: [title.purchase.receiptNumber], ...rest }
    default:
      return unreachable(title)
  }
}

function soldFinding(intent: Intent, purchase: Purchase, facts: VerdictFacts, policy: Policy, now: string) {
  const params = {
    date: purchase.soldAt,
    receipt: purchase.receiptNumber,
    store: facts.storeNames[purchase.storeId] ?? purchase.storeId,
  }
  const answer = 'ours-sold' as const
  if (intent === 'return') {
    const days = windowOf(policy, facts.product?.category ?? '*')
    const gone = daysBetween(purchase.soldAt, now)
    // A sale of the future is a clock gone wrong, not a window that is open for ever.
    if (gone > days || gone < -1) return { answer, reason: 'window-over', params: { ...params, days, gone } }
  }
  return { answer, reason: purchase.channel === 'store' ? 'sold-here-on' : 'sold-online-on', params }
}

function windowOf(policy: Policy, category: string): number {
  const windows = policy.returns.windows
  return (windows.find((entry) => entry.category === category) ?? windows.find((entry) => entry.category === '*'))?.days ?? 0
}

/** Which protection does it still have? Never "ended" while any layer lasts. */
export function askWarranty(facts: VerdictFacts, now: string): Finding<'warranty'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const layers = facts.unit?.cover ?? []
  if (layers.length === 0) return { answer: 'unknown', reason: 'no-dates', params: {}, evidence: [], ...rest }
  const today = now.slice(0, 10)
  const told = (layer: CoverLayer) => ({ layer: layer.layer, date: layer.end })
  const evidence = layers.map((layer) => `${layer.layer} ${layer.start} – ${layer.end}`)
  const valid = layers.filter((layer) => layer.voidWhy === null)
  const byEnd = [...valid].sort((a, b) => (a.end < b.end ? 1 : -1))
  const lasting = byEnd.find((layer) => layer.start <= today && layer.end >= today)
  if (lasting)
    return lasting.layer === 'legal'
      ? { answer: 'covered', reason: 'covered-by-law-until', params: told(lasting), evidence, ...rest }
      : { answer: 'covered', reason: 'covered-until', params: told(lasting), evidence, ...rest }
  const coming = byEnd.find((layer) => layer.start > today)
  if (coming)
    return { answer: 'not-started', reason: 'not-started', params: { layer: coming.layer, date: coming.start }, evidence, ...rest }
  const last = byEnd[0]
  if (last) return { answer: 'ended', reason: 'ended-on', params: told(last), evidence, ...rest }
  return { answer: 'void', reason: 'void-because', params: { why: layers[0]?.voidWhy ?? '' }, evidence, ...rest }
}

/** Is anybody looking for it? A list older than the policy allows is no longer a clear list. */
export function askStolen(facts: VerdictFacts, policy: Policy, now: string): Finding<'stolen'> {
  const hit = flagOf(facts, ['stolen-own', 'stolen-reported'])
  if (hit)
    return {
      answer: 'flagged',
      reason: hit.kind,
      params: { date: hit.at, source: hit.source, reference: hit.reference ?? '' },
      evidence: [hit.reason, ...(hit.reference ? [hit.reference] : [])],
      source: hit.source,
      asOf: hit.at,
    }
  return listFinding(facts, facts.asOf.stolen, policy, now, { answer: 'clear', reason: 'no-flag' })
}

/** Is it part of a recall? */
export function askRecall(facts: VerdictFacts, policy: Policy, now: string): Finding<'recall'> {
  const hit = flagOf(facts, ['recall'])
  const remedied = flagOf(facts, ['recall-remedied'])
  if (hit && !(remedied && remedied.reference === hit.reference))
    return {
      answer: 'affected',
      reason: 'campaign-affects',
      params: { campaign: hit.reference ?? hit.reason },
      evidence: [hit.reason],
      source: hit.source,
      asOf: hit.at,
    }
  if (remedied)
    return {
      answer: 'remedied',
      reason: 'campaign-remedied',
      params: { campaign: remedied.reference ?? remedied.reason },
      evidence: [remedied.reason],
      source: remedied.source,
      asOf: remedied.at,
    }
  return listFinding(facts, facts.asOf.recall, policy, now, { answer: 'none', reason: 'no-campaign' })
}

function listFinding<A extends string>(
  facts: VerdictFacts,
  asOf: string | null,
  policy: Policy,
  now: string,
  clear: { readonly answer: A; readonly reason: string },
): Answered<A | 'unknown'> {
  const rest = { evidence: [], source: 'mirror', asOf }
  if (facts.unit === null) return { answer: 'unknown' as const, reason: 'not-known-here', params: {}, ...rest }
  if (asOf === null) return { answer: 'unknown' as const, reason: 'no-list', params: {}, ...rest }
  const age_ms = Date.parse(now) - Date.parse(asOf)
  if (!(age_ms <= policy.staleness.listAskAfter_ms))
    return { answer: 'unknown' as const, reason: 'list-too-old', params: { age_days: daysBetween(asOf, now) }, ...rest }
  return { ...clear, params: {}, ...rest }
}

/** Does its history hang together? Consistent is not proven: a printed number can be copied. */
export function askAuthenticity(facts: VerdictFacts): Finding<'authenticity'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const hit = flagOf(facts, ['counterfeit-suspected'])
  if (hit)
    return { answer: 'suspect', reason: 'counterfeit-suspected', params: {}, evidence: [hit.reason], source: hit.source, asOf: hit.at }
  if (facts.contradictions.length > 0)
    return { answer: 'suspect', reason: 'contradiction', params: {}, evidence: [...facts.contradictions], ...rest }
  if (facts.identity.is !== 'unit') return { answer: 'not-checkable', reason: 'not-checkable', params: {}, evidence: [], ...rest }
  return { answer: 'consistent', reason: 'consistent', params: {}, evidence: [], ...rest }
}

/** Where is it, and may it go where the intent wants it? */
export function askCustody(intent: Intent, facts: VerdictFacts): Finding<'custody'> {
  const rest = { params: {}, evidence: [], source: facts.source, asOf: facts.asOf.mirror }
  const { unit } = facts
  if (!unit) return { answer: 'unknown', reason: 'unknown-place', ...rest }
  const held = flagOf(facts, ['quarantine', 'hold', 'activation-lock', 'cold-chain-excursion'])
  if (held) return { answer: 'on-hold', reason: held.kind === 'hold' ? 'on-hold' : held.kind, ...rest, evidence: [held.reason] }
  if (facts.heldBy && facts.heldBy.flowId !== facts.here.flowId)
    return { answer: 'in-another-cart', reason: 'in-cart-of', ...rest, params: { till: facts.heldBy.till } }
  if (intent === 'sell' && unit.condition === 'to-inspect')
    return { answer: 'on-hold', reason: 'to-inspect', ...rest }
  return { ...placeFinding(facts, unit.custody), evidence: [], source: rest.source, asOf: rest.asOf }
}

function placeFinding(
  facts: VerdictFacts,
  custody: Custody,
): Pick<Finding<'custody'>, 'answer' | 'reason' | 'params'> {
  const store = (id: string) => facts.storeNames[id] ?? id
  switch (custody.at) {
    case 'in-stock':
      return custody.storeId === facts.here.storeId
        ? { answer: 'may-leave', reason: 'in-stock-here', params: { area: custody.area } }
        : { answer: 'not-here', reason: 'other-store', params: { store: store(custody.storeId) } }
    case 'in-cart':
      return custody.flowId === facts.here.flowId
        ? { answer: 'may-leave', reason: 'in-stock-here', params: { area: '' } }
        : { answer: 'in-another-cart', reason: 'in-cart-of', params: { till: custody.tillId } }
    case 'with-customer':
      return { answer: 'may-come-back', reason: 'with-customer', params: {} }
    case 'in-repair':
      return { answer: 'in-repair', reason: 'in-repair', params: { place: custody.place } }
    case 'in-transit':
      return { answer: 'in-transit', reason: 'in-transit', params: { from: store(custody.fromStoreId), to: store(custody.toStoreId) } }
    case 'at-vendor':
      return { answer: 'not-here', reason: 'at-vendor', params: { vendor: custody.vendor } }
    case 'missing':
      return { answer: 'missing', reason: 'missing-since', params: { date: custody.since } }
    case 'retired':
      return { answer: 'retired', reason: 'retired', params: { why: custody.why } }
    case 'expected':
      return { answer: 'not-here', reason: 'not-received-yet', params: { store: store(custody.storeId) } }
    case 'unknown':
      return { answer: 'unknown', reason: 'unknown-place', params: {} }
    default:
      return unreachable(custody)
  }
}

const flagOf = (facts: VerdictFacts, kinds: readonly FlagKind[]) => {
  for (const kind of kinds) {
    const flag = facts.unit?.flags.find((candidate) => candidate.kind === kind)
    if (flag) return flag
  }
  return null
}
