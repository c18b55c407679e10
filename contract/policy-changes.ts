import { HOUR_MS } from './durations.ts'
import type { OutsideCheck } from './outside-check.ts'
import type { KioskSlot, OfflineRule, Policy } from './policy.ts'
import type { PolicyChange } from './policy-view.ts'
import type { Params } from './ids.ts'
import { Seat } from './roles.ts'
import { otherReturnRules, returnRuleChanges } from './return-rule-changes.ts'

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
    ...cutOffChanges(before, after, currency),
    ...(before.shadow === after.shadow ? [] : [{ code: after.shadow ? 'shadow-on' : 'shadow-off', params: {} }]),
  ]
  const others = new Set([...otherPaths(before, after), ...otherReturnRules(before, after).map((name) => `returns.rules.${name}`)].map((path) => PART_OF[path] ?? path))
  return [...told, ...[...others].map((where) => ({ code: 'other', params: { where } }))]
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
    ...buyChange(before.kiosk.buyUpTo_cents, after.kiosk.buyUpTo_cents, currency),
    ...(['counter', 'kiosk', 'service'] as const).flatMap((seat) => amount('offline-limit', was[seat], is[seat], { seat })),
    ...(before.staleness.listAskAfter_ms === after.staleness.listAskAfter_ms
      ? []
      : [{ code: 'list-age', params: { from: hours(before), to: hours(after) } }]),
  ]
}

function buyChange(was_cents: number | undefined, to_cents: number | undefined, currency: string): PolicyChange[] {
  if (was_cents === to_cents) return []
  return [to_cents === undefined ? { code: 'kiosk-buy-off', params: {} } : { code: 'kiosk-buy', params: { to_cents, currency } }]
}

const hours = (policy: Policy): number => Math.round(policy.staleness.listAskAfter_ms / HOUR_MS)

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

/** What a seat may do while the centre is silent, in full: one limit alone says little. */
function cutOffChanges(before: Policy, after: Policy, currency: string): PolicyChange[] {
  const [was, is] = [leaseOver(before), leaseOver(after)]
  return [
    ...Seat.options.flatMap((seat): PolicyChange[] => {
      const rule = after.offline?.[seat]
      if (sameCutOff(before.offline?.[seat], rule)) return []
      if (rule === undefined) return [{ code: 'cut-off-free', params: { seat } }]
      const { after_ms, sellUpTo_cents, refundUpTo_cents, cashBackUpTo_cents } = rule
      const params = { seat, minutes: Math.round(after_ms / 60_000), refund_cents: refundUpTo_cents, cash_cents: cashBackUpTo_cents, currency }
      return [sellUpTo_cents === null ? { code: 'cut-off-any', params } : { code: 'cut-off', params: { ...params, sell_cents: sellUpTo_cents } }]
    }),
    ...(was === is ? [] : [{ code: `lease-${is}`, params: {} }]),
  ]
}

const leaseOver = (policy: Policy): 'ask' | 'stop' => policy.leaseOver ?? 'ask'

const sameCutOff = (was: OfflineRule | undefined, is: OfflineRule | undefined): boolean =>
  was?.after_ms === is?.after_ms && was?.sellUpTo_cents === is?.sellUpTo_cents && was?.refundUpTo_cents === is?.refundUpTo_cents && was?.cashBackUpTo_cents === is?.cashBackUpTo_cents

const number = (code: string, from: number, to: number): PolicyChange[] => (from === to ? [] : [{ code, params: { from, to } }])

/** Parts with sentences of their own, which are told above. */
const TOLD: readonly string[] = [
  'version', 'shadow', 'rights', 'rightsKnown', 'returns.windows', 'returns.acceptedConditions', 'returns.reasons', 'returns.approvalFrom_cents', 'returns.rules',
  'staleness', 'kiosk.refundUpTo_cents', 'kiosk.idleWarnAfter_ms', 'kiosk.idleWipeAfter_ms', 'kiosk.checksPerHour', 'kiosk.photo',
  'kiosk.handOverTo', 'kiosk.slots', 'kiosk.buyUpTo_cents', 'outside', 'offline', 'leaseOver',
]

/** In which part of the editor stands what has no sentence of its own. */
const PART_OF: Readonly<Record<string, string>> = {
  'returns.rules.refundUpTo_cents': 'money', 'returns.rules.approveUpTo_cents': 'money', 'returns.rules.tenderUpTo_cents': 'money', 'returns.rules.storeCredit': 'money',
  'returns.rules.claimFirst': 'limits', 'returns.rules.categories': 'questions', 'returns.rules.routes': 'routes', 'returns.rules.routeChoices': 'routes', 'returns.rules.tradeIn': 'routes',
  'kiosk.tenders': 'kiosk', money: 'money', legalGuarantee: 'guarantee', cartLease_ms: 'selling', discountUpTo_bp: 'selling', tagsAtExit: 'selling', sensors: 'selling', customerNeeded: 'selling', stockNotBySerial: 'selling',
  papers: 'papers', pin: 'rights',
}

/** Everything else is at least named: no rule changes without a word. */
function otherPaths(before: object, after: object, path = ''): string[] {
  const [was, is] = [before, after] as [Record<string, unknown>, Record<string, unknown>]
  return Object.keys({ ...was, ...is }).flatMap((name): string[] => {
    const where = path === '' ? name : `${path}.${name}`
    if (TOLD.includes(where) || JSON.stringify(was[name]) === JSON.stringify(is[name])) return []
    const isGroup = where === 'returns' || where === 'kiosk'
    return isGroup ? otherPaths(was[name] as object, is[name] as object, where) : [where]
  })
}
