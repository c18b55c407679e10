import { zstdDecompressSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { UnitLives } from '../../../contract/sync/unit-lives.ts'

/**
 * What a till reads whose program is from before parcels: its own words for what happens to a piece and where one is,
 * written down here as they were, because those of this program grow.
 */
const KINDS = z.enum([
  'commissioned', 'received', 'stocked', 'moved', 'held', 'released', 'put-in-cart', 'sold', 'voided', 'returned',
  'inspected', 'routed', 'exchanged', 'refunded', 'transferred', 'claimed', 'sent-to-repair', 'back-from-repair',
  'replaced', 'cover-added', 'cover-moved', 'relabelled', 'kitted', 'unkitted', 'counted', 'missed', 'found', 'lost',
  'flagged', 'unflagged', 'checked', 'remedied', 'shipped', 'retired', 'corrected',
  'shift-opened', 'shift-closed', 'settled', 'money-moved', 'drawer-opened', 'credit-issued', 'credit-spent',
  'tag-muted', 'tag-killed', 'authorised', 'cart-voided', 'line-voided', 'price-changed', 'gate-passed',
  'kiosk-let-go', 'clock-set-right', 'tested',
  'activation-asked', 'activated', 'activation-failed', 'activation-postponed', 'activation-dropped', 'authority-asked',
])
const PLACES = z.enum(['unknown', 'expected', 'in-stock', 'in-cart', 'with-customer', 'in-repair', 'in-transit', 'at-vendor', 'missing', 'retired'])
const Params = z.record(z.string(), z.union([z.string(), z.number()]))

const Line = z.object({ at: z.string(), n: z.int(), kind: z.string(), store_id: z.string().nullable(), who: z.string().nullable(), params: Params })
const Alias = z.object({
  value: z.string(), kind: z.enum(['serial', 'imei', 'meid', 'vin', 'mac', 'own', 'contract', 'epc', 'tag-uid', 'other']),
  match_key: z.string().nullable(), retired_why: z.string().nullable(),
})
const Columns = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const Row = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('unit'), id: z.string(), ver: z.int(), home: z.string().nullable(), flagged: z.boolean(), row: Columns,
    aliases: z.array(Alias), events: z.array(Line),
  }),
  z.object({ t: z.literal('record'), kind: z.string().regex(/^[a-z_]+$/), key: Columns, ver: z.int(), scope: z.string(), row: Columns.nullable() }),
])

/** Takes a row of a page or a stream as that till does, and reads the piece's life. Throws where that till fails. */
export function readRowBeforeParcels(row: unknown): { readonly id: string; readonly place: string; readonly ver: number; readonly kinds: string[] } | null {
  const read = Row.parse(row)
  if (read.t === 'record') return null
  return { id: read.id, place: PLACES.parse(read.row['custody']), ver: read.ver, kinds: read.events.map(({ kind }) => KINDS.parse(kind)) }
}

/** The same for a piece in its mirror file. */
export function readMirrorBeforeParcels(mirror: Database.Database, unitId: string): { readonly place: string; readonly kinds: string[] } {
  const lives = new UnitLives(mirror, (block) => zstdDecompressSync(block).toString())
  const place = mirror.prepare('SELECT custody FROM units WHERE id = ?').pluck().get(unitId)
  return { place: PLACES.parse(place), kinds: lives.of(unitId).map(({ kind }) => KINDS.parse(kind)) }
}
