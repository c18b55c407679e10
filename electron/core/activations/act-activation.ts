import type { ActivationAct, ActivationService, ActivationTrouble } from '../../../contract/activation.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { readIccid } from '../../../contract/identity/iccid.ts'
import { readImei } from '../../../contract/identity/imei.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { tell } from '../service/claims.ts'
import { activationOf, removeActivation, unitsOfSale, writeActivation, type ActivationRow } from './activation-rows.ts'
import { imeisOf, isStillSold, servicesFor } from './pieces-to-activate.ts'

const SIM_END = 4

/**
 * What is done about connecting a piece that was sold: somebody is asked to (the asking itself comes after), it is put
 * off, or not wanted any more. Refuses a piece that is not sold in this sale (any more, unless it is dropped), numbers
 * whose check digit is wrong or that are of another device, and what does not fit how it stands: a piece is connected once.
 */
export function actActivation(deed: Deed, key: CustomerKey | null, act: ActivationAct): Result<null> {
  const { ground, db } = deed
  const unit = unitOf(ground, act.unitId)
  if (unit === null) return refused('no-such-unit')
  const isOfSale = unitsOfSale(db, act.saleId).some(({ unit_id }) => unit_id === unit.id)
  if (!isOfSale || (act.do !== 'drop' && !isStillSold(unit, act.saleId))) return refused('not-sold')
  const before = activationOf(db, act.saleId, act.unitId)
  if (before?.state === 'wanted' || before?.state === 'done') return refused('not-in-this-state')
  switch (act.do) {
    case 'ask':
      return askFor(deed, key, { unit, before }, act)
    case 'again':
      if (before?.state !== 'failed' || before.sealed_sim === null || serviceOf(deed, unit, before.service_id) === null) return refused('not-in-this-state')
      return become(deed, { ...before, state: 'wanted', why: null, asked_by: deed.staff?.staffId ?? null })
    case 'postpone': {
      const service = serviceOf(deed, unit, act.serviceId)
      if (service === null) return refused('not-in-this-state')
      return become(deed, { ...(before ?? fresh(deed, act, service)), state: 'postponed', why: null })
    }
    case 'drop':
      return before === null ? refused('not-in-this-state') : become(deed, { ...withoutSim(before), state: 'dropped', why: null })
    default:
      return unreachable(act)
  }
}

interface InHand {
  readonly unit: KnownUnit
  readonly before: ActivationRow | null
}

function askFor(deed: Deed, key: CustomerKey | null, { unit, before }: InHand, act: Extract<ActivationAct, { do: 'ask' }>): Result<null> {
  const service = serviceOf(deed, unit, act.serviceId)
  if (service === null) return refused('not-in-this-state')
  const imei = readImei(act.imei)
  if (!imei.ok) return refused('imei-wrong')
  const known = imeisOf(unit)
  if (known.length > 0 && !known.includes(imei.imei)) return refused('imei-of-another', { name: unit.product.name })
  const sim = readIccid(act.sim)
  if (!sim.ok) return refused('sim-wrong')
  if (key === null) return refused('customers-locked')
  const row = before !== null && isSameWish(key, before, imei.imei, sim.iccid) ? before : fresh(deed, act, service)
  if (before !== null && before.id !== row.id) removeActivation(deed.db, before.id)
  return become(deed, {
    ...row, service_id: service.id, provider: service.provider, imei: imei.imei, sealed_sim: key.seal(sim.iccid, sealOwner(row.id)),
    sim_end: sim.iccid.slice(-SIM_END), state: 'wanted', why: null, asked_by: deed.staff?.staffId ?? null,
  })
}

/**
 * Whether a provider knows these very numbers under the number of the row: asked for others under it, one that
 * repeats its first answer would answer for the first ones. A number that is not kept any more is known by its end.
 */
function isSameWish(key: CustomerKey, { id, imei, sealed_sim, sim_end }: ActivationRow, imeiNow: string, simNow: string): boolean {
  const sim = sealed_sim === null ? null : key.open(sealed_sim, sealOwner(id))
  return imei === imeiNow && (sim === null ? sim_end === simNow.slice(-SIM_END) : sim === simNow)
}

const serviceOf = (deed: Deed, unit: KnownUnit, serviceId: string): ActivationService | null =>
  servicesFor(deed.ground, unit).find(({ id }) => id === serviceId) ?? null

const fresh = ({ ground }: Deed, { saleId, unitId }: ActivationAct, { id, provider }: ActivationService): ActivationRow => ({
  id: ground.newId(), sale_id: saleId, unit_id: unitId, service_id: id, provider, imei: '', sealed_sim: null, sim_end: '',
  state: 'postponed', why: null, reference: '', asked_by: null, changed_at: ground.now(),
})

/** What the sealed number of a SIM is bound to. */
export const sealOwner = (activationId: string): string => `sim ${activationId}`

/** The provider has connected it. From now on the piece hangs on an account, which is to be lifted before it comes back. */
export function activated(deed: Deed, row: ActivationRow, reference: string): Result<null> {
  const at = deed.ground.now()
  become(deed, { ...withoutSim(row), state: 'done', why: null, reference })
  tell(deed, row.unit_id, 'flagged', { flag: LOCK, reason: row.provider, campaign: reference }, (facts) => ({
    ...facts, flags: [...facts.flags.filter(({ kind }) => kind !== LOCK), { kind: LOCK, source: row.provider, at, reason: row.provider, reference }],
  }))
  return ok(null)
}

const LOCK = 'activation-lock'

/** Somebody has to look: the number of the SIM is kept for another try. */
export const notActivated = (deed: Deed, row: ActivationRow, why: ActivationTrouble): Result<null> => become(deed, { ...row, state: 'failed', why })

/** The piece came back before it was connected. */
export const noLongerWanted = (deed: Deed, row: ActivationRow): Result<null> => become(deed, { ...withoutSim(row), state: 'dropped', why: null })

const withoutSim = (row: ActivationRow): ActivationRow => ({ ...row, sealed_sim: null })

const EVENT_OF = {
  wanted: 'activation-asked', done: 'activated', failed: 'activation-failed', postponed: 'activation-postponed', dropped: 'activation-dropped',
} as const

/** The row and the line in the life of the piece: both or neither. */
function become(deed: Deed, row: ActivationRow): Result<null> {
  writeActivation(deed.db, { ...row, changed_at: deed.ground.now() })
  tell(deed, row.unit_id, EVENT_OF[row.state], { provider: row.provider }, (facts) => facts)
  return ok(null)
}
