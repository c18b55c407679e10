import { brokenRulesOf } from '../../contract/identity/broken-rules.ts'
import { isUnderstood } from '../../contract/journal.ts'
import type { Policy } from '../../contract/policy.ts'
import { limitsIn } from '../../contract/sensors/product-limits.ts'
import { moreOf } from '../../contract/sync/unit-columns.ts'
import { Tracking } from '../../contract/unit.ts'
import { decide } from '../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../contract/verdicts/facts.ts'
import { knownFacts } from '../../contract/verdicts/known-facts.ts'
import { campaignsOfProduct } from '../catalogue/campaigns.ts'
import { policyInForce } from '../catalogue/policies.ts'
import type { ProductRecord } from '../catalogue/products.ts'
import { recordOf } from '../catalogue/put-record.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { UnitVerdicts } from '../contract/till-calls.ts'
import type { Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { aliasesOf, factsOf, readUnits, type HubUnit } from '../sync/units.ts'
import { askRegisters, registersOf } from './registers.ts'
import { lifeOf } from './unit-search.ts'

/**
 * What a counter of the piece's own store would say of it now: by the rules in force, the same facts worked out in the
 * same way and the same judgement as at a till. The centre is where the lists come from, so it is never late; registers
 * outside are asked where somebody wants to know, and a tag is read at a till alone. Null for a piece that is not known,
 * and without rules.
 */
export async function verdictsOf(ground: Pick<HubGround, 'db' | 'now_ms' | 'dataDir' | 'trusted'>, unitId: string, outside: 'ask' | 'leave' = 'leave'): Promise<UnitVerdicts | null> {
  const { db } = ground
  const now_ms = ground.now_ms()
  const unit = (await readUnits(db, [unitId])).get(unitId)
  const policy = await policyInForce(db, now_ms)
  const product = unit === undefined ? null : await recordOf<ProductRecord>(db, 'products', { id: unit.product_id })
  if (unit === undefined || policy === null || product === null) return null
  const piece = { category: product.category, aliases: aliasesOf(unit).map(({ kind, value, retired_why }) => ({ kind, value, retiredWhy: retired_why })), gtin: product.gtin, brand: product.brand }
  const { answers, registers } = outside === 'ask' ? await askRegisters(ground, policy, piece) : { answers: [], registers: registersOf(policy, piece) }
  const facts = { ...(await hubFacts(db, unit, product, policy, now_ms)), outside: answers }
  const now = instant(now_ms)
  return { policyVersion: policy.version, check: decide('check', facts, policy, now), return: decide('return', facts, policy, now), registers }
}

async function hubFacts(db: Query, unit: HubUnit, product: ProductRecord, policy: Policy, now_ms: number): Promise<VerdictFacts> {
  const stores = await storesOf(db)
  const told = factsOf(unit)
  const home = stores.get(unit.home ?? '') ?? [...stores.values()][0]
  const seller = ('purchase' in told.title ? stores.get(told.title.purchase.storeId) : undefined) ?? home
  const place = { country: seller?.country ?? '', timeZone: seller?.time_zone ?? 'UTC' }
  const { lot } = moreOf(unit)
  const piece = { numbers: aliasesOf(unit).map(({ value }) => value), lot: lot ?? null, producedOn: unit.produced_on }
  const durable = product.durable === 1
  const limits = limitsIn(product.limits)
  const now = instant(now_ms)
  return {
    here: { seat: 'counter', storeId: home?.id ?? '', tillId: 'centre', timeZone: home?.time_zone ?? 'UTC', flowId: null },
    identity: { is: 'unit', matchedBy: null, retiredLabel: null },
    product: { category: product.category, tracking: Tracking.parse(product.tracking), durable, ...(limits === null ? {} : { limits }) },
    unit: knownFacts(told, { product: { maker_months: product.maker_months, durable }, place, campaigns: await campaignsOfProduct(db, product.id), piece }, policy),
    heldBy: await holderOf(db, unit.id, now_ms),
    contradictions: brokenRulesOf((await lifeOf(db, unit.id)).filter(isUnderstood)),
    asOf: { mirror: now, stolen: now, recall: now },
    source: 'mirror',
    storeNames: Object.fromEntries([...stores.values()].map(({ id, name }) => [id, name])),
  }
}

/** The basket that has the piece now, under the name of its till. */
async function holderOf(db: Query, unitId: string, now_ms: number): Promise<VerdictFacts['heldBy']> {
  const [row] = await db.query<{ till: string; name: string | null }>(
    'SELECT c.till, d.name FROM claim c LEFT JOIN device d ON d.till = c.till WHERE c.unit_id = $1 AND c.until_ms > $2', [unitId, now_ms],
  )
  return row === undefined ? null : { flowId: 'elsewhere', till: row.name ?? row.till }
}
