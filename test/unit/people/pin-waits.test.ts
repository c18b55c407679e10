import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { hashPin } from '../../../electron/core/people/pin.ts'
import { badgeSignsIn, checkPin, signedIn } from '../../../electron/core/people/session.ts'
import { staffOf, tileOf } from '../../../electron/core/people/staff.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'

const MINUTE_MS = 60_000
const COLLEAGUES = Array.from({ length: 20 }, (_, n) => `colleague-${n}`)
const RIGHT = '4711'
/** Hashing takes its time on purpose: once is enough for all stories. */
const HASH = hashPin(RIGHT)
let till: MoneyTill

/** A shop of twenty cashiers, and Ada, the manager. All but Ada have a PIN that nobody has. */
beforeEach(async () => {
  till = moneyTill({ policy: { ...DEMO_POLICY, pin: { ...DEMO_POLICY.pin, badgeAlone: true } } })
  const hash = await HASH
  till.ground.store.write((db) => {
    for (const [id, role, pin] of [...COLLEAGUES.map((each) => [each, 'cashier', '-']), ['owner', 'manager', hash], ['late', 'cashier', hash]])
      sql(db, 'INSERT INTO own_staff VALUES (?, ?, ?, ?, ?)').run(id, id, role, pin, till.ground.now())
  })
})
afterEach(() => till.close())

const tried = async (staffId: string, pin = '0000'): Promise<string> => {
  const answer = await checkPin(till.ground, staffId, pin)
  return answer.ok ? 'in' : answer.fault.code
}
/** Goes through the names with one PIN, as often as the till lets it. */
async function goThroughTheNames(): Promise<number> {
  for (const [n, each] of COLLEAGUES.entries()) if ((await tried(each)) === 'locked-out') return n + 1
  return Number.POSITIVE_INFINITY
}
const rowOf = (id: string) => {
  const row = staffOf(till.ground).find((each) => each.id === id)
  if (!row) throw new Error(`nobody is ${id}`)
  return row
}

describe('somebody who tries one PIN with everybody’s name', () => {
  it('waits at this till, though nobody was tried twice, and the tiles say until when', async () => {
    expect(await goThroughTheNames()).toBe(15)
    expect(await tried('late', RIGHT)).toBe('locked-out')
    expect(tileOf(till.ground, rowOf('late')).lockedUntil).not.toBeNull()
  })

  it('still waits after the till was started again', async () => {
    await goThroughTheNames()
    till = till.reopen()
    expect(await tried('late', RIGHT)).toBe('locked-out')
  })

  it('keeps a shop out for minutes at the most, however long it goes on', async () => {
    for (let again = 0; again < 3; again += 1) {
      expect(await goThroughTheNames()).toBeLessThanOrEqual(15)
      expect(await tried('late', RIGHT)).toBe('locked-out')
      till.clock.turn(5 * MINUTE_MS)
      expect(await tried('late', RIGHT)).toBe('in')
    }
  })

  it('keeps neither the manager nor a badge out', async () => {
    await goThroughTheNames()
    expect(tileOf(till.ground, rowOf('owner')).lockedUntil).toBeNull()
    expect(await tried('owner', RIGHT)).toBe('in')
    expect(badgeSignsIn(till.ground, rowOf('max'))).toBe(true)
    expect(signedIn(till.ground)?.person.staffId).toBe('max')
  })
})

it('a shop where hands are wrong now and then never waits', async () => {
  for (let hour = 0; hour < 8; hour += 1) {
    for (const each of COLLEAGUES.slice(0, 10)) expect(await tried(each)).toBe('wrong-pin')
    till.clock.turn(15 * MINUTE_MS)
    if (hour % 4 === 3) till.ground.store.write((db) => sql(db, 'INSERT INTO pin_tries (staff_id, at, good) SELECT id, ?, 1 FROM own_staff').run(till.ground.now()))
  }
  expect(await tried('late', RIGHT)).toBe('in')
})

it('a hundred tries that are sent at once are looked at no more often than five that come one by one', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => tried('colleague-0')))
  expect(answers.filter((answer) => answer === 'wrong-pin')).toHaveLength(DEMO_POLICY.pin.wrongTriesAllowed - 1)
  const { n } = sql(till.ground.store.reading, 'SELECT count(*) AS n FROM pin_tries').get() as { n: number }
  expect(n).toBe(DEMO_POLICY.pin.wrongTriesAllowed)
  expect(await tried('colleague-0')).toBe('locked-out')
})
