import { isMeant, PieceRule, type Campaign, type KnownIssue, type Piece } from '../../../contract/campaign.ts'
import { sql, type Reading } from '../store/store.ts'

interface CampaignRow {
  reference: string
  product_id: string
  rule: string
  opened_on: string
  reason: string
  remedy: string
  source: string
  stop_use: number
}

const campaignOf = (row: CampaignRow): Campaign => ({
  reference: row.reference,
  productId: row.product_id,
  rule: PieceRule.parse(JSON.parse(row.rule)),
  openedOn: row.opened_on,
  reason: row.reason,
  remedy: row.remedy,
  source: row.source,
  stopUse: row.stop_use === 1,
})

/** Every campaign in the mirror, the newest first. */
export const allCampaigns = (mirror: Reading): Campaign[] =>
  (sql(mirror, 'SELECT * FROM campaigns ORDER BY opened_on DESC, reference').all() as CampaignRow[]).map(campaignOf)

export const campaignsOfProduct = (mirror: Reading, productId: string): Campaign[] =>
  (sql(mirror, 'SELECT * FROM campaigns WHERE product_id = ? ORDER BY opened_on, reference').all(productId) as CampaignRow[]).map(campaignOf)

/**
 * The recall that means goods without numbers of their own, by the article or by the lot that stands on them; null where
 * none does. One that names serials or days means none of them: nothing says which they are.
 */
export const recallOfGoods = (mirror: Reading, productId: string, lot: string | null): string | null =>
  campaignsOfProduct(mirror, productId).find(({ rule }) => isMeant(rule, { numbers: [], lot, producedOn: null }))?.reference ?? null

/** The weaknesses known of this very piece, the newest first. */
export function knownIssuesOf(mirror: Reading, productId: string, piece: Piece): KnownIssue[] {
  const rows = sql(mirror, 'SELECT * FROM known_issues WHERE product_id = ? ORDER BY since DESC, id').all(productId) as {
    id: string; product_id: string; rule: string; symptom: string; advice: string; since: string
  }[]
  return rows
    .map((row) => ({ id: row.id, productId: row.product_id, rule: PieceRule.parse(JSON.parse(row.rule)), symptom: row.symptom, advice: row.advice, since: row.since }))
    .filter((issue) => isMeant(issue.rule, piece))
}
