import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createZstdDecompress, zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Custody } from '../../../contract/unit.ts'
import { type FirstPlace, batchText, challengeText, PACKED_PAGE, type ScopeRows, SnapshotManifest } from '../../../contract/sync/wire.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { fetchMirror } from '../../../electron/core/sync/fetch-mirror.ts'
import { firstMirror, takeFirstRows } from '../../../electron/core/sync/first-mirror.ts'
import { HubClient } from '../../../electron/core/sync/hub-client.ts'
import { catchUp } from '../../../electron/core/sync/listen.ts'
import { repair } from '../../../electron/core/sync/repair.ts'
import { SpoiledMirror } from '../../../electron/core/sync/spoiled-mirror.ts'
import { cursorsOf, followScopes } from '../../../electron/core/sync/take-rows.ts'
import type { Room } from '../../../hub/room.ts'
import { openDoor, type Door } from '../../../hub/server.ts'
import { makeJoinCode, setDeviceState } from '../../../hub/sync/devices.ts'
import { change } from '../../../hub/sync/feed.ts'
import { newestSchema } from '../../../hub/sync/mirror-file.ts'
import { syncRoom } from '../../../hub/sync/room.ts'
import { factsOf, feedRowOf, scopesOfChange, writeUnits } from '../../../hub/sync/units.ts'
import { firstUnit, SimHub } from '../../simulation/sim-hub.ts'
import { batchOf, bodyOf, DoorCaller, newKey, type Key } from '../../support/hub/door-caller.ts'
import { newTillKey } from '../../support/hub/new-till-key.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const MIRROR = join(import.meta.dirname, '../../../migrations/mirror')
const SCHEMA = newestSchema(MIRROR)
const folder = mkdtempSync(join(tmpdir(), 'countermark-door-'))
let hub: SimHub
let door: Door
let room: Room
let now = Date.parse('2026-03-02T08:00:00.000Z')

beforeAll(async () => {
  const db = await migratedDatabase()
  hub = new SimHub(db, () => now)
  await hub.reset([], ['u1', 'u2', 'u3'])
  const ground = { ...hub.ground, dataDir: folder }
  // As a centre that was ended while it made a file left things.
  mkdirSync(join(folder, 'mirrors'))
  for (const name of ['ended.building', 'ended.tight-journal', 'ended.zst.part', 'ended.zst']) {
    writeFileSync(join(folder, 'mirrors', name), 'nobody gives it out')
    utimesSync(join(folder, 'mirrors', name), 0, 0)
  }
  room = await syncRoom(ground)
  door = await openDoor({ host: '127.0.0.1', port: 0, routes: room.routes, log: (line) => process.stderr.write(`${line}\n`) })
}, 60_000)
afterAll(async () => {
  await door.close()
  await room.stop?.()
  await hub.db.close()
  rmSync(folder, { recursive: true, force: true })
})

const caller = new DoorCaller(() => door.url, () => hub.ground)
const call: DoorCaller['call'] = (...asked) => caller.call(...asked)
const joined: DoorCaller['joined'] = (...asked) => caller.joined(...asked)
const tokenOf: DoorCaller['tokenOf'] = (...asked) => caller.tokenOf(...asked)
const body = bodyOf

describe('who may come in', () => {
  it('a code lets one till in, and no second one; ten minutes later it lets nobody in', async () => {
    const { code } = await makeJoinCode(hub.ground, 'north', 'test')
    const ask = (id: string) => call('/v1/join', { code: code.toLowerCase(), protocol: 1, till: { id, code: 'T9', name: id }, publicKey: newKey().publicKey })
    expect((await ask('first')).status).toBe(200)
    expect(await ask('second')).toMatchObject({ status: 403, json: { error: 'wrong-code' } })
    const late = await makeJoinCode(hub.ground, 'north', 'test')
    now += 11 * 60_000
    expect((await call('/v1/join', { code: late.code, protocol: 1, till: { id: 'late', code: 'T8', name: 'late' }, publicKey: newKey().publicKey })).status).toBe(403)
  })

  it('two tills never get the same letters in front of their numbers', async () => {
    const { code } = await makeJoinCode(hub.ground, 'north', 'test')
    const answer = await call('/v1/join', { code, protocol: 1, till: { id: 'twin', code: 'T9', name: 'twin' }, publicKey: newKey().publicKey })
    expect(answer.json['code']).not.toBe('T9')
  })

  it('a key that is not the till’s gets no token, a token that is over or made up gets nothing', async () => {
    const till = await joined('keyed')
    const { challenge } = (await call('/v1/challenge')).json as { challenge: string }
    expect((await call('/v1/token', { till: till.id, challenge, signature: newKey().sign(challengeText(till.id, challenge)), program: 'x' })).status).toBe(401)
    expect((await call('/v1/digest', undefined, `${till.token.slice(0, -4)}AAAA`)).status).toBe(401)
    expect((await call('/v1/digest')).status).toBe(401)
    now += 16 * 60_000
    expect((await call('/v1/digest', undefined, till.token)).status).toBe(401)
  })
})

describe('what comes up', () => {
  it('the same batch twice changes nothing, and its verdicts come again', async () => {
    const till = await joined('steady')
    const batch = batchOf(till, [body(1), body(2)])
    const first = await call('/v1/journal', batch, till.token)
    expect(first).toMatchObject({ status: 200, json: { head: 2, applied: 2, want: null, fork: null } })
    expect((await call('/v1/journal', batch, till.token)).json['answers']).toEqual(first.json['answers'])
    expect(await hub.db.query("SELECT count(*)::int AS n FROM journal WHERE till = 'steady'")).toEqual([{ n: 2 }])
  })

  it('a broken chain, a forged number, another till’s batch and a giant are refused, and leave nothing', async () => {
    const till = await joined('honest')
    const thief = await joined('thief')
    const good = batchOf(till, [body(1), body(2)])
    const broken = { ...good, events: [good.events[0]!, { ...good.events[1]!, body: body(2, 'other') }] }
    expect((await call('/v1/journal', { ...broken, signature: till.key.sign(batchText(till.id, broken)) }, till.token)).status).toBe(422)
    const forged = { ...good, events: good.events.map((event) => ({ ...event, seq: event.seq + 4 })) }
    expect((await call('/v1/journal', { ...forged, signature: till.key.sign(batchText(till.id, forged)) }, till.token)).status).toBe(422)
    expect(await call('/v1/journal', good, thief.token)).toMatchObject({ status: 401, json: { error: 'wrong-signature' } })
    expect((await call('/v1/journal', 'x'.repeat(2_000_000), till.token)).status).toBe(413)
    expect((await call('/v1/journal', '{"inc":', till.token)).status).toBe(400)
    expect(await hub.db.query("SELECT seq FROM journal WHERE till IN ('honest', 'thief')")).toEqual([])
  })

  it('P02: an event nobody can read, or that PostgreSQL cannot store, stops none of those behind it', async () => {
    const till = await joined('messy')
    const odd = JSON.stringify({ ...(JSON.parse(body(2)) as object), who: '\uD800' })
    const zero = JSON.stringify({ ...(JSON.parse(body(3)) as object), who: 'a\u0000b' })
    const first = batchOf(till, ['no json at all', odd, zero, body(4)])
    const answer = await call('/v1/journal', first, till.token)
    expect(answer).toMatchObject({ status: 200, json: { head: 4, applied: 4 } })
    expect((answer.json['answers'] as { verdict: string }[]).map(({ verdict }) => verdict)).toEqual(['unreadable', 'unreadable', 'unreadable', 'noted'])
    // What the till does next with the same piece names the event nobody could read as the one before it; and one that
    // names an event of tomorrow is forged.
    const next = JSON.stringify({ ...(JSON.parse(body(5)) as object), p: 3 })
    const forged = JSON.stringify({ ...(JSON.parse(body(6)) as object), p: 9 })
    const later = await call('/v1/journal', batchOf(till, [next, forged, body(7)], first.events[3]), till.token)
    expect(later).toMatchObject({ status: 200, json: { head: 7, applied: 7 } })
    expect((later.json['answers'] as { verdict: string }[]).slice(4).map(({ verdict }) => verdict)).toEqual(['noted', 'unreadable', 'noted'])
  })

  it('a copied till is found at its first own event; both branches are kept, and a person decides', async () => {
    const till = await joined('cloned')
    const both = batchOf(till, [body(1)])
    await call('/v1/journal', both, till.token)
    const from = { seq: 1, hash: both.events[0]!.hash }
    expect((await call('/v1/journal', batchOf(till, [body(2, 'left')], from), till.token)).json['fork']).toBeNull()
    const right = await call('/v1/journal', batchOf(till, [body(2, 'right'), body(3)], from), till.token)
    expect(right.json).toMatchObject({ fork: expect.stringContaining('cloned-1.') as string, head: 3 })
    expect(await hub.db.query("SELECT count(*)::int AS n FROM journal WHERE till = 'cloned'")).toEqual([{ n: 4 }])
    expect(await hub.db.query("SELECT state FROM device WHERE till = 'cloned'")).toEqual([{ state: 'held' }])
    await setDeviceState(hub.ground, 'cloned', 'joined', null)
    await hub.applyAll()
    expect(await hub.db.query("SELECT count(*)::int AS n FROM event_answer WHERE till = 'cloned'")).toEqual([{ n: 4 }])
  })

  it('a till that is shut out changes nothing and hears nothing, and what it did is kept', async () => {
    const till = await joined('lost')
    await setDeviceState(hub.ground, 'lost', 'revoked', 'stolen')
    const answer = await call('/v1/journal', batchOf(till, [body(1)]), till.token)
    expect(answer).toMatchObject({ status: 200, json: { head: 1, applied: 0, answers: [] } })
    for (const path of ['/v1/digest', '/v1/snapshot', '/v1/feed?gen=x&c=*:0']) expect((await call(path, undefined, till.token)).status).toBe(403)
    expect((await call('/v1/claim', { unitId: 'u1' }, till.token)).status).toBe(403)
  })
})

describe('leases', () => {
  it('one till has a piece, the other is told who; after the lease, or when it is given back, it is free', async () => {
    const [a, b] = [await joined('left'), await joined('right')]
    expect((await call('/v1/claim', { unitId: 'u2' }, a.token)).json).toMatchObject({ is: 'yours', token: 1 })
    expect((await call('/v1/claim', { unitId: 'u2' }, b.token)).json).toMatchObject({ is: 'held', till: 'left' })
    await call('/v1/release', { unitId: 'u2' }, b.token)
    expect((await call('/v1/claim', { unitId: 'u2' }, b.token)).json).toMatchObject({ is: 'held' })
    now += 121_000
    expect((await call('/v1/claim', { unitId: 'u2' }, b.token)).json).toMatchObject({ is: 'yours', token: 2 })
    expect((await call('/v1/claim', { unitId: 'nothing' }, b.token)).json).toEqual({ is: 'gone', why: 'unknown' })
  })

  it('P03: a piece that was sold is taken back at one till, and one that is not sold at none', async () => {
    const [left, right] = [await joined('ash'), await joined('yew')]
    const back = (till: { token: string }, unitId: string) => call('/v1/claim', { unitId, to: 'take-back' }, till.token)
    await hub.db.query("UPDATE unit SET title = 'sold', custody = 'with-customer' WHERE id = 'u1'")
    expect((await back(left, 'u1')).json['is']).toBe('yours')
    expect((await back(right, 'u1')).json).toMatchObject({ is: 'held', till: 'ash' })
    expect((await call('/v1/claim', { unitId: 'u1' }, left.token)).json).toEqual({ is: 'gone', why: 'sold' })
    await hub.db.query("UPDATE unit SET title = 'returned', custody = 'in-stock' WHERE id = 'u1'")
    expect((await back(left, 'u1')).json).toEqual({ is: 'gone', why: 'not-sold' })
  })

  it('P02: a lease that was promised runs to its end, though the piece was flagged and asked for again meanwhile', async () => {
    const [here, there] = [await joined('oak'), await joined('elm')]
    expect((await call('/v1/claim', { unitId: 'u3' }, here.token)).json['is']).toBe('yours')
    await hub.flag('u3', true)
    expect((await call('/v1/claim', { unitId: 'u3' }, here.token)).json).toMatchObject({ is: 'gone', why: 'flagged' })
    await hub.flag('u3', false)
    // The till that holds it may not have heard that answer: nobody else gets the piece before its lease is over.
    expect((await call('/v1/claim', { unitId: 'u3' }, there.token)).json['is']).toBe('held')
    now += 121_000
    expect((await call('/v1/claim', { unitId: 'u3' }, there.token)).json['is']).toBe('yours')
  })
})

describe('the feed', () => {
  it('gives a till that is behind in several scopes a page that they share, and all of it to the one that is left', async () => {
    const { token } = await joined('absent')
    const { gen } = (await call('/v1/hello')).json
    const page = async (cursors: string) => {
      const { scopes } = (await call(`/v1/feed?gen=${String(gen)}&limit=2&c=${cursors}`, undefined, token)).json as { scopes: ScopeRows[] }
      return Object.fromEntries(scopes.map(({ scope, head, rows }) => [scope, { head, numbers: rows.map(({ seq }) => seq) }]))
    }
    const first = await page('*:0,north:0')
    expect([first['*']?.numbers, first['north']?.numbers]).toEqual([[1], [1]])
    const next = await page(`*:1,north:${first['north']?.head ?? 0}`)
    expect([next['*']?.numbers, next['north']?.numbers]).toEqual([[2, 3], []])
  })

  it('is one page, whoever asks: packed as a whole for a till that says so, packed by HTTP for one of an older program, and plain for whoever unpacks nothing', async () => {
    for (let n = 0; n < 20; n += 1) await hub.flag('u3', n % 2 === 0)
    const { client, gen } = await comeIn('wide', 'W1')
    const { token } = await joined('broad')
    const page = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${door.url}/v1/feed?gen=${gen}&c=*:0`, { headers: { authorization: `Bearer ${token}`, ...headers } })
    const [plain, byHttp, whole] = [await page({ 'accept-encoding': 'identity' }), await page({ 'accept-encoding': 'zstd' }), await page({ accept: PACKED_PAGE })]
    const { scopes } = (await plain.json()) as { scopes: ScopeRows[] }
    expect(byHttp.headers.get('content-encoding')).toBe('zstd')
    expect(((await byHttp.json()) as { scopes: ScopeRows[] }).scopes).toEqual(scopes)
    expect(whole.headers.get('content-type')).toBe(PACKED_PAGE)
    expect((JSON.parse(zstdDecompressSync(await whole.arrayBuffer()).toString()) as { scopes: ScopeRows[] }).scopes).toEqual(scopes)
    expect((await client.feed({ '*': 0 }, gen)).scopes).toMatchObject([{ scope: '*', rows: scopes[0]?.rows.map(({ seq }) => ({ seq })) }])
  })
})

/** A till that has joined a store and signed in, with a folder of its own. */
async function comeIn(id: string, letters: string, storeId = 'north') {
  const dir = mkdtempSync(join(folder, `${id}-`))
  const key = await newTillKey(dir)
  const { code } = await makeJoinCode(hub.ground, storeId, 'test')
  const { hubKey, gen } = await HubClient.join(door.url, { code, protocol: 1, till: { id, code: letters, name: id }, publicKey: key.publicKey })
  const client = new HubClient(door.url, id, key)
  await client.signIn()
  return { dir, key, hubKey, gen, client }
}

const linesOf = async (body: ReadableStream<Uint8Array>): Promise<string[]> => (await new Response(body as unknown as BodyInit).text()).split('\n').filter(Boolean)

describe('a first mirror', () => {
  it('comes whole though the line was cut, and is refused when a byte of it or its signature is not the centre’s', async () => {
    const { dir, key, hubKey, client } = await comeIn('fresh', 'F1')
    const manifest: SnapshotManifest = await client.manifest(SCHEMA)
    expect(readdirSync(join(folder, 'mirrors'))).toEqual([`${manifest.id}.zst`])
    const whole = Buffer.from(await (await client.snapshot(manifest.id, 0, new AbortController().signal)).arrayBuffer())
    expect(createHash('sha256').update(whole).digest('hex')).toBe(manifest.sha256)
    // As a till that was switched off in the middle of it left things.
    writeFileSync(join(dir, 'mirror-next.json'), JSON.stringify(manifest))
    writeFileSync(join(dir, 'mirror-next.zst'), whole.subarray(0, 1_000))
    const told: number[] = []
    const { file } = await fetchMirror(client, { dataDir: dir, hubKey, schema: SCHEMA }, (bytes) => told.push(bytes), new AbortController().signal)
    expect(told[0]).toBeGreaterThan(1_000)
    const shelf = new Database(file, { readonly: true })
    expect(shelf.prepare("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'unit_aliases'").pluck().get()).toBeGreaterThan(0)
    // Values that SQLite keeps of a column make it plan each look at a scanned number anew.
    expect(shelf.prepare('SELECT count(*) FROM sqlite_stat4').pluck().get()).toBe(0)
    shelf.close()
    writeFileSync(join(dir, 'mirror-next.json'), JSON.stringify(manifest))
    writeFileSync(join(dir, 'mirror-next.zst'), Buffer.concat([Buffer.from([whole[0]! ^ 1]), whole.subarray(1, 1_000)]))
    await expect(fetchMirror(client, { dataDir: dir, hubKey, schema: SCHEMA }, () => undefined, new AbortController().signal)).rejects.toThrow(SpoiledMirror)
    await expect(fetchMirror(client, { dataDir: dir, hubKey: key.publicKey, schema: SCHEMA }, () => undefined, new AbortController().signal)).rejects.toThrow(SpoiledMirror)
    expect((await fetch(`${door.url}/v1/snapshot/${manifest.id}`, { headers: { range: `bytes=${manifest.bytes}-` } })).status).toBe(401)
  })

  it('is one that a till can read whose program is a version behind, and one that a version ahead brings up to its own', async () => {
    const { dir, key, hubKey, gen, client } = await comeIn('behind', 'V1')
    const [older, newer] = [join(dir, 'older'), join(dir, 'newer')]
    for (const program of [older, newer]) cpSync(MIRROR, program, { recursive: true })
    rmSync(join(older, readdirSync(older).sort().at(-1) ?? ''))
    writeFileSync(join(newer, `${String(SCHEMA + 1).padStart(4, '0')}-tomorrow.sql`), 'ALTER TABLE units ADD COLUMN tomorrow TEXT;')
    for (const [program, schema] of [[older, SCHEMA - 1], [newer, SCHEMA + 1]] as const) {
      const { file, manifest } = await fetchMirror(client, { dataDir: dir, hubKey, schema }, () => undefined, new AbortController().signal)
      expect(manifest.schema).toBe(Math.min(schema, SCHEMA))
      const mirror = new Mirror(file, program)
      await catchUp(client, mirror, gen)
      expect(mirror.schema).toBe(schema)
      expect(mirror.unitCount).toBe(3)
      mirror.close()
    }
    expect((await call('/v1/snapshot?schema=4', undefined, await tokenOf('behind', key))).json['error']).toBe('program-too-old')
  })

  it('is packed in frames for a till that says it knows them, and as one frame for a till that does not', async () => {
    const { dir, key, hubKey, client } = await comeIn('packed', 'P1')
    const inFrames = await client.manifest(SCHEMA)
    const asOne = SnapshotManifest.parse((await call(`/v1/snapshot?schema=${SCHEMA}`, undefined, await tokenOf('packed', key))).json)
    expect(asOne.id).not.toBe(inFrames.id)
    // A program that knows one frame reads no further than its end.
    const whole = Readable.fromWeb((await client.snapshot(asOne.id, 0, new AbortController().signal)).body as Parameters<typeof Readable.fromWeb>[0])
    const readByOlder = await buffer(whole.pipe(createZstdDecompress()))
    for (const manifest of [inFrames, asOne]) {
      const centre = { manifest: async () => manifest, snapshot: client.snapshot.bind(client) }
      const { file } = await fetchMirror(centre, { dataDir: dir, hubKey, schema: SCHEMA }, () => undefined, new AbortController().signal)
      if (manifest === asOne) expect(readByOlder.equals(readFileSync(file))).toBe(true)
      const mirror = new Mirror(file, MIRROR)
      expect(mirror.unitCount).toBe(3)
      mirror.close()
    }
  })

  it('comes as rows where there are few units and no file of them, and goes on behind the last row when the line was cut', async () => {
    const { dir, key, hubKey, gen, client } = await comeIn('small', 'S1', 'south')
    // Its store's goods only: nobody else has asked for a file of these.
    await hub.db.query("UPDATE device SET follows = 'own' WHERE till = 'small'")
    const { scopes } = await client.signIn()
    const mine = new Mirror(join(dir, 'mirror.db'), MIRROR)
    const file = join(dir, 'mirror-rows.db')
    const lines = await linesOf(await client.firstRows(null, new AbortController().signal))
    expect(lines.length).toBeGreaterThan(3)
    const asked: unknown[] = []
    const cut = { firstRows: async (after: FirstPlace | null) => (asked.push(after), new Blob(lines.slice(0, 2).map((line) => `${line}\n`)).stream()) }
    await expect(takeFirstRows(cut, mine, { file, gen }, new AbortController().signal)).rejects.toThrow('cut off')
    const spied = { firstRows: (after: FirstPlace | null, signal: AbortSignal) => (asked.push(after), client.firstRows(after, signal)) }
    expect(await takeFirstRows(spied, mine, { file, gen }, new AbortController().signal)).toBe(file)
    expect(asked).toEqual([null, (JSON.parse(lines[1] ?? '') as { after: FirstPlace }).after])
    const whole = new Mirror(file, MIRROR)
    await catchUp(client, whole, gen)
    expect(Object.keys(cursorsOf(whole)).sort()).toEqual([...scopes].sort())
    expect(whole.reading.prepare('SELECT id FROM units ORDER BY id').pluck().all()).toEqual(['u2'])
    expect(whole.stores().map(({ id }) => id)).toEqual(['north', 'south'])
    expect([whole.about('hub_gen'), whole.about('first_rows')]).toEqual([gen, null])
    whole.close()
    // The way a till goes by itself: it takes rows here, and the file where one lies ready.
    const place = { dataDir: dir, hubKey, gen }
    expect(await firstMirror(client, mine, place, () => undefined, new AbortController().signal)).toBe(file)
    await client.manifest(SCHEMA)
    expect(await firstMirror(client, mine, place, () => undefined, new AbortController().signal)).toBe(join(dir, 'mirror-next.db'))
    mine.close()
    expect((await call('/v1/first-rows?after=%7B', undefined, await tokenOf('small', key))).json['error']).toBe('bad-place')
  })
})

describe('a mirror that does not add up to what the centre has', () => {
  it('is mended: what is lost comes back, what nobody has goes, and no spoiled version turns away what is true', async () => {
    const { dir, gen, client } = await comeIn('spoiled', 'R1')
    const [file, empty] = [join(dir, 'mirror-rows.db'), new Mirror(join(dir, 'mirror.db'), MIRROR)]
    await takeFirstRows(client, empty, { file, gen }, new AbortController().signal)
    empty.close()
    const mirror = new Mirror(file, MIRROR)
    await catchUp(client, mirror, gen)
    const db = mirror.reading
    const shown = () => ['SELECT * FROM units ORDER BY id', 'SELECT * FROM unit_aliases ORDER BY unit_id, value'].map((query) => db.prepare(query).all())
    const whole = shown()
    expect(whole[0]?.length).toBeGreaterThan(2)
    expect(await repair(client, mirror, gen)).toBe(0)

    db.exec(`
      DELETE FROM unit_aliases WHERE unit_id = 'u1'; DELETE FROM units WHERE id = 'u1'; INSERT INTO unit_tombstones VALUES ('u1', 700);
      UPDATE units SET ver = ver + 900, title = 'sold' WHERE id = 'u2';
      UPDATE units SET ver = 0, area = 'window' WHERE id = 'u3';
      CREATE TEMP TABLE stranger AS SELECT * FROM units WHERE id = 'u3';
      UPDATE stranger SET id = 'nobodys';
      INSERT INTO units SELECT * FROM stranger`)
    // A centre that was put back while it was asked may know less than this till: nothing of it is taken.
    await expect(repair(client, mirror, 'another-generation')).rejects.toMatchObject({ status: 410 })
    expect(db.prepare('SELECT id FROM units ORDER BY id').pluck().all()).toContain('nobodys')

    expect(await repair(client, mirror, gen)).toBe(4)
    expect(shown()).toEqual(whole)
    expect(await repair(client, mirror, gen)).toBe(0)
    mirror.close()
  })
})

describe('a chain in which each till keeps the goods of its own store', () => {
  async function ownTill(id: string, storeId: string) {
    const key = newKey()
    const { code } = await makeJoinCode(hub.ground, storeId, 'test')
    const { gen } = await HubClient.join(door.url, { code, protocol: 1, till: { id, code: storeId.slice(0, 2).toUpperCase(), name: id }, publicKey: key.publicKey })
    await hub.db.query("UPDATE device SET follows = 'own' WHERE till = $1", [id])
    const client = new HubClient(door.url, id, key)
    const { scopes } = await client.signIn()
    const mirror = new Mirror(join(folder, `${id}.db`), MIRROR)
    followScopes(mirror, scopes)
    const custody = async (unitId: string) => {
      await catchUp(client, mirror, gen)
      return mirror.unit(unitId)?.facts.custody ?? null
    }
    return { id, key, custody, leave: () => mirror.close() }
  }

  it('P71: a piece on its way to another store is known there as coming, and to the sender no longer as one of its own', async () => {
    const [north, south] = [await ownTill('sender', 'north'), await ownTill('receiver', 'south')]
    const lamp = firstUnit('u9', 'north')
    await change(hub.ground, async (tx, tell) => {
      await writeUnits(tx, [{ was: 0, unit: lamp }])
      tell(scopesOfChange(null, lamp, null), feedRowOf(lamp, []))
    })
    const happens = async (till: { id: string; key: Key }, storeId: string, kind: string, custody: Custody) => {
      const said = bodyOf(1, `${till.id}-1`, { kind, unitId: lamp.id, storeId, tillId: till.id, facts: { ...factsOf(lamp), custody } })
      const answer = await call('/v1/journal', batchOf(till, [said]), await tokenOf(till.id, till.key))
      expect((answer.json['answers'] as { verdict: string }[]).map(({ verdict }) => verdict)).toEqual(['accepted'])
    }
    expect([await north.custody(lamp.id), await south.custody(lamp.id)]).toMatchObject([{ at: 'in-stock', storeId: 'north' }, null])

    const onTheWay: Custody = { at: 'in-transit', fromStoreId: 'north', toStoreId: 'south' }
    await happens(north, 'north', 'shipped', onTheWay)
    expect([await north.custody(lamp.id), await south.custody(lamp.id)]).toEqual([null, onTheWay])

    const there: Custody = { at: 'in-stock', storeId: 'south', area: 'shelf' }
    await happens(south, 'south', 'received', there)
    expect([await north.custody(lamp.id), await south.custody(lamp.id)]).toEqual([null, there])
    for (const till of [north, south]) till.leave()
  })
})
