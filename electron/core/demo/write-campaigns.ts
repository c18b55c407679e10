import type { Database } from 'better-sqlite3'
import { calendarOf } from './calendar.ts'
import { CAMPAIGNS } from './campaigns.ts'
import { CATALOGUE, productId } from './catalogue.ts'
import { randomFrom } from './random.ts'
import { maker } from './telling.ts'

/** The pieces that the stories tell of as called back, put right or not. */
const CALLED_BACK = `SELECT DISTINCT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id
  WHERE u.product_id = ? AND a.kind IN ('serial', 'vin') AND instr(coalesce(u.more, ''), 'recall') > 0 ORDER BY a.value`
const INSERT_CAMPAIGN = 'INSERT INTO campaigns VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
const INSERT_ISSUE = 'INSERT INTO known_issues VALUES (?, ?, ?, ?, ?, ?)'

/** The recalls of the demo shop as the makers announced them, by the serials of the first production run. */
export function writeCampaigns(db: Database, now: string): void {
  const calendar = calendarOf(now, randomFrom('campaigns'))
  for (const { item, reference, daysAgo, reason, remedy } of CAMPAIGNS) {
    const product = CATALOGUE.find((candidate) => candidate.item === item)
    if (product === undefined) throw new Error(`no product ${item} in the catalogue`)
    const serials = db.prepare(CALLED_BACK).pluck().all(productId(item)) as string[]
    if (serials.length > 0)
      db.prepare(INSERT_CAMPAIGN).run(
        reference, productId(item), JSON.stringify({ by: 'serials', serials }), calendar.day(-daysAgo), reason, remedy, maker(product), 1,
      )
    db.prepare(INSERT_ISSUE).run(
      `issue-${reference}`, productId(item), JSON.stringify({ by: 'product' }), reason, remedy, calendar.day(-daysAgo),
    )
  }
}
