import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import type { Database } from '../../../hub/database.ts'
import { trustedNetworks } from '../../../hub/doors/inner-networks.ts'
import { HubRefusal } from '../../../hub/hub-refusal.ts'
import { sourceOf } from '../../../hub/source-address.ts'
import { countTry, forgetGuessers, type Guesser } from '../../../hub/wrong-tries.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const MINUTE_MS = 60_000
let db: Database
let run = 0

beforeAll(async () => {
  db = await migratedDatabase()
}, 60_000)
afterAll(() => db.close())

const until = (now_ms: number, guessers: readonly Guesser[]): Promise<string | null> =>
  countTry(db, guessers, now_ms).then(() => null, (error: unknown) => (error instanceof HubRefusal ? String(error.params['until']) : String(error)))

describe('wrong tries', () => {
  it('are looked at as often as the pace says and no more, however they are spread over time, and the wait is told exactly', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(fc.integer({ min: 0, max: 3 * MINUTE_MS }), { maxLength: 25 }), async (atOnce, pauses) => {
      const guesser = { who: `run ${run++}`, pace: { atOnce, every_ms: MINUTE_MS } }
      const looked: number[] = []
      let now_ms = 1_000_000
      for (const pause of pauses) {
        now_ms += pause
        const closed = await until(now_ms, [guesser])
        if (closed === null) looked.push(now_ms)
        else {
          expect(Date.parse(closed)).toBeGreaterThan(now_ms)
          expect(Date.parse(closed)).toBeLessThanOrEqual(now_ms + MINUTE_MS)
        }
      }
      // In no stretch of time more than at once and one for each minute of it.
      for (const [from, start] of looked.entries())
        for (const [to, end] of looked.entries()) if (to >= from) expect(to - from + 1).toBeLessThanOrEqual(atOnce + Math.floor((end - start) / MINUTE_MS))
    }), { numRuns: 25 })
  })

  it('that were right cost nothing', async () => {
    const guesser = { who: 'Ada', pace: { atOnce: 2, every_ms: MINUTE_MS } }
    for (let n = 0; n < 10; n += 1) await (await countTry(db, [guesser], 0))()
    expect([await until(0, [guesser]), await until(0, [guesser]), await until(0, [guesser])]).toEqual([null, null, '1970-01-01T00:01:00.000Z'])
  })

  it('of a place that may not try any more close nothing to the others who are counted with it', async () => {
    const pace = { atOnce: 2, every_ms: MINUTE_MS }
    const from = (place: string): Guesser[] => [{ who: 'name', pace: { atOnce: 3, every_ms: MINUTE_MS } }, { who: place, pace }]
    for (let n = 0; n < 8; n += 1) await until(0, from('thief'))
    expect([await until(0, from('owner')), await until(0, from('owner'))]).toEqual([null, '1970-01-01T00:01:00.000Z'])
  })

  it('that were counted by a clock that was a year ahead keep nobody out when it is right again', async () => {
    const guesser = { who: 'wrong clock', pace: { atOnce: 2, every_ms: MINUTE_MS } }
    const year_ms = 365 * DAY_MS
    for (let n = 0; n < 3; n += 1) await until(year_ms, [guesser])
    expect([await until(0, [guesser]), await until(0, [guesser]), await until(0, [guesser])]).toEqual([null, null, '1970-01-01T00:01:00.000Z'])
  })

  it('leave nothing behind once their time is over, and no name that anybody typed', async () => {
    await until(0, [{ who: 'name my secret password', pace: { atOnce: 2, every_ms: MINUTE_MS } }])
    expect(JSON.stringify(await db.query('SELECT * FROM guessing'))).not.toContain('secret')
    await db.query("INSERT INTO wrong_try (who, at_ms, id) VALUES ('name my secret password', 0, 'by an older version')")
    await forgetGuessers(db, 1e12)
    expect(await db.query('SELECT who FROM guessing UNION ALL SELECT who FROM wrong_try')).toEqual([])
  })
})

describe('the place a request comes from', () => {
  const proxies = trustedNetworks('10.0.0.0/8,fd00::/8')
  it.each([
    ['198.51.100.7', undefined, '198.51.100.7'], ['::ffff:198.51.100.7', undefined, '198.51.100.7'],
    // Who is no proxy of ours is not believed.
    ['198.51.100.7', '203.0.113.5', '198.51.100.7'],
    ['10.0.0.1', '203.0.113.5', '203.0.113.5'], ['10.0.0.1', 'made up, 203.0.113.5, 10.0.0.2', '203.0.113.5'], ['fd00::1', '203.0.113.5', '203.0.113.5'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'], ['10.0.0.1', undefined, '10.0.0.1'], ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
    // Of IPv6 the network counts.
    ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2'], ['2001:db8::1', undefined, '2001:db8:0:0'], ['2001:db8:0:0:ffff::1', undefined, '2001:db8:0:0'], ['::1', undefined, '0:0:0:0'],
  ])('%s, forwarded for %s, is %s', (remoteAddress, forwarded, source) => {
    expect(sourceOf({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }, proxies)).toBe(source)
  })
})
