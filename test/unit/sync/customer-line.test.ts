import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CustomersTold } from '../../../contract/sync/customer-wire.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerExchange } from '../../../electron/core/customers/customer-exchange.ts'
import { openCustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { CustomerLine } from '../../../electron/core/sync/customer-line.ts'
import { Errands } from '../../../electron/core/sync/errands.ts'
import { HubClient } from '../../../electron/core/sync/hub-client.ts'
import { bearLineTrouble } from '../../../electron/core/sync/line-trouble.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

const PERSON = { phone: '', email: '', card: '', address: '', note: '', language: null }
const KEY = { publicKey: '', sign: () => '' }

/** What the door of the centre says to people it is told of: a status, or null for never. */
let answer: (names: readonly string[]) => number | null
let asked: string[][]
let server: Server
let floor: ShopFloor
let exchange: CustomerExchange
let errands: Errands
let line: CustomerLine

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    void (json(request) as Promise<Partial<ReturnType<typeof CustomersTold.parse>>>).then(({ customers = [] }) => {
      const names = customers.map(({ details }) => details?.name ?? '')
      asked.push(names)
      const status = answer(names)
      if (status !== null) response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? '{"customers":[]}' : '{"error":"no"}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  floor = new ShopFloor()
  floor.enter('supervisor')
  const key = openCustomerKey(dirname(floor.ground.store.file), false)
  if (key === null) throw new Error('the key of a new till is made')
  const people = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key })
  for (const name of ['Ada', 'Bo', 'Cy']) people.create({ ...PERSON, name }, [], null)
  exchange = new CustomerExchange(floor.ground, key)
  errands = new Errands()
  const client = new HubClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'till-T1', KEY)
  line = new CustomerLine({ customers: () => exchange, client: () => client, told: () => undefined, errands })
})
afterEach(async () => {
  await errands.close()
  server.closeAllConnections()
  server.close()
  floor.close()
})

const due = () => exchange.due(new Map()).map(({ told }) => told.details?.name)

describe('people of whom the centre is told', () => {
  it('do not wait behind one it refuses: that one is left off and said, and tried again on a new line', async () => {
    answer = (names) => (names.includes('Bo') ? 400 : 200)
    line.kick()
    await expect.poll(() => due()).toEqual(['Bo'])
    await expect.poll(() => line.leftOff).toBe(1)
    asked = []
    answer = () => 200
    line.kick()
    await line.lookUp('someone@example.org')
    expect(asked).toEqual([[]])
    line.connected()
    line.kick()
    await expect.poll(() => due()).toEqual([])
    expect(line.leftOff).toBe(0)
  })

  it('are told to a centre that has learned to hear of them, once the line is a new one', async () => {
    answer = () => 404
    line.kick()
    await expect.poll(() => asked.length).toBe(1)
    await expect.poll(() => line.lookUp('someone@example.org').then(() => asked.length)).toBe(1)
    answer = () => 200
    line.connected()
    line.kick()
    await expect.poll(() => due()).toEqual([])
  })

  it('are still to be told when the till closes while the centre thinks, and the till does not wait for it', async () => {
    answer = () => null
    line.kick()
    await expect.poll(() => asked.length).toBe(1)
    await errands.close()
    expect(due()).toEqual(['Ada', 'Bo', 'Cy'])
  })
})

it('whoever the centre has erased is forgotten here once, and nobody else', async () => {
  const [ada] = exchange.due(new Map())
  const mirror = new Database(join(dirname(floor.ground.store.file), 'mirror.db'))
  for (const id of ['stranger-1', ada?.told.id ?? '', 'stranger-2']) mirror.prepare('INSERT INTO erased_customers VALUES (?, ?)').run(id, floor.ground.now())
  mirror.close()
  expect(await exchange.forgetErased(errands.signal)).toBe(1)
  expect(await exchange.forgetErased(errands.signal)).toBe(0)
  expect(due()).toEqual(['Bo', 'Cy'])
})

describe('what goes wrong on the line to the centre', () => {
  it('is borne where the line or the centre is the cause, and a mistake of the program is not hidden', async () => {
    const broken = await fetch('http://127.0.0.1:1/').catch((error: unknown) => error)
    const late = await fetch('http://127.0.0.1:1/', { signal: AbortSignal.abort() }).catch((error: unknown) => error)
    for (const error of [broken, late]) expect(() => bearLineTrouble(error)).not.toThrow()
    expect(() => bearLineTrouble(new TypeError('x is not a function'))).toThrow('x is not a function')
  })
})
