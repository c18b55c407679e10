import type { Policy } from './policy.ts'
import type { PolicyChange } from './policy-view.ts'
import type { Params } from './ids.ts'
import { returnRules } from './cautious-return-rules.ts'

/** What is otherwise in one document than in the other, one sentence each; empty where only the version differs. */
export function changesBetween(before: Policy, after: Policy, currency: string): PolicyChange[] {
  const told = [
    ...windowChanges(before, after),
    ...moneyChanges(before, after, currency),
    ...listChanges('condition', before.returns.acceptedConditions, after.returns.acceptedConditions),
    ...listChanges('reason', before.returns.reasons, after.returns.reasons),
    ...questionChanges(before, after),
    ...rightChanges(before, after),
    ...kioskChanges(before, after),
    ...(before.shadow === after.shadow ? [] : [{ code: after.shadow ? 'shadow-on' : 'shadow-off', params: {} }]),
  ]
  return [...told, ...otherChanges(before, after)]
}

function windowChanges(before: Policy, after: Policy): PolicyChange[] {
  const [was, is] = [byCategory(before), byCategory(after)]
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((category): PolicyChange[] => {
    const [from, to] = [was.get(category), is.get(category)]
    if (from === to) return []
    if (from === undefined) return [{ code: 'window-added', params: { category, to: to ?? 0 } }]
    if (to === undefined) return [{ code: 'window-removed', params: { category, from } }]
    return [{ code: 'window', params: { category, from, to } }]
  })
}

const byCategory = (policy: Policy): Map<string, number> => new Map(policy.returns.windows.toReversed().map(({ category, days }) => [category, days]))

function moneyChanges(before: Policy, after: Policy, currency: string): PolicyChange[] {
  const amount = (code: string, from_cents: number, to_cents: number, params: Params = {}): PolicyChange[] =>
    from_cents === to_cents ? [] : [{ code, params: { ...params, from_cents, to_cents, currency } }]
  const [was, is] = [before.staleness.offlineRefundUpTo_cents, after.staleness.offlineRefundUpTo_cents]
  return [
    ...amount('approval-from', before.returns.approvalFrom_cents, after.returns.approvalFrom_cents),
    ...amount('kiosk-limit', before.kiosk.refundUpTo_cents, after.kiosk.refundUpTo_cents),
    ...(['counter', 'kiosk', 'service'] as const).flatMap((seat) => amount('offline-limit', was[seat], is[seat], { seat })),
    ...(before.staleness.listAskAfter_ms === after.staleness.listAskAfter_ms
      ? []
      : [{ code: 'list-age', params: { from: hours(before), to: hours(after) } }]),
  ]
}

const hours = (policy: Policy): number => Math.round(policy.staleness.listAskAfter_ms / 3_600_000)

function listChanges(what: 'condition' | 'reason', before: readonly string[], after: readonly string[]): PolicyChange[] {
  return [
    ...after.filter((item) => !before.includes(item)).map((item) => ({ code: `${what}-added`, params: { item } })),
    ...before.filter((item) => !after.includes(item)).map((item) => ({ code: `${what}-removed`, params: { item } })),
  ]
}

/** What is asked and what belongs to a piece, by category; against the rules that apply where a document has none. */
function questionChanges(before: Policy, after: Policy): PolicyChange[] {
  const [was, is] = [returnRules(before).categories, returnRules(after).categories]
  const categories = [...new Set([...was, ...is].map(({ category }) => category))]
  return categories.flatMap((category): PolicyChange[] => {
    const of = (rules: typeof was, what: 'questions' | 'accessories') => (rules.find((entry) => entry.category === category)?.[what] ?? []).map(({ id }) => id)
    return (['questions', 'accessories'] as const).flatMap((what) => {
      const code = what === 'questions' ? 'question' : 'accessory'
      const [from, to] = [of(was, what), of(is, what)]
      return [
        ...to.filter((item) => !from.includes(item)).map((item) => ({ code: `${code}-added`, params: { category, item } })),
        ...from.filter((item) => !to.includes(item)).map((item) => ({ code: `${code}-removed`, params: { category, item } })),
      ]
    })
  })
}

function rightChanges(before: Policy, after: Policy): PolicyChange[] {
  return Object.keys({ ...before.rights, ...after.rights }).flatMap((role) => {
    const [was, is] = [before.rights[role as never] as readonly string[], after.rights[role as never] as readonly string[]]
    return [
      ...is.filter((right) => !was.includes(right)).map((right) => ({ code: 'right-given', params: { role, right } })),
      ...was.filter((right) => !is.includes(right)).map((right) => ({ code: 'right-taken', params: { role, right } })),
    ]
  })
}

function kioskChanges(before: Policy, after: Policy): PolicyChange[] {
  const [was, is] = [before.kiosk, after.kiosk]
  return [
    ...number('kiosk-warn', was.idleWarnAfter_ms / 1_000, is.idleWarnAfter_ms / 1_000),
    ...number('kiosk-wipe', was.idleWipeAfter_ms / 1_000, is.idleWipeAfter_ms / 1_000),
    ...number('kiosk-checks', was.checksPerHour, is.checksPerHour),
    ...((was.photo ?? 'never') === (is.photo ?? 'never') ? [] : [{ code: `kiosk-photo-${is.photo ?? 'never'}`, params: {} }]),
    ...((was.handOverTo ?? '') === (is.handOverTo ?? '') ? [] : [{ code: 'kiosk-place', params: { to: is.handOverTo ?? '' } }]),
  ]
}

const number = (code: string, from: number, to: number): PolicyChange[] => (from === to ? [] : [{ code, params: { from, to } }])

/** Parts with sentences of their own, which are told above. */
const TOLD: readonly string[] = [
  'version', 'shadow', 'rights', 'returns.windows', 'returns.acceptedConditions', 'returns.reasons', 'returns.approvalFrom_cents',
  'staleness', 'kiosk.refundUpTo_cents', 'kiosk.idleWarnAfter_ms', 'kiosk.idleWipeAfter_ms', 'kiosk.checksPerHour', 'kiosk.photo',
  'kiosk.handOverTo',
]

/** Everything else is at least named: no rule changes without a word. */
function otherChanges(before: Policy, after: Policy, path = ''): PolicyChange[] {
  const [was, is] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>]
  return Object.keys({ ...was, ...is }).flatMap((name): PolicyChange[] => {
    const where = path === '' ? name : `${path}.${name}`
    if (where === 'returns.rules' && sameBeside(before, after)) return []
    if (TOLD.includes(where) || JSON.stringify(was[name]) === JSON.stringify(is[name])) return []
    const inside = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    return path === '' && inside(was[name]) && inside(is[name])
      ? otherChanges(was[name] as Policy, is[name] as Policy, where)
      : [{ code: 'other', params: { where } }]
  })
}

/** The rules of returns apart from the questions and accessories, which have sentences of their own. */
function sameBeside(before: unknown, after: unknown): boolean {
  const bare = (returns: unknown) => {
    const { categories, ...rest } = returnRules({ returns } as Policy)
    const rough = categories.map(({ questions, accessories, ...more }) => ({
      ...more, kept: [...questions, ...accessories].map((entry) => JSON.stringify(entry)).sort(),
    }))
    return { rest: JSON.stringify(rest), rough }
  }
  const [was, is] = [bare(before), bare(after)]
  if (was.rest !== is.rest || was.rough.length !== is.rough.length) return false
  return was.rough.every((entry, index) => {
    const other = is.rough[index]
    if (!other || JSON.stringify({ ...entry, kept: 0 }) !== JSON.stringify({ ...other, kept: 0 })) return false
    const ids = (kept: readonly string[]) => new Set(kept.map((text) => (JSON.parse(text) as { id: string }).id))
    const both = [...ids(entry.kept)].filter((id) => ids(other.kept).has(id))
    return entry.kept.filter((text) => both.includes((JSON.parse(text) as { id: string }).id)).every((text) => other.kept.includes(text))
  })
}
