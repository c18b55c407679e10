import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { enter, saleIn, scan, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type FaceClient, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { until } from '../../support/hub-shop.ts'

const STORE = 'store-berlin'
const CHARGER = { id: 'product-0205', code: 'MR-0205', usual: 3_499 }
const CABLE = { id: 'product-0204', code: 'MR-0204', usual: 1_299 }
const ALWAYS = { storeId: null, fromDay: null, untilDay: null, rank: 100 }

const folders = { seed: temporaryFolder(), till: temporaryFolder() }
let postgres: TestPostgres
let office: RunningOffice
let face: FaceClient
let till: RunningTill
let client: Client
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folders.seed.path)
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('prices'), postgres.folder)
  const { ground } = office.hub
  await loadMirror(ground, join(folders.seed.path, 'mirror.db'))
  const browser = new Browser(office.hub.url)
  await joinWithTotp(browser, office.ownerCode)
  face = browser.client
  const { code } = await makeJoinCode(ground, STORE, 'test')
  till = await startTill(['--data', folders.till.path, '--till', 'T1', '--hub', office.hub.url, '--join', code])
  ;({ client, close: leave } = await enter(till))
  await until(() => client.desk.view(), ({ sync }) => sync.state === 'up-to-date')
  await client.session.signIn({ staffId: 'staff-ines', pin: '2222' })
}, 90_000)
afterAll(async () => {
  leave()
  await till.end()
  await office.stop()
  await postgres.stop()
  for (const folder of Object.values(folders)) folder.remove()
})

/** What a cart of these codes costs at the till now. */
async function costs(...codes: readonly string[]): Promise<number> {
  await client.sale.begin()
  for (const code of codes) await scan(client, code)
  const { flowId, totals } = saleIn(await client.desk.view())
  await client.sale.act({ flowId, action: { do: 'void' } })
  return totals.gross_cents
}
const soon = (codes: readonly string[], amount: number) => until(() => costs(...codes), (now) => now === amount)

describe('prices of the centre', () => {
  it('a list holds at the till as soon as it is saved, and the usual price again when it is gone', async () => {
    const [list] = (await face.prices.saveList({ id: null, name: 'Week of cables', ...ALWAYS, storeId: STORE })).filter(({ name }) => name === 'Week of cables')
    const listId = list?.id ?? ''
    await face.prices.setListPrice({ listId, productId: CABLE.id, condition: '*', price_cents: cents(999) })
    await soon([CABLE.code], 999)
    expect((await face.prices.ofList({ listId })).rows).toMatchObject([{ productId: CABLE.id, price_cents: 999, usual_cents: CABLE.usual }])
    const arrived = await until(() => face.prices.lists(), (rows) => rows.find(({ id }) => id === listId)?.arrival.arrived === 1)
    expect(arrived.find(({ id }) => id === listId)).toMatchObject({ prices: 1, arrival: { tills: 1 } })
    await face.prices.dropList({ id: listId })
    await soon([CABLE.code], CABLE.usual)
  })

  it('a promotion of each kind gives at the till what it says, from its first day through its last', async () => {
    const of = { products: [CABLE.id] }
    const save = async (rule: Parameters<typeof face.prices.savePromotion>[0]['rule'], days = {}) =>
      (await face.prices.savePromotion({ id: null, name: 'Now', ...ALWAYS, ...days, rule })).find(({ name }) => name === 'Now')?.id ?? ''
    const three = [CABLE.code, CABLE.code, CABLE.code]
    for (const [rule, codes, amount] of [
      [{ is: 'percent', of, off_bp: 1_000 }, [CABLE.code], 1_169],
      [{ is: 'amount', of, off_cents: cents(300) }, [CABLE.code], 999],
      [{ is: 'n-for-m', of, take: 3, pay: 2 }, three, 2 * CABLE.usual],
      [{ is: 'bundle', parts: [{ of, count: 1 }, { of: { products: [CHARGER.id] }, count: 1 }], price_cents: cents(3_000) }, [CABLE.code, CHARGER.code], 3_000],
    ] as const) {
      const id = await save(rule as Parameters<typeof save>[0])
      await soon(codes, amount)
      await face.prices.dropPromotion({ id })
      await soon([CABLE.code], CABLE.usual)
    }
    await save({ is: 'percent', of, off_bp: 5_000 }, { untilDay: '2020-01-01' })
    await save({ is: 'percent', of: { products: [CHARGER.id] }, off_bp: 10_000 })
    await soon([CHARGER.code], 0)
    expect(await costs(CABLE.code)).toBe(CABLE.usual)
  })

  it('a set of articles is a set at the till, and an article again when it is none', async () => {
    await face.prices.saveSet({ productId: 'product-0206', parts: [{ productId: CABLE.id, count: 2 }] })
    await until(() => linesOf('MR-0206'), (names) => names.join() === 'USB-C cable')
    expect((await face.prices.sets()).find(({ productId }) => productId === 'product-0206')?.parts).toMatchObject([{ productName: expect.stringContaining('USB-C cable') as string, count: 2 }])
    await face.prices.dropSet({ productId: 'product-0206' })
    await until(() => linesOf('MR-0206'), (names) => names.join() === 'Watch strap')
  })

  it('refuses what a till would pass over, and leaves everything as it was', async () => {
    // Where each has arrived goes on changing meanwhile.
    const offers = async () => (await face.prices.promotions()).map((offer) => ({ ...offer, arrival: null }))
    const before = await offers()
    const fault = (code: string) => ({ data: { code } })
    await expect(face.prices.savePromotion({ id: null, name: 'Nothing', ...ALWAYS, rule: { is: 'percent', of: {}, off_bp: 100 } })).rejects.toMatchObject(fault('no-goods'))
    const of = { products: [CABLE.id] }
    await expect(face.prices.savePromotion({ id: null, name: 'Three for three', ...ALWAYS, rule: { is: 'n-for-m', of, take: 3, pay: 3 } })).rejects.toMatchObject(fault('nothing-off'))
    await expect(face.prices.savePromotion({ id: null, name: 'Who', ...ALWAYS, rule: { is: 'percent', of: { products: ['no-such'] }, off_bp: 100 } })).rejects.toMatchObject(fault('unknown-product'))
    await expect(face.prices.saveList({ id: null, name: 'Back', ...ALWAYS, fromDay: '2026-02-01', untilDay: '2026-01-01' })).rejects.toMatchObject(fault('wrong-days'))
    await expect(face.prices.saveList({ id: null, name: 'Where', ...ALWAYS, storeId: 'nowhere' })).rejects.toMatchObject(fault('unknown-store'))
    await expect(face.prices.saveSet({ productId: 'product-0213', parts: [{ productId: 'product-0213', count: 1 }] })).rejects.toMatchObject(fault('no-set'))
    await expect(face.prices.saveSet({ productId: CABLE.id, parts: [{ productId: 'product-0213', count: 1 }] })).rejects.toMatchObject(fault('no-set'))
    await expect(face.prices.setListPrice({ listId: 'list-season', productId: CABLE.id, condition: '*', price_cents: cents(-1) })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await offers()).toEqual(before)
  })
})

async function linesOf(code: string): Promise<string[]> {
  await client.sale.begin()
  await scan(client, code)
  const { flowId, lines } = saleIn(await client.desk.view())
  await client.sale.act({ flowId, action: { do: 'void' } })
  return lines.map(({ name }) => name)
}
