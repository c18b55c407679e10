import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { openShop, until } from '../../support/hub-shop.ts'

/** `IMPORT_ROWS=1000000` is the list of a maker; the suite takes a short one of the same kind. */
const ROWS = Number(process.env['IMPORT_ROWS'] ?? 6_000)
const WITHIN_MS = 30_000 + ROWS

let postgres: TestPostgres
let office: RunningOffice
let owner: Browser
let databaseUrl = ''

beforeAll(async () => {
  postgres = await startPostgres()
  databaseUrl = await postgres.database('imports')
  office = await startOffice(databaseUrl, postgres.folder)
  owner = new Browser(office.hub.url)
  await joinWithTotp(owner, office.ownerCode)
  await openShop(owner.client)
})

afterAll(async () => {
  await office.stop()
  await postgres.stop()
})

const RUBBISH = ['CAM-100;;berlin', 'NO-SUCH;X1;berlin', 'CAM-100;"open;berlin', 'CAM-100;S1;nowhere', ';;', 'CAM-100;a\u0000b;berlin']

/** A list of pieces with one row of rubbish in a hundred, of every kind in turn. */
function pieces(rows: number): string {
  const lines = ['sku;serial;store']
  for (let n = 0; n < rows; n += 1) lines.push(n % 100 === 50 ? (RUBBISH[Math.floor(n / 100) % RUBBISH.length] ?? '') : `CAM-100;LX-${String(n).padStart(8, '0')};berlin`)
  return `${lines.join('\r\n')}\r\n`
}

describe('a list that comes in', () => {
  it(`of ${ROWS} pieces with 1 % rubbish is taken in all but the rubbish, through a stop of the centre`, async () => {
    const bad = Math.floor((ROWS + 49) / 100)
    const { id } = await owner.upload('units', 'pieces.csv', pieces(ROWS))
    const preview = await owner.client.imports.preview({ id })
    expect(preview).toMatchObject({ delimiter: ';', columns: ['sku', 'serial', 'store'], missing: [], unused: [], view: { state: 'ready' } })
    expect(preview.rows).toHaveLength(50)
    await owner.client.imports.start({ id })
    await until(() => owner.client.imports.view({ id }), (view) => view.doneRows > 0, WITHIN_MS)
    const { cookies } = owner
    await office.stop()
    office = await startOffice(databaseUrl, postgres.folder)
    owner = new Browser(office.hub.url)
    cookies.forEach((value, name) => owner.cookies.set(name, value))
    const done = await until(() => owner.client.imports.view({ id }), (view) => view.state === 'done', WITHIN_MS + 40_000)
    expect(done).toMatchObject({ doneRows: ROWS, goodRows: ROWS - bad, badRows: bad, doneBytes: done.bytes })
    const [count] = await office.hub.ground.db.query<{ n: number }>("SELECT count(*) AS n FROM unit_alias WHERE value LIKE 'LX-%'")
    expect(count?.n).toBe(ROWS - bad)
    const troubles = await owner.client.imports.troubles({ id })
    expect(troubles.slice(0, 6).map(({ line, code }) => [line, code])).toEqual([
      [52, 'missing'], [152, 'unknown-product'], [252, 'broken-line'], [352, 'unknown-store'], [452, 'missing'], [452, 'missing'],
    ])
  }, WITHIN_MS * 3)

  it('may come twice: what is known stays as it is', async () => {
    const { id } = await owner.upload('units', 'again.csv', 'sku,serial,store\nCAM-100,LX-00000001,berlin\nCAM-100,LX-NEW,berlin\n')
    await owner.client.imports.start({ id })
    await until(() => owner.client.imports.view({ id }), (view) => view.state === 'done')
    expect(await owner.client.units.find({ text: 'LX-00000001' })).toHaveLength(1)
    expect(await owner.client.units.find({ text: 'lx new' })).toMatchObject([{ facts: { custody: { at: 'in-stock', storeId: 'berlin' } } }])
  })

  it('tells the tills of every piece in the feed of its store', async () => {
    const { db } = office.hub.ground
    const [head] = await db.query<{ seq: number }>("SELECT seq FROM feed_head WHERE scope = 'berlin'")
    const [rows] = await db.query<{ n: number }>("SELECT count(*) AS n FROM feed WHERE scope = 'berlin'")
    expect(head?.seq).toBe(rows?.n)
    expect(head?.seq).toBeGreaterThanOrEqual(ROWS * 0.98)
  })

  it('flags a piece whose number was on the stolen list before anybody knew the piece', async () => {
    expect(await owner.client.lists.reportStolen({ serials: ['LX-LOST', 'LX-00000002'], kind: 'stolen-reported', reference: 'P-7', reason: 'van' })).toEqual({ known: 1, unknown: 1 })
    const { id } = await owner.upload('units', 'late.csv', 'sku,serial,store\nCAM-100,LX-LOST,berlin\n')
    await owner.client.imports.start({ id })
    await until(() => owner.client.imports.view({ id }), (view) => view.state === 'done')
    expect(await owner.client.units.find({ text: 'LX-LOST' })).toMatchObject([{ facts: { flags: [{ kind: 'stolen-reported', reference: 'P-7' }] } }])
    expect((await owner.client.lists.stolen({})).rows.map((row) => row.serial).sort()).toEqual(['LX-00000002', 'LX-LOST'])
    expect(await owner.client.lists.liftStolen({ serial: 'LX-LOST', why: 'found' })).toEqual({ lifted: 1 })
    expect(await owner.client.units.find({ text: 'LX-LOST' })).toMatchObject([{ facts: { flags: [] } }])
  })

  it('of products, staff, customers and stolen numbers is read as well, and none of it without its columns', async () => {
    const lists = {
      products: 'sku,brand,name,category,price,tax_rate,gtin,tracking\nBAG-1,Lumen,Bag,bag,"49,90",19,4006381333931,none\nBAG-2,Lumen,Bag 2,bag,1.234.5,19,,none\n',
      staff: 'name,role,store,pin\nIda,cashier,berlin,4711\nOtto,boss,berlin,4712\n',
      customers: 'email,name\nida@example.org,Ida\nnobody,Otto\n',
      stolen: 'serial,reference\nLX-00000003,P-9\n,P-9\n',
    } as const
    for (const [kind, text] of Object.entries(lists)) {
      const { id } = await owner.upload(kind, `${kind}.csv`, text)
      await owner.client.imports.start({ id })
      const done = await until(() => owner.client.imports.view({ id }), (view) => view.state === 'done')
      expect([kind, done.goodRows, done.badRows]).toEqual([kind, 1, 1])
    }
    expect((await owner.client.catalogue.products({ text: 'bag' })).rows).toMatchObject([{ sku: 'BAG-1', price_cents: 4_990, gtin: '04006381333931' }])
    expect(await owner.client.staff.list()).toMatchObject([{ name: 'Ida', role: 'cashier', hasPin: true }])
    const { id } = await owner.upload('products', 'wrong.csv', 'a,b\n1,2\n')
    expect(await owner.client.imports.preview({ id })).toMatchObject({ missing: ['sku', 'brand', 'name', 'category', 'price', 'tax_rate'], unused: ['a', 'b'] })
    await expect(owner.client.imports.start({ id })).rejects.toMatchObject({ data: { code: 'no-columns' } })
  })

  it('is sent by nobody who may not', async () => {
    await expect(new Browser(office.hub.url).upload('units', 'x.csv', 'sku,serial\n')).rejects.toThrow('403')
  })
})
