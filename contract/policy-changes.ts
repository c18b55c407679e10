import type { OutsideCheck } from './outside-check.ts'
import type { KioskSlot, Policy } from './policy.ts'
import type { PolicyChange } from './policy-view.ts'
import type { Params } from './ids.ts'
import { returnRuleChanges, sameBeside } from './return-rule-changes.ts'

/** What is otherwise in one document than in the other, one sentence each; empty where only the version differs. */
export function changesBetween(before: Policy, after: Policy, currency: string): PolicyChange[] {
  const told = [
    ...windowChanges(before, after),
    ...moneyChanges(before, after, currency),
    ...listChanges('condition', before.returns.acceptedConditions, after.returns.acceptedConditions),
    ...listChanges('reason', before.returns.reasons, after.returns.reasons),
    ...returnRuleChanges(before, after, currency),
    ...rightChanges(before, after),
    ...kioskChanges(before, after),
    ...slotChanges(before.kiosk.slots ?? [], after.kiosk.slots ?? []),
    ...registerChanges(before.outside ?? [], after.outside ?? []),
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

/** Which openings a kiosk has, how much goes into each and what; their order counts, because the first that fits is taken. */
function slotChanges(before: readonly KioskSlot[], after: readonly KioskSlot[]): PolicyChange[] {
  const was = new Map(before.map((slot) => [slot.name, slot]))
  const is = new Map(after.map((slot) => [slot.name, slot]))
  const kept = (slots: readonly KioskSlot[], others: ReadonlyMap<string, KioskSlot>) => slots.flatMap(({ name }) => (others.has(name) ? [name] : [])).join(' ')
  return [
    ...after.flatMap((slot): PolicyChange[] => {
      const old = was.get(slot.name)
      const [takes, took] = [slot.categories.join(', '), old?.categories.join(', ')]
      if (old === undefined) return [{ code: 'slot-added', params: { slot: slot.name, holds: slot.holds, categories: takes } }]
      return [
        ...(old.holds === slot.holds ? [] : [{ code: 'slot-holds', params: { slot: slot.name, from: old.holds, to: slot.holds } }]),
        ...(takes === took ? [] : [{ code: 'slot-takes', params: { slot: slot.name, categories: takes } }]),
      ]
    }),
    ...before.filter(({ name }) => !is.has(name)).map(({ name }) => ({ code: 'slot-removed', params: { slot: name } })),
    ...(kept(before, is) === kept(after, was) ? [] : [{ code: 'slot-order', params: {} }]),
  ]
}

/** Who outside is asked, and about what; of what is sent and read only that it changed. */
function registerChanges(before: readonly OutsideCheck[], after: readonly OutsideCheck[]): PolicyChange[] {
  const was = new Map(before.map((check) => [check.id, check]))
  const ids = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((check): PolicyChange[] => {
      const old = was.get(check.id)
      if (old === undefined) return [{ code: `register-added-${check.asks}`, params: { register: check.register } }]
      return JSON.stringify(old) === JSON.stringify(check) ? [] : [{ code: 'register-changed', params: { register: check.register } }]
    }),
    ...before.filter(({ id }) => !ids.has(id)).map(({ register }) => ({ code: 'register-removed', params: { register } })),
  ]
}

const number = (code: string, from: number, to: number): PolicyChange[] => (from === to ? [] : [{ code, params: { from, to } }])

/** Parts with sentences of their own, which are told above. */
const TOLD: readonly string[] = [
  'version', 'shadow', 'rights', 'returns.windows', 'returns.acceptedConditions', 'returns.reasons', 'returns.approvalFrom_cents',
  'staleness', 'kiosk.refundUpTo_cents', 'kiosk.idleWarnAfter_ms', 'kiosk.idleWipeAfter_ms', 'kiosk.checksPerHour', 'kiosk.photo',
  'kiosk.handOverTo', 'kiosk.slots', 'outside',
]

/** Everything else is at least named: no rule changes without a word. */
function otherChanges(before: Policy, after: Policy, path = ''): PolicyChange[] {
  const [was, is] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>]
  return Object.keys({ ...was, ...is }).flatMap((name): PolicyChange[] => {
    const where = path === '' ? name : `${path}.${name}`
    // Inside of `returns` it is that part alone that stands here.
    if (where === 'returns.rules' && sameBeside({ returns: before } as unknown as Policy, { returns: after } as unknown as Policy)) return []
    if (TOLD.includes(where) || JSON.stringify(was[name]) === JSON.stringify(is[name])) return []
    const inside = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    return path === '' && inside(was[name]) && inside(is[name])
      ? otherChanges(was[name] as Policy, is[name] as Policy, where)
      : [{ code: 'other', params: { where } }]
  })
}
