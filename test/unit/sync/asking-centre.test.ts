import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import { cents } from '../../../contract/money.ts'
import type { JournalQuery } from '../../../contract/day-journal.ts'
import type { Result } from '../../../contract/fault.ts'
import type { KioskAction } from '../../../contract/kiosk-view.ts'
import type { PurchasesElsewhere } from '../../../contract/purchases-elsewhere.ts'
import type { Seat } from '../../../contract/roles.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import type { BroughtReply } from '../../../contract/sync/customer-wire.ts'
import type { PurchaseQuestion, PurchasesFound } from '../../../contract/sync/receipt-wire.ts'
import { keepToldReceipt } from '../../../electron/core/store/told-receipts.ts'
import { AskingCentre } from '../../../electron/core/sync/asking-centre.ts'
import { saveHubPlace } from '../../../electron/core/sync/progress.ts'
import { takeLooseRows } from '../../../electron/core/sync/take-rows.ts'
import { SyncDesk } from '../../../electron/core/sync/sync-desk.ts'
import { bestAnswer, kioskIn, type Kiosk } from '../../support/core/kiosk.ts'
import { at, returnOf, ShopFloor, shown } from '../../support/core/shop-floor.ts'
import { withTillKey } from '../../support/hub/new-till-key.ts'

const RECEIPT = 'L1-R000017'
const BREATH_MS = 800
let floor: ShopFloor
let leave: (() => Promise<void>)[] = []

/** A till whose centre answers as the story says: what was asked, and a way to let the answers come. */
function counter(seat: Seat = 'counter') {
  floor = new ShopFloor(seat)
  const asked: string[] = []
  const brought: string[] = []
  const searched: PurchaseQuestion[] = []
  let purchases: PurchasesFound | null = null
  const sync = { ...floor.desk.view().sync, state: 'up-to-date' as const }
  let answer = (): void => undefined
  let reply: BroughtReply | null = null
  const answered = new Promise<void>((resolve) => (answer = resolve))
  const asking = new AskingCentre({
    ground: floor.ground, desk: floor.desk, customers: new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: null }),
    line: {
      view: sync,
      beforePaying: () => Promise.resolve(true),
      broughtBack: async (unitId) => {
        brought.push(unitId)
        await answered
        return reply
      },
      lookUpCustomer: () => Promise.resolve(0),
      findPurchases: (question) => {
        searched.push(question)
        return Promise.resolve(purchases)
      },
      lookUpReceipt: async (text, again) => {
        asked.push(text)
        await answered
        again()
      },
    },
  })
  leave.push(() => {
    answer()
    return asking.close()
  })
  return { asking, asked, brought, searched, finds: (told: PurchasesFound) => void (purchases = told), tells: (told: BroughtReply) => void (reply = told), answer: async () => {
    answer()
    await setTimeout(0)
  } }
}
const scan = (asking: AskingCentre, text: string) => asking.scan({ text, aim: null })

beforeEach(() => void (leave = []))
afterEach(async () => {
  for (const go of leave) await go()
  floor.close()
})

/** Three plain things of another till, as the centre told of them. */
function told(): void {
  const { ground } = floor
  const product = ground.mirror.reading.prepare("SELECT id, name FROM products WHERE tracking = 'none' LIMIT 1").get() as { id: string; name: string }
  ground.store.write((db) =>
    keepToldReceipt(db, {
      number: RECEIPT, saleId: 'sale-17', storeId: ground.place.id, soldAt: ground.now(), currency: ground.place.currency,
      lines: [{ lineId: 'line-17', tracking: 'plain', productId: product.id, unitId: null, name: product.name, serial: null, quantity: 3, total_cents: cents(3_000), tax_bp: 1_900 }],
      tenders: [{ kind: 'cash', amount_cents: cents(3_000) }], returned: [], refunded: [],
    }, ground.now()))
}

describe('how often the customer on the other side came', () => {
  const onCounter = (told: BroughtReply | null) => {
    const { asking, brought, answer, tells } = counter()
    floor.rules((policy) => ({ ...policy, returns: { ...policy.returns, rules: { ...returnRules(policy), perCustomer: { pieces: 1, days: 30 } } } }))
    floor.enter('supervisor')
    floor.goReturn()
    const view = floor.scanReturn(floor.story('may-be-returned'))
    if (view.at !== 'assess' || view.unit === null) throw new Error(view.at)
    if (told !== null) tells(told)
    return { asking, brought, answer, unitId: view.unit.unitId }
  }
  const assessed = () => at(returnOf(floor.desk.view()), 'assess')

  it('is asked of the centre by the piece, once, and the money waits for the answer and no longer', async () => {
    const { asking, brought, answer, unitId } = onCounter({ customerId: 'somebody', came: [{ unitId: 'u-9', at: '2026-11-20T10:00:00.000Z' }] })
    asking.look()
    asking.look()
    expect(brought).toEqual([unitId])
    expect(assessed().approvalFor).not.toContain('too-often')
    await Promise.all([asking.beforeRefund(''), answer()])
    expect(assessed().approvalFor).toContain('too-often')
    expect(assessed().countedHere).toBeUndefined()
    asking.look()
    expect(brought).toEqual([unitId])
  })

  it('is counted here alone while the centre does not answer, and the screen says so', async () => {
    const { asking, answer } = onCounter(null)
    asking.look()
    await Promise.all([asking.beforeRefund(''), answer()])
    expect(assessed()).toMatchObject({ countedHere: true })
    expect(assessed().approvalFor).not.toContain('too-often')
  })

  const alone = (task: 'return' | 'check') => {
    const { asking, brought, answer, tells } = counter('kiosk')
    floor.rules((policy) => ({ ...policy, returns: { ...policy.returns, rules: { ...returnRules(policy), perCustomer: { pieces: 1, days: 30 } } } }))
    const act = (action: KioskAction) => kioskIn(shown(floor.desk.actKiosk(action)))
    act({ do: 'begin', language: 'en' })
    act({ do: 'choose-task', task })
    scan(asking, floor.story('may-be-returned'))
    asking.look()
    const lookedOver = (): Kiosk => {
      let view = act({ do: 'next' })
      for (let best = bestAnswer(view); best !== null; best = bestAnswer(view)) view = act(best)
      return view
    }
    return { asking, brought, answer, tells, act, lookedOver }
  }

  it('is not asked at a kiosk of a piece that is only checked', () => {
    expect(alone('check').brought).toEqual([])
  })

  it('is asked at a kiosk of a piece that comes back, and whoever came too often meets a colleague instead of the money', async () => {
    const { asking, brought, answer, tells, act, lookedOver } = alone('return')
    expect(brought).toHaveLength(1)
    tells({ customerId: 'somebody', came: [{ unitId: 'u-9', at: floor.ground.now() }] })
    expect(lookedOver().at).toBe('confirm')
    await Promise.all([asking.beforeRefund(null), answer()])
    expect(act({ do: 'refund', as: 'voucher' }).at).toBe('colleague')
    const rows = (query: string) => floor.ground.store.reading.prepare(query).pluck().all() as string[]
    expect(rows('SELECT body FROM hand_overs').map((body): unknown => JSON.parse(body))).toMatchObject([{ why: 'too-often', task: 'return' }])
    expect(rows('SELECT id FROM returns')).toEqual([])
  })

  it('leaves a customer within the limit alone with the kiosk', async () => {
    const { asking, answer, tells, act, lookedOver } = alone('return')
    tells({ customerId: 'somebody', came: [] })
    lookedOver()
    await Promise.all([asking.beforeRefund(null), answer()])
    expect(act({ do: 'refund', as: 'voucher' }).at).toBe('done')
  })
})

describe('the receipt under the scanner', () => {
  it('is asked for where somebody may take back, and becomes no till’s own at a kiosk, at a locked counter or by a guest', () => {
    const kiosk = counter('kiosk')
    scan(kiosk.asking, RECEIPT)
    expect(kiosk.asked).toEqual([])
    floor.close()

    const { asking, asked } = counter()
    expect(scan(asking, RECEIPT)).toMatchObject({ ok: false, fault: { code: 'not-signed-in' } })
    expect(asked).toEqual([])
    floor.rules((policy) => ({ ...policy, rights: { ...policy.rights, cashier: (policy.rights.cashier ?? []).filter((right) => right !== 'take-back') } }))
    floor.enter('cashier')
    scan(asking, RECEIPT)
    expect(asked).toEqual([])
    floor.enter('supervisor')
    scan(asking, RECEIPT)
    expect(asked).toEqual([RECEIPT])
  })

  it('opens when the centre’s word comes, while nobody did anything else', async () => {
    const { asking, answer } = counter()
    floor.enter('supervisor')
    floor.goReturn()
    scan(asking, RECEIPT)
    told()
    floor.later(BREATH_MS)
    await answer()
    expect(returnOf(floor.desk.view())).toMatchObject({ at: 'lines', receiptNumber: RECEIPT })
  })

  it.each([
    ['the next customer’s sale', () => void shown(floor.desk.go('sale', null)), 'sale'],
    ['the return of a colleague who signed in', () => floor.enter('manager'), 'return'],
  ])('does not come into %s', async (_what, meanwhile, screen) => {
    const { asking, answer } = counter()
    floor.enter('supervisor')
    floor.goReturn()
    scan(asking, RECEIPT)
    meanwhile()
    told()
    await answer()
    const { front } = floor.desk.view()
    expect(front.screen).toBe(screen)
    if (front.screen === 'return') expect(front.return.at).toBe('scan')
  })
})

describe('a purchase of another till, whose paper and number nobody has', () => {
  const purchase = (number: string, pieces: string[] = ['Phone case']) =>
    ({ number, soldAt: '2026-11-23T10:00:00.000Z', storeId: floor.ground.place.id, till: 'L1', currency: 'EUR', total_cents: cents(2_900), pieces })
  const query = (more: Partial<JournalQuery> = {}): JournalQuery =>
    ({ text: '', group: 'sale', staffId: null, from: '2026-11-22', to: '2026-11-23', least_cents: cents(2_500), most_cents: cents(3_000), ...more })
  const chosen = (found: Result<PurchasesElsewhere>): string[] => (found.ok && found.value.is === 'found' ? found.value.purchases.map(({ number }) => number) : [])

  it('P46: is asked for by the days of this store and the amount, and shown with its store', async () => {
    const { asking, searched, finds } = counter()
    floor.enter('cashier')
    finds({ purchases: [purchase(RECEIPT)], isMore: true })
    expect(await asking.findPurchases(query())).toEqual({ ok: true, value: { is: 'found', isMore: true, purchases: [{ ...purchase(RECEIPT), store: floor.ground.place.name }] } })
    expect(floor.ground.place.time_zone).toBe('Europe/Berlin')
    expect(searched).toEqual([{ from: '2026-11-21T23:00:00.000Z', until: '2026-11-23T23:00:00.000Z', least_cents: 2_500, most_cents: 3_000 }])
  })

  it('is shown with the name of a store that the centre has made since this till was started', async () => {
    const { asking, finds } = counter()
    floor.enter('cashier')
    finds({ purchases: [{ ...purchase(RECEIPT), storeId: 'corner' }], isMore: false })
    expect(await asking.findPurchases(query())).toMatchObject({ value: { purchases: [{ store: 'corner' }] } })
    const { mirror, place } = floor.ground
    takeLooseRows(mirror, [{ t: 'record', kind: 'stores', key: { id: 'corner' }, ver: 1, scope: '*', row: { ...place, id: 'corner', name: 'At the corner' } }])
    expect(await asking.findPurchases(query())).toMatchObject({ value: { purchases: [{ store: 'At the corner' }] } })
  })

  it('is not shown once more where it stands in the journal of this till', async () => {
    const { asking, finds } = counter()
    floor.enter('cashier')
    const [piece] = floor.fresh('audio')
    const own = floor.sell([piece?.serial ?? ''])
    finds({ purchases: [purchase(own), purchase(RECEIPT)], isMore: false })
    expect(chosen(await asking.findPurchases(query()))).toEqual([RECEIPT])
  })

  it('is narrowed by the words the journal is narrowed by', async () => {
    const { asking, finds } = counter()
    floor.enter('cashier')
    finds({ purchases: [purchase(RECEIPT), purchase('L1-R000018', ['Lamp', 'Bulb'])], isMore: false })
    expect(chosen(await asking.findPurchases(query({ text: ' bulb ' })))).toEqual(['L1-R000018'])
    expect(chosen(await asking.findPurchases(query({ text: 'l1-r000017' })))).toEqual([RECEIPT])
  })

  it.each([
    ['no day', { from: null }], ['no last day', { to: null }], ['no amount', { least_cents: null }], ['no largest amount', { most_cents: null }],
    ['a month', { from: '2026-10-23' }], ['any amount', { least_cents: cents(0) }], ['days in the wrong order', { from: '2026-11-24' }],
  ] as const)('is not asked for with %s', async (_what, more) => {
    const { asking, searched } = counter()
    floor.enter('cashier')
    expect(await asking.findPurchases(query(more))).toEqual({ ok: true, value: { is: 'too-wide' } })
    expect(searched).toEqual([])
  })

  it('is not found while the centre does not answer, which is said', async () => {
    const { asking } = counter()
    floor.enter('cashier')
    expect(await asking.findPurchases(query())).toEqual({ ok: true, value: { is: 'not-reached' } })
  })

  it('is looked for by whoever may take it back, and by nobody else', async () => {
    const { asking, searched } = counter()
    expect(await asking.findPurchases(query())).toMatchObject({ ok: false, fault: { code: 'no-right' } })
    floor.enter('auditor')
    expect(await asking.findPurchases(query())).toMatchObject({ ok: false, fault: { code: 'no-right', params: { right: 'take-back' } } })
    expect(searched).toEqual([])
  })
})

it('a receipt that the centre told some time ago is not believed while nobody can ask whether it came back since', async () => {
  floor = new ShopFloor()
  floor.enter('supervisor')
  const { ground, desk } = floor
  // Nobody listens there.
  ground.store.write((db) => saveHubPlace(db, { url: 'http://127.0.0.1:1', storeId: ground.place.id, hubKey: '' }))
  const dataDir = dirname(ground.store.file)
  const line = new SyncDesk({ ground, dataDir, tillKey: await withTillKey(dataDir), desk: () => desk, moved: () => undefined, heard: () => undefined, customers: () => null, join: null })
  leave.push(() => line.close())
  told()
  floor.scan(RECEIPT)
  await line.lookUpReceipt(RECEIPT, () => undefined)
  expect(floor.desk.view()).toMatchObject({ alarm: null, front: { screen: 'return', return: { at: 'lines' } } })
  floor.later(10 * 60_000)
  floor.scan(RECEIPT)
  await line.lookUpReceipt(RECEIPT, () => undefined)
  expect(floor.desk.view()).toMatchObject({ alarm: { code: 'receipt-elsewhere' }, front: { screen: 'return', return: { at: 'scan' } } })
})
