import { setTimeout as wait } from 'node:timers/promises'
import { EventKind } from '../../contract/journal.ts'
import { productName } from '../../contract/product-name.ts'
import type { LiveEvent } from '../contract/till-calls.ts'
import { productNames } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { newestTold, paramsOf, PAST, toldAfter, toldHead, type NumberedTold } from '../reports/told-row.ts'

const POLL_MS = 500
const RECENT = 60
const AT_ONCE = 100

/** Told lines as a page shows them; what is no event of a piece or a till is left out. */
export async function liveEvents(db: Query, rows: readonly NumberedTold[]): Promise<LiveEvent[]> {
  const products = await productNames(db, rows.flatMap((row) => row.product_id ?? []))
  const stores = await storesOf(db)
  const tills = new Map((await db.query<{ till: string; name: string }>('SELECT till, name FROM device')).map((row) => [row.till, row.name]))
  return rows.flatMap((row) => {
    const kind = EventKind.safeParse(row.kind)
    if (!kind.success || row.verdict === PAST) return []
    const product = row.product_id === null ? undefined : products.get(row.product_id)
    return [{
      seq: row.seq, at: row.at, receivedAt: row.received_at, kind: kind.data, unitId: row.unit_id, serial: row.serial, params: paramsOf(row), verdict: row.verdict,
      storeName: row.store_id === null ? null : (stores.get(row.store_id)?.name ?? row.store_id),
      tillName: row.till === null ? null : (tills.get(row.till) ?? row.till), thing: product === undefined ? null : productName(product),
    }]
  })
}

/** The last events, the oldest first, and the number after which what comes is news. */
export async function recentEvents(db: Query): Promise<{ events: LiveEvent[]; upTo: number }> {
  const rows = await newestTold(db, RECENT)
  return { events: await liveEvents(db, rows), upTo: rows.at(-1)?.seq ?? 0 }
}

/** What happens after a number of the list, until the page goes. Asks for the one counter; only news is read. */
export async function* eventsAfter(db: Query, after: number, signal: AbortSignal | undefined): AsyncGenerator<LiveEvent> {
  let seen = after
  while (signal?.aborted !== true) {
    const head = await toldHead(db)
    while (seen < head) {
      const rows = await toldAfter(db, seen, AT_ONCE)
      const last = rows.at(-1)
      if (last === undefined) break
      yield* await liveEvents(db, rows)
      seen = last.seq
    }
    await wait(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
