import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unreachable } from '../../../contract/unreachable.ts'
import type { DueCustomer } from '../../../electron/core/customers/customer-exchange.ts'
import { findCustomers, saveCustomer } from '../../../hub/customers/customers.ts'
import { sealingWith } from '../../../hub/customers/sealing.ts'
import { takeCustomers } from '../../../hub/customers/told-customers.ts'
import type { Database } from '../../../hub/database.ts'
import type { Office } from '../../../hub/people/office.ts'
import { CustomerTill, CY } from '../../support/core/customer-till.ts'
import { MORNING } from '../../support/core/shop-floor.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const YEAR_MS = 365 * 86_400_000

let db: Database
let now_ms: number
let fast: CustomerTill
let right: CustomerTill
const seal = sealingWith(randomBytes(32))
const office = (): Office => ({ db, now_ms: () => (now_ms += 1_000), newId: () => '', dataDir: '', log: () => undefined, sealing: seal })
const atCentre = async () => (await findCustomers(office(), 'test', CY.email))[0]

/** What the centre keeps of the only person. */
async function asKept(): Promise<{ sealed: Buffer; changed_at: string }> {
  const [row] = await db.query<{ sealed: Buffer; changed_at: string }>('SELECT sealed, changed_at FROM customer')
  if (row === undefined) throw new Error('nobody is kept')
  return row
}

const putBack = ({ sealed, changed_at }: { sealed: Buffer; changed_at: string }) => db.query('UPDATE customer SET sealed = $1, changed_at = $2', [Buffer.from(sealed), changed_at])

beforeAll(async () => {
  db = await migratedDatabase()
}, 60_000)
afterAll(() => db.close())

/** Both tills know the person; the clock of one of them is a year off. */
async function bothKnow(off_ms: number): Promise<void> {
  await db.query('TRUNCATE customer, customer_key, customer_unit')
  now_ms = Date.parse(MORNING)
  fast = new CustomerTill('T1', off_ms, office)
  right = new CustomerTill('T2', 0, office)
  const made = fast.people.create(CY, ['warranty'], null)
  if (!made.ok) throw new Error(made.fault.code)
  await fast.tell()
  await right.hear()
  expect(right.known).toEqual(CY)
}
afterEach(() => {
  for (const till of [fast, right]) till.floor.close()
})

describe.each([['fast', YEAR_MS], ['slow', -YEAR_MS]])('a till whose clock is a year too %s', (_which, off_ms) => {
  beforeEach(() => bothKnow(off_ms))

  it('hears what another till has changed after it, and overwrites nothing of it when all is told again', async () => {
    fast.change({ address: 'By the wrong clock 2' })
    await fast.tell()
    await right.hear()
    right.change({ address: 'By the right clock 3' })
    await right.tell()
    await fast.hear()
    expect(fast.known?.address).toBe('By the right clock 3')
    for (const till of [fast, right]) {
      till.exchange.tellAllAgain()
      await till.tell()
    }
    expect((await atCentre())?.address).toBe('By the right clock 3')
  })

  it('loses nothing of what it changes itself', async () => {
    right.change({ address: 'By the right clock 3' })
    await right.tell()
    await fast.hear()
    fast.change({ address: 'By the wrong clock 4' })
    await fast.tell()
    await right.hear()
    expect([(await atCentre())?.address, right.known?.address]).toEqual(['By the wrong clock 4', 'By the wrong clock 4'])
  })

  it('and another till that changed something else at the same time are both heard', async () => {
    right.change({ address: 'New Street 5' }, ['warranty'])
    fast.change({ phone: '+49 171 5550777' }, ['warranty'])
    await right.tell()
    await fast.tell()
    await right.hear()
    for (const known of [await atCentre(), fast.known, right.known]) expect(known).toMatchObject({ address: 'New Street 5', phone: '+49 171 5550777' })
  })

  it('does not write to a person who took back what was allowed, at whichever till and in whatever order it is told', async () => {
    right.change({}, [])
    fast.change({}, ['warranty', 'offers'])
    await right.tell()
    await fast.tell()
    await right.hear()
    for (const till of [fast, right]) expect(till.allowed()).toEqual(['offers'])
  })

  it('may have its clock set right: what is allowed or taken back after that counts', async () => {
    fast.change({}, ['warranty', 'offers'])
    fast.floor.later(-off_ms)
    // Nobody stood there for a year, says the till, and has locked itself.
    fast.floor.enter('manager')
    fast.change({}, ['warranty'])
    expect(fast.allowed()).toEqual(['warranty'])
    await fast.tell()
    await right.hear()
    expect(right.allowed()).toEqual(['warranty'])
  })
})

describe('what a till has told', () => {
  beforeEach(() => bothKnow(0))

  it('and changed again before the answer came is told once more, and the answer takes nothing away', async () => {
    fast.change({ address: 'First 1' })
    const sent = fast.due()
    right.change({ note: 'likes blue' })
    await right.tell()
    fast.change({ address: 'Second 2' })
    await fast.tell(sent)
    expect(fast.known).toMatchObject({ address: 'Second 2', note: 'likes blue' })
    await fast.tell()
    expect(await atCentre()).toMatchObject({ address: 'Second 2' })
    expect(fast.due()).toEqual([])
  })

  it('is told twice where the answer was lost, and is the same', async () => {
    fast.change({ address: 'First 1' })
    await fast.tellUnanswered()
    await fast.tell()
    await right.hear()
    expect(right.known?.address).toBe('First 1')
  })

  it('and whose answer was lost takes nothing away, when it is told again, of what another till said since: a yes after a no too', async () => {
    fast.change({ address: 'First 1', note: 'likes red' }, [])
    await fast.tellUnanswered()
    await right.hear()
    expect([right.known?.address, right.allowed()]).toEqual(['First 1', []])
    right.change({ address: 'Second 2' }, ['warranty'])
    await right.tell()
    await fast.tell()
    await right.hear()
    for (const till of [fast, right]) expect([till.known?.address, till.known?.note, till.allowed()]).toEqual(['Second 2', 'likes red', ['warranty']])
    expect((await atCentre())?.address).toBe('Second 2')
  })

  it('and whose answer was lost takes nothing away of what was said since where the centre was put back between, whoever tells first', async () => {
    const backup = await asKept()
    fast.change({ address: 'First 1' }, ['warranty'])
    await fast.tellUnanswered()
    await right.hear()
    right.change({ address: 'Second 2' }, ['warranty'])
    await right.tell()
    await putBack(backup)
    for (const till of [fast, right, fast]) {
      till.exchange.tellAllAgain()
      await till.tell()
    }
    for (const known of [await atCentre(), fast.known, right.known]) expect(known?.address).toBe('Second 2')
  })

  it('stands again after the centre was put back to an earlier day, whoever tells first', async () => {
    const backup = await asKept()
    right.change({ address: 'Second 2' })
    await right.tell()
    await fast.hear()
    right.change({ address: 'Third 3' })
    await right.tell()
    for (const order of [[fast, right], [right, fast]]) {
      await putBack(backup)
      for (const till of order) {
        till.exchange.tellAllAgain()
        await till.tell()
      }
      expect((await atCentre())?.address).toBe('Third 3')
    }
  })

  it('stands again field by field after that: where one till has since changed something else, and where one forgot to tell', async () => {
    const backup = await asKept()
    right.change({ address: 'Told before 2' }, ['warranty', 'offers'])
    await right.tell()
    await fast.hear()
    right.change({ note: 'told last' }, ['offers'])
    await right.tell()
    fast.change({ phone: '+49 171 5550777' }, ['warranty', 'offers'])
    await putBack(backup)
    for (const till of [fast, right]) {
      till.exchange.tellAllAgain()
      await till.tell()
    }
    await fast.hear()
    for (const known of [await atCentre(), fast.known, right.known])
      expect(known).toMatchObject({ address: 'Told before 2', phone: '+49 171 5550777' })
    for (const till of [fast, right]) expect([till.known?.note, till.allowed()]).toEqual(['told last', ['offers']])
  })

  it('is not forgotten by a till that hears of the person before it has told it all again', async () => {
    const backup = await asKept()
    right.change({ address: 'Told before 2' })
    await right.tell()
    await putBack(backup)
    fast.change({ phone: '+49 171 5550777' })
    await fast.tell()
    await right.hear()
    expect(right.known).toMatchObject({ address: 'Told before 2', phone: '+49 171 5550777' })
    right.exchange.tellAllAgain()
    await right.tell()
    expect(await atCentre()).toMatchObject({ address: 'Told before 2', phone: '+49 171 5550777' })
  })

  it('is newer of two tills where the centre that was put back never heard of the person', async () => {
    right.change({ address: 'Second 2' })
    await right.tell()
    fast.change({ phone: '+49 171 5550777' })
    await db.query('TRUNCATE customer, customer_key, customer_unit')
    for (const till of [fast, right]) {
      till.exchange.tellAllAgain()
      await till.tell()
    }
    expect(await atCentre()).toMatchObject({ address: 'Second 2', phone: '+49 171 5550777' })
  })

  it('and an order in the web changed is heard, by whichever process of the centre and however late its clock is', async () => {
    const behind = { ...office(), now_ms: () => now_ms - 3_600_000 }
    await db.transaction((tx) => saveCustomer(tx, behind, { ...CY, address: 'By the order 6' }))
    await right.hear()
    expect(right.known?.address).toBe('By the order 6')
  })

  it('and an order or a list that says nothing of the telephone and the language takes neither away', async () => {
    fast.change({ phone: '+49 171 5550777', language: 'de' }, ['warranty'])
    await fast.tell()
    await db.transaction((tx) => saveCustomer(tx, office(), { name: 'Cy E. Example', email: CY.email, phone: '', address: '', language: null }))
    await right.hear()
    expect(right.known).toMatchObject({ name: 'Cy E. Example', phone: '+49 171 5550777', address: CY.address, language: 'de' })
  })

  it('of a purchase years later keeps the person as long as everybody after a purchase', async () => {
    fast.exchange.tellAllAgain()
    const [{ told } = { told: null }] = fast.due()
    if (told === null) throw new Error('the person is known')
    now_ms += 2 * YEAR_MS
    const buys = (unitId: string, since: string) => takeCustomers(office(), 'T1', [{ ...told, pieces: [{ unitId, since }] }])
    await buys('unit-1', MORNING)
    expect((await atCentre())?.keepUntil).toBe('2029-12-31')
    await buys('unit-2', '2028-11-21T10:00:00.000Z')
    expect((await atCentre())?.keepUntil).toBe('2031-12-31')
  })

  it('by a program that does not date its words counts as said since, a yes after a no too, where nobody else said anything', async () => {
    const asOlder = (till: CustomerTill): DueCustomer[] =>
      till.due().map(({ told: { saidAt: _saidAt, ...older }, mark }) => ({ told: older, mark }))
    fast.change({}, [])
    await fast.tell(asOlder(fast))
    expect(fast.allowed()).toEqual([])
    fast.change({}, ['warranty', 'offers'])
    await fast.tell(asOlder(fast))
    await right.hear()
    for (const till of [fast, right]) expect(till.allowed().toSorted()).toEqual(['offers', 'warranty'])
    right.change({}, ['offers'])
    await right.tell()
    fast.change({ note: 'likes blue' }, ['warranty', 'offers'])
    await fast.tell(asOlder(fast))
    expect(fast.allowed()).toEqual(['offers'])
  })

  it('by a program that does not say what it heard goes by its date, and by none later than now', async () => {
    const [{ told } = { told: null }] = (right.exchange.tellAllAgain(), right.due())
    if (told === null || told.details === null) throw new Error('the person is known')
    const { heardAt: _heardAt, changed: _changed, ...older } = told
    const tell = (address: string, changedAt: string) => takeCustomers(office(), 'T9', [{ ...older, changedAt, details: { ...CY, address } }])
    await tell('in ten years', '2036-01-01T00:00:00.000Z')
    await tell('a moment later', new Date(now_ms + 60_000).toISOString())
    await tell('of last year', '2025-01-01T00:00:00.000Z')
    expect((await atCentre())?.address).toBe('a moment later')
  })
})

describe('whatever two tills change, tell, hear and forget to tell, whichever answers are lost, and whenever the centre is put back', () => {
  const FIELDS = ['name', 'phone', 'address'] as const
  type Step =
    | { readonly act: 'change'; readonly till: number; readonly field: (typeof FIELDS)[number] }
    | { readonly act: 'tell' | 'tell unanswered' | 'hear' | 'tell all again'; readonly till: number }
    | { readonly act: 'back up' }
    | { readonly act: 'put back'; readonly isClockToo: boolean }
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ act: fc.constant('change' as const), till: fc.nat(1), field: fc.constantFrom(...FIELDS) }),
    fc.record({ act: fc.constantFrom('tell' as const, 'tell unanswered' as const, 'hear' as const, 'tell all again' as const), till: fc.nat(1) }),
    fc.oneof(fc.constant({ act: 'back up' as const }), fc.record({ act: fc.constant('put back' as const), isClockToo: fc.boolean() })),
  )
  /**
   * A till changes what the other has told without hearing an answer; and the centre may forget both. Steps that are chosen
   * one by one hardly ever stand so.
   */
  const changedBeforeToldTwice: fc.Arbitrary<Step[]> = fc.tuple(fc.nat(1), fc.constantFrom(...FIELDS), fc.boolean()).map(([till, field, isForgotten]) => {
    const told: Step[] = [
      { act: 'change', till, field }, { act: 'tell unanswered', till },
      { act: 'hear', till: 1 - till }, { act: 'change', till: 1 - till, field }, { act: 'tell', till: 1 - till },
    ]
    return isForgotten ? [{ act: 'back up' }, ...told, { act: 'put back', isClockToo: false }] : told
  })
  const life = fc
    .array(fc.oneof({ weight: 8, arbitrary: step.map((one) => [one]) }, { weight: 2, arbitrary: changedBeforeToldTwice }), { minLength: 4, maxLength: 12 })
    .map((parts) => parts.flat())
  let word = 0

  it('nothing that somebody replaced knowingly comes back, and every field is in the end at both what the centre heard last', async () => {
    await bothKnow(0)
    await fc.assert(
      fc.asyncProperty(life, async (steps) => {
        const tills = [fast, right] as const
        const replaced = new Set<string>()
        const heard = new Set<string>()
        const heardLast = new Map<string, string>()
        const change = (till: CustomerTill, field: (typeof FIELDS)[number]): void => {
          replaced.add(till.known?.[field] ?? '')
          till.change({ [field]: `${field} ${(word += 1)}` }, ['warranty'])
        }
        const tell = async (till: CustomerTill, isAnswered = true): Promise<void> => {
          for (const { told: { details, changed } } of till.due())
            for (const field of FIELDS) {
              const said = details?.[field] ?? ''
              if (changed?.includes(field) && !heard.has(said)) heardLast.set(field, said)
              heard.add(said)
            }
          await (isAnswered ? till.tell() : till.tellUnanswered())
        }
        const both = async (act: (till: CustomerTill) => Promise<void>): Promise<void> => {
          for (const till of tills) await act(till)
        }
        let backup = { ...(await asKept()), now_ms }
        for (const one of steps) {
          switch (one.act) {
            case 'change': change(tills[one.till === 0 ? 0 : 1], one.field); break
            case 'tell': await tell(tills[one.till === 0 ? 0 : 1]); break
            case 'tell unanswered': await tell(tills[one.till === 0 ? 0 : 1], false); break
            case 'hear': await tills[one.till]?.hear(); break
            case 'tell all again': tills[one.till]?.exchange.tellAllAgain(); break
            case 'back up': backup = { ...(await asKept()), now_ms }; break
            case 'put back':
              await putBack(backup)
              if (one.isClockToo) now_ms = backup.now_ms
              break
            default: unreachable(one)
          }
        }
        const isPutBack = steps.some(({ act }) => act === 'put back')
        if (isPutBack) for (const { exchange } of tills) exchange.tellAllAgain()
        await both(tell)
        await both(tell)
        await both((till) => till.hear())
        const known = await atCentre()
        for (const field of FIELDS) expect(replaced).not.toContain(known?.[field])
        for (const till of tills) expect(till.known).toMatchObject({ name: known?.name, phone: known?.phone, address: known?.address })
        if (!isPutBack) expect(known).toMatchObject(Object.fromEntries(heardLast))
        expect(fast.known).toEqual(right.known)
        expect(tills.map((till) => till.due())).toEqual([[], []])
      }),
      { numRuns: 20 },
    )
  })
})
