import { join } from 'node:path'
import Database from 'better-sqlite3'
import { cents } from '../../../contract/money.ts'
import { readOptions } from '../../../electron/core/options.ts'
import { beginSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { startCoreWith, type Core } from '../../../electron/core/start-core.ts'
import { shown } from './shop-floor.ts'
import { saleIn } from './till.ts'

export const CABLE = 'MR-0204'

/** The whole core on a folder, without a process, door or window around it. */
export function startInProcess(dir: string, ...args: readonly string[]): Promise<Core> {
  const options = readOptions(['--data', dir, ...args])
  if (options === 'help') throw new Error('nobody asked for help')
  return startCoreWith(options)
}

/** Ines is there, and her shift is open; how she says her PIN is tried elsewhere. */
export function openShop({ shop: { desk } }: Core): void {
  const ines = staffOf(desk.ground).find(({ id }) => id === 'staff-ines')
  if (!ines) throw new Error('Ines is not there')
  beginSession(desk.ground, personOf(desk.ground, ines))
  if (desk.view().shift.at !== 'open') shown(desk.actShift({ do: 'open', float_cents: cents(20_000) }))
}

/** Sells what is scanned for cash; answers the number of the receipt. */
export function sell({ shop }: Core, ...texts: readonly string[]): string {
  shown(shop.desk.go('sale', null))
  const { flowId } = saleIn(shown(shop.desk.beginSale()))
  for (const text of texts) shown(shop.scanned({ text, aim: null, channel: 'keyboard', tid: null }))
  const asked = saleIn(shown(shop.desk.actSale(flowId, { do: 'pay' })))
  if (asked.at !== 'tendering') throw new Error(`the sale is ${asked.at}`)
  const paid = saleIn(shown(shop.desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: asked.due_cents })))
  if (paid.at !== 'paid') throw new Error(`the sale is ${paid.at}`)
  return paid.receiptNumber
}

/** Serials on the shelf that nobody has anything to ask about. */
export function plainSerials(dir: string, storeId: string, count: number): string[] {
  const db = new Database(join(dir, 'mirror.db'), { readonly: true })
  try {
    return db.prepare(
      `SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
       WHERE u.title = 'ours' AND u.custody = 'in-stock' AND u.area = 'shelf' AND u.store_id = ? AND u.more IS NULL AND u.condition = 'new'
         AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1
         AND u.product_id = (SELECT product_id FROM units WHERE store_id = ? AND area = 'shelf' AND more IS NULL GROUP BY product_id ORDER BY count(*) DESC LIMIT 1)
       ORDER BY a.value LIMIT ?`,
    ).pluck().all(storeId, storeId, count) as string[]
  } finally {
    db.close()
  }
}
