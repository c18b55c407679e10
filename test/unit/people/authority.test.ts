import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../../contract/desk-view.ts'
import { MINUTE_MS } from '../../../contract/durations.ts'
import { Ground } from '../../../electron/core/ground.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { dropGrant, lendRight, rightsNow, takeAuthority, useUpLent, type Authority } from '../../../electron/core/people/authority.ts'
import { hashPin } from '../../../electron/core/people/pin.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { sql, Store } from '../../../electron/core/store/store.ts'
import { BERLIN } from '../papers/a-shop-of-papers.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Hashing takes its time on purpose: once is enough for all stories. */
const PIN_HASH = hashPin('3333')
let folder: string
let time: number
let ground: Ground

/** A shop of two: a cashier, and a manager who may void. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-authority-'))
  time = Date.parse('2026-03-14T10:00:00.000Z')
  const store = new Store(join(folder, 'shop.db'), join(ROOT, 'migrations/shop'))
  const mirror = new Mirror(join(folder, 'mirror.db'), join(ROOT, 'migrations/mirror'))
  const till = { id: 'till-1', code: 'T1', name: 'T1' }
  const clock = { now: () => time } as Ground['clock']
  ground = new Ground({ store, mirror, clock, seat: 'counter', till, place: BERLIN })
  const pin = await PIN_HASH
  store.write((db) => {
    for (const [id, role] of [['mara', 'cashier'], ['jonas', 'manager'], ['amal', 'service']] as const)
      sql(db, 'INSERT INTO own_staff VALUES (?, ?, ?, ?, ?)').run(id, id, role, pin, ground.now())
  })
})
afterEach(() => {
  ground.mirror.close()
  ground.store.close()
  rmSync(folder, { recursive: true, force: true })
})

function who(id: string): Person {
  const row = staffOf(ground).find((one) => one.id === id)
  if (!row) throw new Error(`nobody is ${id}`)
  return personOf(ground, row)
}

const lend = (more: Partial<Parameters<typeof lendRight>[1]> = {}) =>
  lendRight(ground, { right: 'void-sale', staffId: 'jonas', pin: '3333', reason: 'Customer left', ...more })
const take = (id: string, reaches?: (staffId: string) => boolean): Authority | null =>
  ground.store.write((db) => takeAuthority(ground, db, who(id), 'void-sale', reaches))
const told = () =>
  (sql(ground.store.reading, "SELECT body FROM journal WHERE kind = 'authorised'").all() as { body: string }[]).map(
    ({ body }) => JSON.parse(body) as { who: string; params: Record<string, string> },
  )

describe('who answers for an act', () => {
  it('is the person at the till, where the right is the person’s own: nothing is lent and nothing told', () => {
    expect(take('jonas')).toEqual({ staffId: 'jonas', name: 'jonas', reason: null, steppedUp: false })
    expect(told()).toEqual([])
  })

  it('is nobody, where nobody has lent the right', () => expect(take('mara')).toBeNull())

  it('is the colleague who lent it, for one act, with the reason in the journal', async () => {
    expect(await lend()).toMatchObject({ ok: true })
    expect(rightsNow(ground, who('mara'))).toContain('void-sale')
    expect(take('mara')).toEqual({ staffId: 'jonas', name: 'jonas', reason: 'Customer left', steppedUp: true })
    expect(told()).toMatchObject([{ who: 'jonas', params: { right: 'void-sale', reason: 'Customer left', for: 'mara' } }])
    expect(take('mara')).toBeNull()
    expect(rightsNow(ground, who('mara'))).not.toContain('void-sale')
  })

  it('keeps the right and tells nothing when the act is refused and its transaction taken back', async () => {
    await lend()
    expect(() =>
      ground.store.write((db) => {
        takeAuthority(ground, db, who('mara'), 'void-sale')
        throw new Error('refused')
      }),
    ).toThrow('refused')
    expect(told()).toEqual([])
    expect(take('mara')).toMatchObject({ steppedUp: true })
  })

  it('is nobody once the minute is over, or the right was given back', async () => {
    await lend()
    time += MINUTE_MS
    expect(take('mara')).toBeNull()
    await lend()
    dropGrant(ground)
    expect(take('mara')).toBeNull()
  })

  it('is not lent for longer by a clock that was set back, and what is told after stays after', async () => {
    await lend()
    take('mara')
    const before = ground.now()
    time -= 30 * MINUTE_MS
    expect(ground.now()).toBe(before)
    await lend({ reason: 'Again' })
    expect(take('mara')).toMatchObject({ reason: 'Again' })
    const times = (sql(ground.store.reading, 'SELECT at FROM journal ORDER BY seq').all() as { at: string }[]).map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
  })

  it('is who reaches far enough, where a role has a limit', async () => {
    expect(take('jonas', () => false)).toBeNull()
    await lend()
    expect(take('mara', (staffId) => staffId !== 'jonas')).toBeNull()
    expect(take('mara', (staffId) => staffId === 'jonas')).toMatchObject({ staffId: 'jonas' })
  })

  it('lends nothing for a wrong PIN, without a reason, or by somebody who has not the right either', async () => {
    expect(await lend({ pin: '9999' })).toMatchObject({ ok: false, fault: { code: 'wrong-pin' } })
    expect(await lend({ reason: ' \n ' })).toMatchObject({ ok: false, fault: { code: 'reason-missing' } })
    expect(await lend({ staffId: 'amal' })).toMatchObject({ ok: false, fault: { code: 'no-right', params: { right: 'void-sale' } } })
    expect(take('mara')).toBeNull()
  })

  it('is used up by a call that only asked for the right at the door', async () => {
    await lend()
    expect(useUpLent(ground, who('mara'), 'reprint')).toBe(false)
    expect(useUpLent(ground, who('mara'), 'void-sale')).toBe(true)
    expect(useUpLent(ground, who('mara'), 'void-sale')).toBe(false)
    expect(told()).toHaveLength(1)
  })
})
