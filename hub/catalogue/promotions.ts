import { emptyRule, PromotionRule } from '../../contract/promotion.ts'
import type { PromotionEntry, PromotionRow } from '../contract/price-calls.ts'
import type { Query } from '../database.ts'
import { newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { arrivalOf, changesOf, followersOf, noteChange } from './arrivals.ts'
import { checkHolds, holdsRecord, holdsView, type HoldsRecord } from './price-lists.ts'
import { productNames } from './products.ts'
import { putRecord, recordOf, recordsOf } from './put-record.ts'

interface PromotionRecord extends HoldsRecord {
  /** JSON of the contract's rule. */
  readonly rule: string
}

const changedAs = (id: string): string => `promotion ${id}`

/** A promotion without an id is new. Refuses what the tills would pass over in silence: no goods, nothing off, a product nobody knows. */
export async function savePromotion(office: Office, who: string, given: Omit<PromotionEntry, 'id'> & { id: string | null }): Promise<PromotionRow[]> {
  await checkHolds(office.db, given)
  const empty = emptyRule(given.rule)
  if (empty !== null) throw new HubRefusal(empty)
  const named = productsIn(given.rule)
  if ((await productNames(office.db, named)).size !== new Set(named).size) throw new HubRefusal('unknown-product')
  const id = given.id ?? newId()
  await change(office, async (tx, tell) => {
    if (given.id !== null && (await recordOf(tx, 'promotions', { id })) === null) throw new HubRefusal('no-such-thing')
    const row: PromotionRecord = { ...holdsRecord(given, id), rule: JSON.stringify(given.rule) }
    await putRecord(tx, tell, { kind: 'promotions', key: { id }, row: { ...row } })
    await logAct(tx, office, who, 'promotion-saved', given.name)
  })
  await noteChange(office.db, changedAs(id), office.now_ms())
  return listPromotions(office.db)
}

export async function dropPromotion(office: Office, who: string, id: string): Promise<PromotionRow[]> {
  await change(office, async (tx, tell) => {
    const row = await recordOf<PromotionRecord>(tx, 'promotions', { id })
    if (row === null) throw new HubRefusal('no-such-thing')
    await putRecord(tx, tell, { kind: 'promotions', key: { id }, row: null })
    await logAct(tx, office, who, 'promotion-dropped', row.name)
  })
  return listPromotions(office.db)
}

/** Those whose rule can be read: the tills pass over the others too. */
export async function listPromotions(db: Query): Promise<PromotionRow[]> {
  const records = await recordsOf<PromotionRecord>(db, 'promotions')
  const followers = await followersOf(db)
  const changeOf = await changesOf(db, 'promotion ')
  return records
    .flatMap((row): PromotionRow[] => {
      const rule = readRule(row.rule)
      return rule === null ? [] : [{ ...holdsView(row), rule, arrival: arrivalOf(followers, changeOf(changedAs(row.id))) }]
    })
    .sort((a, b) => b.rank - a.rank || a.name.localeCompare(b.name))
}

function readRule(text: string): PromotionRule | null {
  try {
    return PromotionRule.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const productsIn = (rule: PromotionRule): string[] =>
  (rule.is === 'bundle' ? rule.parts.map(({ of }) => of) : [rule.of]).flatMap(({ products = [] }) => products)
