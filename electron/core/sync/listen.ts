import { createParser } from 'eventsource-parser'
import { Beat, ScopeRows } from '../../../contract/sync/wire.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { HubClient } from './hub-client.ts'
import { LongTaking } from './long-taking.ts'
import { cursorsOf, markFresh, takeRows } from './take-rows.ts'

/** Nothing for so long, not even a beat: the line is dead, whatever the network says. */
const SILENCE_MS_MAX = 30_000

export interface Heard {
  rows(count: number): void
  /** `complete`: this till has everything the centre had at that moment. */
  beat(at: string, complete: boolean): void
}

/**
 * Hears what is new from the centre and puts it into the mirror, until the line ends. Rejects with `FeedGap` when rows
 * are missing, with a `HubRefusal` when the centre does not want this till to listen.
 */
export async function listen(client: HubClient, mirror: Mirror, gen: string, heard: Heard, signal: AbortSignal): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(new Error('the centre is silent')), SILENCE_MS_MAX)
  const awake = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(new Error('the centre is silent')), SILENCE_MS_MAX)
  }
  try {
    const body = await client.stream(cursorsOf(mirror), gen, AbortSignal.any([signal, silence.signal]))
    let over = false
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event === 'rows') {
          const told = ScopeRows.parse(JSON.parse(data))
          heard.rows(takeRows(mirror, told.scope, told.rows))
        } else if (event === 'beat') takeBeat(mirror, Beat.parse(JSON.parse(data)), heard)
        else if (event === 'over') over = true
      },
    })
    const letters = new TextDecoder()
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
      awake()
      parser.feed(letters.decode(piece, { stream: true }))
      if (over) return
    }
  } finally {
    clearTimeout(timer)
  }
}

function takeBeat(mirror: Mirror, { at, gen, heads }: Beat, heard: Heard): void {
  const cursors = cursorsOf(mirror)
  const complete = Object.entries(heads).every(([scope, seq]) => (cursors[scope] ?? 0) >= seq)
  if (complete) markFresh(mirror, at, gen)
  heard.beat(at, complete)
}

/** Pages of the log, of 4 KB, with which a commit folds them in: SQLite's own number. While thousands of rows come, none does. */
const FOLD_PAGES = 1_000

/** The first page is a short one: only for it nothing is put in meanwhile. */
const FIRST_ROWS = 1_000

/**
 * Pulls until there is nothing more: for a mirror that is not in use yet, and where no stream comes through. The next
 * page is on its way while one is put in. Answers how many rows were new.
 */
export async function catchUp(client: Pick<HubClient, 'feed'>, mirror: Mirror, gen: string): Promise<number> {
  mirror.reading.pragma('wal_autocheckpoint = 0')
  try {
    return await pull(client, mirror, gen)
  } finally {
    mirror.reading.pragma(`wal_autocheckpoint = ${FOLD_PAGES}`)
  }
}

async function pull(client: Pick<HubClient, 'feed'>, mirror: Mirror, gen: string): Promise<number> {
  const taking = new LongTaking(mirror)
  let taken = 0
  try {
    let coming = client.feed(cursorsOf(mirror), gen, FIRST_ROWS)
    for (;;) {
      const reply = await coming
      const ends = reply.scopes.flatMap(({ scope, rows }) => (rows.length === 0 ? [] : [[scope, rows.at(-1)?.seq ?? 0] as const]))
      if (ends.length > 0) {
        coming = client.feed({ ...cursorsOf(mirror), ...Object.fromEntries(ends) }, gen)
        // Where putting in fails nobody asks for it any more.
        coming.catch(() => undefined)
      }
      let fresh = 0
      for (const { scope, rows } of reply.scopes) fresh += await taking.take(scope, rows)
      taken += fresh
      if (fresh === 0) {
        markFresh(mirror, reply.at, reply.gen)
        return taken
      }
    }
  } finally {
    // Where the line broke, too: what has come need not come again.
    await taking.end()
  }
}
