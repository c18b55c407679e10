import { isMeant, PieceRule, type Campaign } from '../../contract/campaign.ts'
import { productName } from '../../contract/product-name.ts'
import type { WireAlias } from '../../contract/sync/wire.ts'
import type { CampaignRow } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { arrivalOf, changesOf, followersOf, noteChange } from './arrivals.ts'
import { productNames } from './products.ts'
import { putRecord, recordOf, recordsOf } from './put-record.ts'

/** A recall as the tills' mirrors hold it: one row, however many pieces it means. */
interface CampaignRecord {
  readonly reference: string
  readonly product_id: string
  readonly rule: string
  readonly opened_on: string
  readonly reason: string
  readonly remedy: string
  readonly source: string
  readonly stop_use: number
}

/** The recalls of one article, the oldest first; one whose rule nobody can read any more means nothing. */
export async function campaignsOfProduct(db: Query, productId: string): Promise<Campaign[]> {
  const rows = (await recordsOf<CampaignRecord>(db, 'campaigns')).filter((row) => row.product_id === productId)
  return rows.sort((a, b) => (a.opened_on < b.opened_on ? -1 : 1)).flatMap((row) => {
    const rule = PieceRule.safeParse(JSON.parse(row.rule))
    return rule.success ? [viewOf(row, rule.data)] : []
  })
}

/** Opens a recall: from the commit on, every till that follows refuses the pieces that the rule means. */
export async function openCampaign(office: Office, who: string, campaign: Campaign): Promise<CampaignRow[]> {
  const products = await productNames(office.db, [campaign.productId])
  if (products.size === 0) throw new HubRefusal('unknown-product')
  await change(office, async (tx, tell) => {
    const { reference, productId } = campaign
    const row: CampaignRecord = {
      reference, product_id: productId, rule: JSON.stringify(campaign.rule), opened_on: campaign.openedOn, reason: campaign.reason,
      remedy: campaign.remedy, source: campaign.source, stop_use: campaign.stopUse ? 1 : 0,
    }
    await putRecord(tx, tell, { kind: 'campaigns', key: { product_id: productId, reference }, row: { ...row } })
    await noteList(tx, tell, 'recall', instant(office.now_ms()))
    await tx.query('DELETE FROM campaign_end WHERE product_id = $1 AND reference = $2', [productId, reference])
    await logAct(tx, office, who, 'recall-opened', reference)
  })
  await noteChange(office.db, `campaign ${campaign.productId} ${campaign.reference}`, office.now_ms())
  return listCampaigns(office.db)
}

export async function endCampaign(office: Office, who: string, productId: string, reference: string): Promise<CampaignRow[]> {
  await change(office, async (tx, tell) => {
    const key = { product_id: productId, reference }
    if ((await recordOf(tx, 'campaigns', key)) === null) throw new HubRefusal('no-such-thing')
    await putRecord(tx, tell, { kind: 'campaigns', key, row: null })
    await tx.query('INSERT INTO campaign_end (product_id, reference, ended_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [productId, reference, instant(office.now_ms())])
    await logAct(tx, office, who, 'recall-ended', reference)
  })
  return listCampaigns(office.db)
}

export async function listCampaigns(db: Query): Promise<CampaignRow[]> {
  const open = await recordsOf<CampaignRecord>(db, 'campaigns')
  const products = await productNames(db, open.map((row) => row.product_id))
  const followers = await followersOf(db)
  const changeOf = await changesOf(db, 'campaign ')
  return Promise.all(open.map(async (row): Promise<CampaignRow> => {
    const product = products.get(row.product_id)
    const rule = JSON.parse(row.rule) as PieceRule
    return {
      ...viewOf(row, rule),
      productName: product === undefined ? row.product_id : productName(product),
      endedAt: null,
      units: (await piecesMeant(db, row.product_id, rule)).meant,
      arrival: arrivalOf(followers, changeOf(`campaign ${row.product_id} ${row.reference}`)),
    }
  }))
}

const viewOf = (row: CampaignRecord, rule: PieceRule): Campaign => ({
  reference: row.reference, productId: row.product_id, rule, openedOn: row.opened_on, reason: row.reason, remedy: row.remedy,
  source: row.source, stopUse: row.stop_use === 1,
})

const EXAMPLES_MAX = 6
const PAGE = 5_000

/** How many pieces of the product a rule means, how many of these are sold, and some of their numbers to look at. */
export async function piecesMeant(db: Query, productId: string, rule: PieceRule): Promise<{ meant: number; sold: number; examples: string[] }> {
  const found = { meant: 0, sold: 0, examples: [] as string[] }
  for (let after = ''; ;) {
    const rows = await db.query<{ id: string; aliases: string; more: string | null; produced_on: string | null; title: string }>(
      'SELECT id, aliases, more, produced_on, title FROM unit WHERE product_id = $1 AND id > $2 ORDER BY id LIMIT $3', [productId, after, PAGE],
    )
    for (const row of rows) {
      const numbers = (JSON.parse(row.aliases) as WireAlias[]).map((alias) => alias.value)
      const lot = row.more === null ? null : ((JSON.parse(row.more) as { lot?: string }).lot ?? null)
      if (!isMeant(rule, { numbers, lot, producedOn: row.produced_on })) continue
      found.meant += 1
      if (row.title === 'sold' || row.title === 'transferred') found.sold += 1
      const [first] = numbers
      if (found.examples.length < EXAMPLES_MAX && first !== undefined) found.examples.push(first)
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return found
    after = last.id
  }
}

/** When a list was last complete: an old list is no clear list at the till. */
export async function noteList(tx: Query, tell: Parameters<typeof putRecord>[1], name: 'stolen' | 'recall', now: string): Promise<void> {
  await putRecord(tx, tell, { kind: 'lists', key: { name }, row: { name, as_of: now } })
}
