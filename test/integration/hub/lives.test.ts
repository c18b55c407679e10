import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NEWER_KIND } from '../../../contract/journal.ts'
import { SnapshotManifest, type FeedReply, type FeedRow, type ScopeRows } from '../../../contract/sync/wire.ts'
import { lifeOf } from '../../../electron/core/facts/history.ts'
import { unitOf } from '../../../electron/core/facts/judge.ts'
import { livesIn } from '../../../electron/core/mirror/lives-in.ts'
import { fetchMirror } from '../../../electron/core/sync/fetch-mirror.ts'
import { HubClient } from '../../../electron/core/sync/hub-client.ts'
import { hubPlace, saveHubPlace } from '../../../electron/core/sync/progress.ts'
import { Sync } from '../../../electron/core/sync/sync.ts'
import type { Database as CentreDatabase } from '../../../hub/database.ts'
import { newId, type HubGround } from '../../../hub/ground.ts'
import type { Room } from '../../../hub/room.ts'
import { openDoor, type Door } from '../../../hub/server.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { change } from '../../../hub/sync/feed.ts'
import { hubIdentity } from '../../../hub/sync/identity.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { newestSchema } from '../../../hub/sync/mirror-file.ts'
import { syncRoom } from '../../../hub/sync/room.ts'
import { factsOf, feedRowOf, readUnits, scopesOfChange, withFacts, writeUnits } from '../../../hub/sync/units.ts'
import { MORNING, ShopFloor } from '../../support/core/shop-floor.ts'
import { batchOf, bodyOf, DoorCaller, type Key } from '../../support/hub/door-caller.ts'
import { withTillKey } from '../../support/hub/new-till-key.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { readMirrorBeforeParcels, readRowBeforeParcels } from '../../support/hub/till-before-parcels.ts'

const NOW = MORNING
const SCHEMA = newestSchema(join(import.meta.dirname, '../../../migrations/mirror'))
/** As long as may be, however busy the machine is. */
const SOON = { timeout: 60_000 }
const NEVER = new AbortController().signal

let folder: string
let db: CentreDatabase
let ground: HubGround
let room: Room
let door: Door
let floor: ShopFloor
let caller: DoorCaller

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-lives-'))
  db = await migratedDatabase()
  ground = { db, now_ms: () => Date.parse(NOW) + Math.round(performance.now()), newId, dataDir: folder, log: (line) => process.stderr.write(`${line}\n`) }
  floor = new ShopFloor()
  await loadMirror(ground, floor.ground.mirror.reading.name)
  room = await syncRoom(ground)
  door = await openDoor({ host: '127.0.0.1', port: 0, routes: room.routes, log: ground.log })
  caller = new DoorCaller(() => door.url, () => ground)
}, 120_000)
afterAll(async () => {
  await door.close()
  await room.stop?.()
  floor.close()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A line of the counter's till, which joins the centre the first time; a ready file lies there for it. */
async function floorLine(): Promise<Sync> {
  const dataDir = dirname(floor.ground.store.file)
  const tillKey = await withTillKey(dataDir)
  const { id, code: letters, name } = floor.ground.till
  if (hubPlace(floor.ground.store.reading) === null && tillKey.key !== null) {
    const { code } = await makeJoinCode(ground, floor.ground.place.id, 'test')
    const { storeId, hubKey } = await HubClient.join(door.url, { code, protocol: 1, till: { id, code: letters, name }, publicKey: tillKey.key.publicKey })
    const client = new HubClient(door.url, id, tillKey.key)
    await client.signIn()
    await client.manifest(SCHEMA)
    floor.ground.store.write((write) => saveHubPlace(write, { url: door.url, storeId, hubKey }))
  }
  return new Sync({ ground: floor.ground, dataDir, tillKey, told: () => undefined, moved: () => undefined, health: null, customers: () => null })
}

/** What a till asks that does not say which kinds of lines it reads. */
const askedByOlder = (token: string, path: string): Promise<Response> => fetch(`${door.url}${path}`, { headers: { authorization: `Bearer ${token}` } })

/** The data of the first rows of a stream. */
async function firstRowsOf(stream: Response): Promise<FeedRow[]> {
  const letters = new TextDecoder()
  let text = ''
  for await (const piece of stream.body as unknown as AsyncIterable<Uint8Array>) {
    text += letters.decode(piece, { stream: true })
    const data = /event: rows\ndata: (.+)\n\n/.exec(text)?.[1]
    if (data !== undefined) return (JSON.parse(data) as ScopeRows).rows.map(({ row }) => row)
  }
  throw new Error('the stream ended')
}

/** Of these parcels a till of the program before them knows the one line. */
const DONE = ['to-be-sent', 'packed', 'cover-added', 'beamed-up']
const READ_BEFORE = ['cover-added']

describe('lives at tills of several versions', () => {
  let sent: string
  let gen: string
  let older: { id: string; key: Key; token: string }

  /** A sold piece is packed for its buyer; then a newer process of the centre, beside this one, tells of a thing nobody here knows. */
  beforeAll(async () => {
    older = await caller.joined('older')
    gen = String((await caller.call('/v1/hello')).json['gen'])
    const store = floor.ground.place.id
    const [sold] = await db.query<{ id: string }>("SELECT id FROM unit WHERE title = 'sold' AND custody = 'with-customer' AND NOT flagged AND home = $1 ORDER BY id LIMIT 1", [store])
    sent = sold?.id ?? ''
    const unit = (await readUnits(db, [sent])).get(sent)
    if (unit === undefined) throw new Error('the demo has a piece that was sold here')
    const facts = { ...factsOf(unit), custody: { at: 'with-customer', parcel: { is: 'to-be-sent', storeId: store, since: NOW } } }
    const seller = await caller.joined('seller')
    const bodies = DONE.slice(0, 3).map((kind, n) => bodyOf(n + 1, `done-${n}`, { kind, unitId: sent, p: n, at: NOW, storeId: store, tillId: seller.id, facts }))
    expect((await caller.call('/v1/journal', batchOf(seller, bodies), seller.token)).json).toMatchObject({ applied: 3 })
    await change(ground, async (tx, tell) => {
      const before = (await readUnits(tx, [sent])).get(sent)
      if (before === undefined) throw new Error('it is gone')
      const after = withFacts(before, factsOf(before))
      await writeUnits(tx, [{ was: before.ver, unit: after }])
      await tx.query(
        `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver)
         SELECT unit_id, till, 'newer', seq, 'newer', 'beamed-up', at, store_id, who, params, verdict, $2 FROM unit_event WHERE unit_id = $1 AND id = 'done-2'`,
        [sent, after.ver],
      )
      tell(scopesOfChange(before, after, null), feedRowOf(after, [{ at: NOW, n: after.ver, kind: 'beamed-up', store_id: store, who: null, params: {} }]))
    })
  }, 60_000)

  const ofPiece = (rows: readonly FeedRow[]) => rows.flatMap((row) => readRowBeforeParcels(row) ?? []).filter(({ id }) => id === sent)
  const page = () => `/v1/feed?gen=${gen}&c=*:0,${floor.ground.place.id}:0`
  const rowsOf = ({ scopes }: FeedReply): FeedRow[] => scopes.flatMap(({ rows }) => rows.map(({ row }) => row))

  it('a till from before parcels reads all its pages: lines it would fail on are left out, and it hears how the piece stands', async () => {
    const [told, whole] = await Promise.all([page(), `${page()}&kinds=any`].map(async (path) => (await (await askedByOlder(older.token, path)).json()) as FeedReply))
    if (told === undefined || whole === undefined) throw new Error('both are answered')
    const read = ofPiece(rowsOf(told))
    expect(read.flatMap(({ kinds }) => kinds)).toEqual(READ_BEFORE)
    expect(read.every(({ place }) => place === 'with-customer')).toBe(true)
    // Each row keeps its number, and its piece its version; to this program nothing is left out.
    expect(told.scopes.map(({ rows }) => rows.map(({ seq }) => seq))).toEqual(whole.scopes.map(({ rows }) => rows.map(({ seq }) => seq)))
    expect(rowsOf(whole).flatMap((row) => (row.t === 'unit' && row.id === sent ? row.events : [])).map(({ kind }) => kind)).toEqual(DONE)
    expect(() => ofPiece(rowsOf(whole))).toThrow('Invalid option')
  })

  it('it reads its stream, and a first mirror that comes as rows', async () => {
    const stream = await firstRowsOf(await askedByOlder(older.token, `/v1/stream?gen=${gen}&c=${floor.ground.place.id}:0`))
    expect(ofPiece(stream).flatMap(({ kinds }) => kinds)).toEqual(READ_BEFORE)
    const lines = (await (await askedByOlder(older.token, '/v1/first-rows')).text()).split('\n').filter(Boolean)
    const first = ofPiece(lines.flatMap((line) => (JSON.parse(line) as { rows?: FeedRow[] }).rows ?? []))
    expect(first).toMatchObject([{ place: 'with-customer', kinds: expect.arrayContaining(['sold', ...READ_BEFORE]) as string[] }])
  })

  it('it reads every life of its ready file; a till of this program gets another file, with all of them', async () => {
    const client = new HubClient(door.url, older.id, older.key)
    await client.signIn()
    const hubKey = (await hubIdentity(db)).publicKey
    const file = async (ask: Pick<HubClient, 'manifest' | 'snapshot'>): Promise<Database.Database> => {
      const dataDir = mkdtempSync(join(folder, 'till-'))
      return new Database((await fetchMirror(ask, { dataDir, hubKey, schema: SCHEMA }, () => undefined, NEVER)).file, { readonly: true })
    }
    const theirs = await file({
      manifest: async () => SnapshotManifest.parse(await (await askedByOlder(older.token, `/v1/snapshot?schema=${SCHEMA}`)).json()),
      snapshot: (...asked) => client.snapshot(...asked),
    })
    const ours = await file(client)
    expect(readMirrorBeforeParcels(theirs, sent)).toMatchObject({ place: 'with-customer', kinds: expect.arrayContaining(['sold', ...READ_BEFORE]) as string[] })
    expect(() => readMirrorBeforeParcels(ours, sent)).toThrow('Invalid option')
    expect(livesIn(ours).of(sent).map(({ kind }) => kind)).toEqual(expect.arrayContaining(DONE))
    for (const mirror of [theirs, ours]) mirror.close()
  })

  it('brought up to this program it fetches its mirror anew, and shows all of it: what it has no words for as such', async () => {
    const kinds = () => lifeOf(floor.ground, sent).map(({ kind }) => kind)
    const joined = await floorLine()
    await vi.waitFor(() => expect(kinds()).toEqual(expect.arrayContaining([...DONE.slice(0, 3), NEWER_KIND])), SOON)
    const whole = kinds()
    await joined.close()
    // As a program from before parcels left it: without those lines, and without a word of how it was filled.
    floor.ground.mirror.reading.exec("DELETE FROM unit_lives; DELETE FROM unit_events; DELETE FROM about WHERE key = 'lives'")
    expect(kinds()).toEqual([])
    const facts = unitOf(floor.ground, sent)?.facts
    const updated = await floorLine()
    await vi.waitFor(() => expect(kinds()).toEqual(whole), SOON)
    expect(unitOf(floor.ground, sent)?.facts).toEqual(facts)
    await updated.close()
  }, 120_000)
})

it('lives that a disk has spoiled are fetched anew by themselves, once: where they are spoiled again it is told that the disk is', async () => {
  const [fetched, heard] = [vi.spyOn(HubClient.prototype, 'manifest'), vi.spyOn(HubClient.prototype, 'stream')]
  const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { mirror } = floor.ground
  const line = await floorLine()
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), SOON)
  /** Turns a bit in the middle of the first block; answers a piece whose life is in it. */
  const spoil = (): string => {
    const block = mirror.reading.prepare('SELECT last_id, lives FROM unit_lives ORDER BY last_id LIMIT 1').get() as { last_id: string; lives: Buffer }
    const middle = block.lives.length >> 1
    block.lives.writeUInt8(block.lives.readUInt8(middle) ^ 4, middle)
    mirror.reading.prepare('UPDATE unit_lives SET lives = ? WHERE last_id = ?').run(block.lives, block.last_id)
    return block.last_id
  }
  const piece = String(mirror.reading.prepare('SELECT min(last_id) FROM unit_lives').pluck().get())
  const life = mirror.history(piece)
  expect(life.length).toBeGreaterThan(0)
  // What lies in memory is not what lies on the disk: somebody looks at another piece meanwhile.
  mirror.history(String(mirror.reading.prepare('SELECT max(last_id) FROM unit_lives').pluck().get()))

  expect(mirror.history(spoil())).not.toEqual(life)
  line.kick()
  expect(line.view.remark).toBe('lives-spoiled')
  await vi.waitFor(() => expect(line.view.remark).toBeNull(), SOON)
  expect(mirror.history(piece)).toEqual(life)
  expect(mirror.reading.pragma('quick_check', { simple: true })).toBe('ok')

  mirror.history(String(mirror.reading.prepare('SELECT max(last_id) FROM unit_lives').pluck().get()))
  expect(mirror.history(spoil())).not.toEqual(life)
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), SOON)
  line.kick()
  expect(line.view.remark).toBe('disk-spoils')
  await line.close()
  // Also after a restart.
  const again = await floorLine()
  expect(again.view.remark).toBe('disk-spoils')
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3), SOON)
  await again.close()
  expect(fetched).toHaveBeenCalledTimes(1)
  expect(written).toHaveBeenCalledTimes(2)
  vi.restoreAllMocks()
}, 120_000)
