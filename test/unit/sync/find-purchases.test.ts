import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { Errands } from '../../../electron/core/sync/errands.ts'
import { HubClient } from '../../../electron/core/sync/hub-client.ts'
import { ReceiptLine } from '../../../electron/core/sync/receipt-line.ts'
import type { TillKey } from '../../../electron/core/sync/till-key.ts'
import { openDoor, Refusal, type Answer } from '../../../hub/server.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'
import { newTillKey } from '../../support/hub/new-till-key.ts'

const PATH = '/v1/purchases/find'
const FOUND = { purchases: [], isMore: false }
const QUESTION = { from: '2026-11-22T23:00:00.000Z', until: '2026-11-23T23:00:00.000Z', least_cents: cents(2_500), most_cents: cents(3_000) }

let floor: ShopFloor
let key: TillKey
beforeAll(async () => {
  floor = new ShopFloor()
  key = await newTillKey(dirname(floor.ground.store.file))
})
afterAll(() => floor.close())

/** What this till hears from a centre with these ears; `isReached` false: it is away. */
async function heard(answers: Readonly<Record<string, () => Promise<Answer>>>, isReached = true) {
  const routes = Object.entries(answers).map(([path, answer]) => ({ method: 'POST' as const, path, answer }))
  const door = await openDoor({ host: '127.0.0.1', port: 0, routes, log: () => undefined })
  const client = new HubClient(door.url, 'till-T1', key)
  const line = new ReceiptLine({ ground: floor.ground, client: () => (isReached ? client : null), told: () => undefined, errands: new Errands() })
  try {
    return await line.search(QUESTION)
  } finally {
    await door.close()
  }
}

it('a centre that has an ear for it is asked for a purchase', async () => {
  expect(await heard({ [PATH]: () => Promise.resolve({ status: 200, json: FOUND }) })).toEqual(FOUND)
})

it.each([
  ['an older centre, which knows no such call', {}, true],
  ['a centre that is away', { [PATH]: () => Promise.resolve({ status: 200, json: FOUND }) }, false],
  ['a centre that was asked too often', { [PATH]: () => Promise.reject(new Refusal(429, 'too-many')) }, true],
  ['somebody who answers something else', { [PATH]: () => Promise.resolve({ status: 200, json: { purchases: 'all' } }) }, true],
] as const)('of %s the till hears nothing, and goes on with its own', async (_what, answers, isReached) => {
  expect(await heard(answers, isReached)).toBeNull()
})
