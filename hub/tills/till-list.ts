import type { z } from 'zod'
import { Seat } from '../../contract/roles.ts'
import { TillHealth } from '../../contract/sync/wire.ts'
import type { TillRow } from '../contract/till-calls.ts'
import { followersOf, headOfAll } from '../catalogue/arrivals.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import type { Device } from '../sync/devices.ts'

/** A till that has nothing to send says so every few minutes; a quarter of an hour of silence is a cable or a power cut. */
const SILENT_MS = 20 * 60_000

/** Every till with its health, those that need a person first. */
export async function listTills(db: Query, now_ms: number): Promise<TillRow[]> {
  const devices = await db.query<Device & { unapplied: number }>(
    `SELECT d.*, coalesce((SELECT sum(h.seq - h.applied) FROM register_head h WHERE h.till = d.till), 0)::bigint AS unapplied FROM device d ORDER BY d.store_id, d.code`,
  )
  const stores = await storesOf(db)
  const head = await headOfAll(db)
  const heard = new Map((await followersOf(db)).map((follower) => [follower.till, follower.heard]))
  const rows = devices.map((device): TillRow => {
    const behind = Math.max(0, head - (heard.get(device.till) ?? 0))
    const waiting = device.behind + device.unapplied
    const told = toldOf(device)
    return {
      till: device.till, code: device.code, name: device.name, storeId: device.store_id, storeName: stores.get(device.store_id)?.name ?? device.store_id,
      state: device.state, stateWhy: device.state_why, health: healthOf(device, told, waiting, now_ms), lastSeenAt: device.seen_at, waiting, behind,
      program: device.program, joinedAt: device.joined_at, seat: Seat.nullable().catch(null).parse(device.seat), troubles: told.troubles, isClosed: told.isClosed,
    }
  })
  return rows.sort((a, b) => WEIGHT[a.health] - WEIGHT[b.health])
}

const Told = TillHealth.pick({ troubles: true, isClosed: true }).catch({ troubles: [], isClosed: false })
type Told = z.infer<typeof Told>

/** What it said of itself. A till that says nothing any more has told of what is over. */
const toldOf = (device: Device): Told => Told.parse(JSON.parse(device.health ?? 'null'))

const WEIGHT: Readonly<Record<TillRow['health'], number>> = { held: 0, silent: 1, troubled: 2, behind: 3, 'never-seen': 4, well: 5, revoked: 6 }

function healthOf(device: Device, told: Told, waiting: number, now_ms: number): TillRow['health'] {
  if (device.state !== 'joined') return device.state
  if (device.seen_at === null) return 'never-seen'
  if (now_ms - Date.parse(device.seen_at) > SILENT_MS) return 'silent'
  if (told.isClosed || told.troubles.length > 0) return 'troubled'
  return waiting > 0 ? 'behind' : 'well'
}
