import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { FirstLine, FirstPlace } from '../../../contract/sync/wire.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { isDamage, StorageFault } from '../store/open-database.ts'
import { sql } from '../store/store.ts'
import { fetchMirror } from './fetch-mirror.ts'
import { HubRefusal, type HubClient } from './hub-client.ts'
import { SpoiledMirror } from './spoiled-mirror.ts'
import { followScopes, markFresh, takeLooseRows } from './take-rows.ts'

/**
 * A whole new mirror beside the one in use, and the name of its file: the centre's ready file, or where the centre has
 * few units, their rows. Either goes on where it was cut off, also after a restart.
 */
export async function firstMirror(
  client: HubClient, mirror: Mirror, place: { readonly dataDir: string; readonly hubKey: string; readonly gen: string },
  told: (bytes: number, of: number) => void, signal: AbortSignal,
): Promise<string> {
  const { dataDir, hubKey, gen } = place
  try {
    return (await fetchMirror(client, { dataDir, hubKey, schema: mirror.schema, or: 'rows' }, told, signal)).file
  } catch (error) {
    if (!(error instanceof HubRefusal && error.code === 'few-units')) throw error
    return takeFirstRows(client, mirror, { file: join(dataDir, 'mirror-rows.db'), gen }, signal)
  }
}

/** What a mirror that is being filled by rows knows of itself, under this key of `about` until it is whole. */
const BEGUN = 'first_rows'
/** `kinds`: lines of all kinds are in it. What a program began that is told fewer is begun anew. */
const Begun = z.object({ gen: z.string(), at: z.string(), after: FirstPlace, kinds: z.literal('any') })
type Begun = z.infer<typeof Begun>

interface RowsPlace {
  readonly file: string
  readonly gen: string
}

/**
 * Fills a mirror of its own by the centre's rows. What is in when the line breaks stays, with the key of the last row.
 * One that the disk has spoiled, or that a newer program has begun, goes with the error: the next time all comes anew.
 */
export async function takeFirstRows(client: Pick<HubClient, 'firstRows'>, mirror: Mirror, place: RowsPlace, signal: AbortSignal): Promise<string> {
  try {
    return await filled(client, mirror, place, signal)
  } catch (error) {
    if (isDamage(error) || (error instanceof StorageFault && error.code !== 'unreadable')) remove(place.file)
    throw error
  }
}

function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

async function filled(client: Pick<HubClient, 'firstRows'>, mirror: Mirror, { file, gen }: RowsPlace, signal: AbortSignal): Promise<string> {
  let next = mirror.beside(file)
  let coming: Readable | null = null
  try {
    let begun = begunOf(next)
    if (begun?.gen !== gen) {
      next.close()
      remove(file)
      next = mirror.beside(file)
      begun = null
    }
    const body = await client.firstRows(begun?.after ?? null, signal)
    coming = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
    for await (const text of createInterface({ input: coming, crlfDelay: Infinity })) {
      const line = FirstLine.parse(JSON.parse(text))
      if (line.is === 'head') {
        if (line.gen !== gen) throw new SpoiledMirror('of another generation')
        begun ??= begin(next, line)
      } else if (begun === null) throw new SpoiledMirror('without a beginning')
      else if (line.is === 'page') begun = takePage(next, begun, line)
      else {
        sql(next.reading, 'DELETE FROM about WHERE key = ?').run(BEGUN)
        markFresh(next, begun.at, begun.gen)
        return file
      }
    }
    throw new SpoiledMirror('cut off')
  } finally {
    // Behind the last line nobody hears of it any more when the line to the centre ends.
    coming?.destroy()
    next.close()
  }
}

function begunOf(mirror: Mirror): Begun | null {
  const text = mirror.about(BEGUN)
  return text === null ? null : (Begun.safeParse(JSON.parse(text)).data ?? null)
}

/** The feed goes on from where the first answer began, however often the rows of it were asked for. */
function begin(mirror: Mirror, { gen, at, cursors }: Extract<FirstLine, { is: 'head' }>): Begun {
  followScopes(mirror, Object.keys(cursors))
  for (const [scope, seq] of Object.entries(cursors)) sql(mirror.reading, 'UPDATE sync_cursors SET seq = ? WHERE scope = ?').run(seq, scope)
  return keep(mirror, { gen, at, after: {}, kinds: 'any' })
}

/** Rows first, their place after: a page that was taken twice is the same page. */
function takePage(mirror: Mirror, begun: Begun, { rows, after }: Extract<FirstLine, { is: 'page' }>): Begun {
  takeLooseRows(mirror, rows)
  return keep(mirror, { ...begun, after })
}

function keep(mirror: Mirror, begun: Begun): Begun {
  sql(mirror.reading, 'INSERT INTO about VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(BEGUN, JSON.stringify(begun))
  return begun
}
