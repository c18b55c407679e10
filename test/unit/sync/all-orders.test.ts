import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allOrders } from '../../simulation/orders/all-orders.ts'
import { TwoTills } from '../../simulation/orders/two-tills.ts'
import { quickFolder } from '../../support/quick-folder.ts'

let two: TwoTills
const folder = mkdtempSync(join(quickFolder(), 'countermark-orders-'))
beforeAll(async () => {
  two = await TwoTills.open(folder)
}, 60_000)
afterAll(async () => {
  await two.close()
  rmSync(folder, { recursive: true, force: true })
})

/** `npm run test:orders` goes up to eight steps. */
const LENGTH = Number(process.env['ORDERS'] ?? 5)

it(`P02, P03: in every order of up to ${LENGTH} scans, claims, sales, returns, pushes and pulls of two tills nothing passes twice without being stopped or found`, async () => {
  const found = await allOrders(two, LENGTH)
  expect(found.byLength[LENGTH]).toBeGreaterThan(10)
  // Orders in which nothing went wrong, and ones in which something did and was found.
  expect(found.quiet).toBeGreaterThan(found.inDispute)
  expect(found.inDispute).toBeGreaterThan(0)
}, 1_200_000)
