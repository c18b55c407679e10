import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { tellUnknownNumbers } from '../../../hub/catalogue/stolen.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { beside } from '../../support/hub/beside.ts'
import { openShop } from '../../support/hub-shop.ts'

let postgres: TestPostgres
let office: RunningOffice
let owner: Browser
let camera = ''

beforeAll(async () => {
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('side'), postgres.folder)
  owner = new Browser(office.hub.url)
  await joinWithTotp(owner, office.ownerCode)
  camera = await openShop(owner.client)
})
afterAll(async () => {
  await office.stop()
  await postgres.stop()
})

const db = () => office.hub.ground.db

describe('two who change the same thing at once', () => {
  it('set no price in a list that is just being taken away', async () => {
    const [list] = await owner.client.prices.saveList({ id: null, name: 'Spring', storeId: null, fromDay: null, untilDay: null, rank: 10 })
    const listId = list?.id ?? ''
    const price = { listId, productId: camera, condition: '*', price_cents: cents(9_900) } as const
    const gone = "UPDATE record SET gone = true, body = '{}', ver = ver + 1 WHERE kind = 'price_lists' AND key = $1"
    const set = await beside(db(), (tx) => tx.touch(gone, [JSON.stringify({ id: listId })]), () => owner.client.prices.setListPrice(price))
    expect(set).toMatchObject({ status: 'rejected', reason: { data: { code: 'no-such-thing' } } })
    expect(await db().query("SELECT key FROM record WHERE kind = 'list_prices' AND NOT gone")).toEqual([])
  })

  it('tell no till of a number that is just being taken off the list', async () => {
    const serials = ['zzz-lifted', 'zzz-stays']
    for (const serial of serials)
      await db().query("INSERT INTO stolen_number (serial, match_key, kind, reference, reason, since) VALUES ($1, $1, 'stolen-reported', '', '', '2026-01-01T00:00:00.000Z')", [serial])
    await beside(db(), (tx) => tx.touch("UPDATE stolen_number SET lifted_at = '2026-01-02T00:00:00.000Z' WHERE serial = 'zzz-lifted'"), () => tellUnknownNumbers(office.hub.ground))
    const told = await db().query<{ key: string }>("SELECT key FROM record WHERE kind = 'stolen_numbers' AND NOT gone ORDER BY key")
    expect(told.map(({ key }) => JSON.parse(key) as object)).toEqual([{ number: 'zzz-stays' }])
  })

  it('count and take away what stands in one list, and leave the others as they are', async () => {
    const lists = await Promise.all(['A', 'B'].map(async (name) => {
      const rows = await owner.client.prices.saveList({ id: null, name, storeId: null, fromDay: null, untilDay: null, rank: 0 })
      return rows.find((row) => row.name === name)?.id ?? ''
    }))
    const [first = '', second = ''] = lists
    for (const listId of lists)
      for (const condition of ['*', 'new'] as const) await owner.client.prices.setListPrice({ listId, productId: camera, condition, price_cents: cents(100) })
    const counts = async () => new Map((await owner.client.prices.lists()).map(({ id, prices }) => [id, prices]))
    expect([(await counts()).get(first), (await counts()).get(second)]).toEqual([2, 2])
    await owner.client.prices.dropList({ id: first })
    expect([(await counts()).get(first), (await counts()).get(second)]).toEqual([undefined, 2])
    expect((await owner.client.prices.ofList({ listId: first })).rows).toEqual([])
  })
})
