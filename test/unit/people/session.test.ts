import { afterEach, beforeEach, expect, it } from 'vitest'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { LockWatch } from '../../../electron/core/people/lock-watch.ts'
import { beginSession, endSession, signedIn, touchSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { recordPinTry } from '../../../electron/core/store/people.ts'
import { metaValue, setMeta } from '../../../electron/core/store/meta.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { saveHubPlace } from '../../../electron/core/sync/progress.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'

const LOCK_MS = 5 * 60_000
const pin = { ...DEMO_POLICY.pin, lockAfter_ms: LOCK_MS }
let till: MoneyTill
beforeEach(() => {
  till = moneyTill({ policy: { ...DEMO_POLICY, pin } })
})
afterEach(() => till.close())

const atTill = () => signedIn(till.ground)?.person.staffId ?? null

it('locks itself when nobody was at it for as long as the policy says, and not while somebody is', () => {
  till.clock.turn(LOCK_MS - 1_000)
  touchSession(till.ground)
  till.clock.turn(LOCK_MS - 1_000)
  expect(atTill()).toBe('ada')
  till.clock.turn(2_000)
  expect(atTill()).toBeNull()
  // A session that has ended is not brought back by a hand on the keys.
  touchSession(till.ground)
  expect(atTill()).toBeNull()
})

it('tells the window of it at that moment, so that nobody reads over an empty chair', async () => {
  const clock = new VirtualClock()
  Object.assign(till.ground, { clock })
  till.signIn('max')
  let told = 0
  const watch = new LockWatch(() => ({ ground: till.ground, changed: () => (told += 1) }) as never)
  await clock.advance(LOCK_MS)
  expect(told).toBe(0)
  await clock.advance(2)
  expect(told).toBe(1)
  await clock.advance(LOCK_MS)
  expect(told).toBe(1)
  watch.stop()
  expect(clock.pending).toBe(0)
})

it('takes with the person what a colleague had lent: the next one begins with the own rights alone', () => {
  const max = staffOf(till.ground).find((row) => row.id === 'max')
  if (!max) throw new Error('nobody is max')
  const lend = () =>
    till.ground.store.write((db) => setMeta(db, 'grant', { right: 'void-sale', staffId: 'ada', name: 'Ada', reason: 'x', until: '2030-01-01T00:00:00.000Z' }))
  lend()
  endSession(till.ground)
  expect(metaValue(till.ground.store.reading, 'grant')).toBeNull()
  lend()
  beginSession(till.ground, personOf(till.ground, max))
  expect(metaValue(till.ground.store.reading, 'grant')).toBeNull()
})

it('lets a badge choose its owner and no more, unless the policy lets it be enough; wrong tries make even a badge wait', () => {
  endSession(till.ground)
  till.desk.scan({ text: 'BADGE-MAX', aim: null })
  expect(till.desk.view().session).toMatchObject({ at: 'signed-out', chosen: 'max' })
  till.close()
  till = moneyTill({ policy: { ...DEMO_POLICY, pin: { ...pin, badgeAlone: true } } })
  endSession(till.ground)
  till.desk.scan({ text: 'BADGE-MAX', aim: null })
  expect(atTill()).toBe('max')
  endSession(till.ground)
  till.ground.store.write((db) => {
    for (let tries = 0; tries < pin.wrongTriesAllowed; tries += 1) recordPinTry(db, 'max', till.ground.now(), false)
  })
  till.desk.scan({ text: 'BADGE-MAX', aim: null })
  expect(atTill()).toBeNull()
})

it('knows whom the till itself made its manager until the till has joined a centre and the centre has said who there is', () => {
  till.ground.store.write((db) => sql(db, 'INSERT INTO own_staff VALUES (?, ?, ?, ?, ?)').run('eva', 'Eva', 'manager', '-', till.ground.now()))
  const eva = staffOf(till.ground).find((row) => row.id === 'eva')
  if (!eva) throw new Error('nobody is eva')
  beginSession(till.ground, personOf(till.ground, eva))
  expect(atTill()).toBe('eva')
  till.ground.store.write((db) => saveHubPlace(db, { url: 'http://127.0.0.1:1', storeId: 'store-berlin', hubKey: '' }))
  expect(atTill()).toBeNull()
  expect(staffOf(till.ground).map(({ id }) => id).toSorted()).toEqual(['ada', 'max'])
})
