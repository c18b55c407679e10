import { zstdDecompressSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { UnitLives } from '../../../contract/sync/unit-lives.ts'
import known from '../../fixtures/sync/till-before-parcels.json' with { type: 'json' }

/**
 * What a till reads whose program is from before parcels. Its words for what happens to a piece, where one is and what
 * its numbers are lie in a file as they were then, because those of this program grow.
 */
const KINDS = z.enum(known.kinds)
const PLACES = z.enum(known.places)
const Params = z.record(z.string(), z.union([z.string(), z.number()]))

const Line = z.object({ at: z.string(), n: z.int(), kind: z.string(), store_id: z.string().nullable(), who: z.string().nullable(), params: Params })
const Alias = z.object({ value: z.string(), kind: z.enum(known.numbers), match_key: z.string().nullable(), retired_why: z.string().nullable() })
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
