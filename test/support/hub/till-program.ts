import { setTimeout as wait } from 'node:timers/promises'
import type { SyncView } from '../../../contract/sync/sync-view.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { Sync } from '../../../electron/core/sync/sync.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { withTillKey } from './new-till-key.ts'

/** What a till is, and how it begins: from a template and with a code of the centre, or from what lies in its folder. */
export interface TillParts {
  readonly id: string
  readonly storeId: string
  readonly dir: string
  readonly first: { readonly template: string; readonly url: string; readonly code: string } | null
  /** The last event of its journal that is known outside of it. */
  readonly after: number
}

export interface Act {
  readonly do: 'sell' | 'take-back'
  readonly unitId: string
}
export type Order = Act | { readonly do: 'tell' | 'retry' | 'end' }

export interface Event {
  readonly seq: number
  readonly hash: string
  readonly kind: string
  readonly unitId: string | null
}

/** What a till knows of itself and its centre. */
export interface Belief {
  readonly state: SyncView['state']
  readonly isAnswered: boolean
  /** Events that lie over the mirror until it shows them. */
  readonly overlays: number
  readonly cursors: Readonly<Record<string, number>>
}

/** `begins`: an act is about to be done; `wrote`: it is in the books, its paper is not out yet. `up` and `did` carry what came into the journal since it was last told of. */
export type Said =
  | { readonly is: 'begins' | 'wrote' }
  | { readonly is: 'up'; readonly events: readonly Event[] }
  | { readonly is: 'did'; readonly did: boolean; readonly state: SyncView['state']; readonly events: readonly Event[] }
  | ({ readonly is: 'believes' } & Belief)

/** So long a receipt takes: an act is answered when its paper is out. */
const PAPER_MS = 15

/** A till with its line to the centre as a process of its own, which sells and takes back as it is told: `till-program.ts PARTS`. */
const { first, after, ...parts } = JSON.parse(process.argv[2] ?? '') as TillParts
const till = new SimTill({ ...parts, follows: 'all', now: Date.now, template: first?.template ?? null, joined: false })
const db = till.ground.store.reading
const books = db.pragma('integrity_check', { simple: true })
if (books !== 'ok') throw new Error(`the file of ${till.id} is not whole: ${String(books)}`)
const sync = new Sync({
  ground: till.ground, dataDir: till.dir, tillKey: await withTillKey(till.dir), told: () => undefined, moved: () => undefined, health: null, customers: () => null,
})
if (first !== null) await sync.join(first.url, first.code)
let told = after
process.on('message', (order: Order) => void obey(order))
// Whoever started this till is gone: it is not left behind.
process.on('disconnect', () => process.exit())
say({ is: 'up', events: news() })

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'sell':
    case 'take-back': {
      say({ is: 'begins' })
      const did = order.do === 'sell' ? till.sell(order.unitId) : till.takeBack(order.unitId)
      if (did) {
        say({ is: 'wrote' })
        sync.kick()
        await wait(PAPER_MS)
      }
      return say({ is: 'did', did, state: sync.view.state, events: news() })
    }
    case 'tell': {
      const { n } = sql(db, 'SELECT count(*) AS n FROM unit_overlays').get() as { n: number }
      return say({ is: 'believes', state: sync.view.state, isAnswered: till.isAnswered, overlays: n, cursors: till.cursors })
    }
    case 'retry':
      return sync.retry()
    case 'end':
      await sync.close()
      till.close()
      process.disconnect()
  }
}

function news(): Event[] {
  const rows = sql(db, 'SELECT seq, lower(hex(hash)) AS hash, kind, unit_id AS unitId FROM journal WHERE seq > ? ORDER BY seq').all(told) as Event[]
  told = rows.at(-1)?.seq ?? told
  return rows
}

function say(said: Said): void {
  process.send?.(said)
}
