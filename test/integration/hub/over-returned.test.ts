import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventBody } from '../../../contract/sync/event-body.ts'
import { openPostgres, type Database } from '../../../hub/database.ts'
import { migrate } from '../../../hub/migrate.ts'
import { OVER_RETURNED, writeReceipts } from '../../../hub/sync/receipts.ts'
import { startPostgres, type TestPostgres } from '../../support/hub-office.ts'
import { until } from '../../support/hub-shop.ts'

let postgres: TestPostgres
let db: Database

beforeAll(async () => {
  postgres = await startPostgres()
  db = openPostgres(await postgres.database('over_returned'), 4)
  await migrate(db)
}, 90_000)
afterAll(async () => {
  await db.close()
  await postgres.stop()
})

type Told = Parameters<typeof writeReceipts>[2]

/** What a till tells of one booked row, as far as the receipts read it. */
const told = (book: string, key: string, row: Record<string, string | number>, storeId = 'store-berlin'): Told =>
  [{ event: { storeId, at: '2026-03-02T10:00:00.000Z', rows: [{ book, key, row }] } as unknown as EventBody }]
const bought = (sale: string, quantity: number): Told => told('sale_lines', `${sale}-line`, { id: `${sale}-line`, sale_id: sale, quantity })
const back = (sale: string, id: string, quantity: number, storeId?: string): Told =>
  told('return_lines', id, { id, sale_id: sale, sale_line_id: `${sale}-line`, quantity }, storeId)
const applied = (till: string, events: Told): Promise<void> => db.transaction((tx) => writeReceipts(tx, till, events))
const cases = (sale: string) =>
  db.query<{ state: string; store_id: string }>('SELECT state, store_id FROM floor_case WHERE case_id = $1 AND kind = $2', [`${sale}-line`, OVER_RETURNED])
const settle = (sale: string) => db.touch("UPDATE floor_case SET state = 'closed' WHERE case_id = $1", [`${sale}-line`])
const waits = async (): Promise<boolean> => (await db.query('SELECT 1 FROM pg_locks WHERE NOT granted')).length > 0

/** Two tills are applied at once: the second begins, and gets as far as it can, before the first has committed. */
async function atOnce(first: Told, second: Told): Promise<void> {
  let commit = (): void => undefined
  const isAsked = new Promise<void>((resolve) => (commit = resolve))
  let isWritten = false
  const one = db.transaction(async (tx) => {
    await writeReceipts(tx, 'till-T1', first)
    isWritten = true
    await isAsked
  })
  await until(() => Promise.resolve(isWritten), Boolean)
  let isThrough = false
  const two = applied('till-L1', second).finally(() => (isThrough = true))
  await until(async () => isThrough || (await waits()), Boolean)
  commit()
  await Promise.all([one, two])
}

describe('more plain goods back than were bought', { timeout: 30_000 }, () => {
  it('are found where two tills that were cut off tell of it at the same moment', async () => {
    await applied('till-T1', bought('s1', 3))
    await atOnce(back('s1', 'r1', 2), back('s1', 'r2', 2))
    expect(await cases('s1')).toMatchObject([{ state: 'open' }])
  })

  it('are found where the till that sold them tells last, or at the same moment', async () => {
    await applied('till-L1', back('s2', 'r1', 2))
    expect(await cases('s2')).toEqual([])
    await applied('till-T1', bought('s2', 1))
    expect(await cases('s2')).toMatchObject([{ state: 'open' }])
    await atOnce(bought('s3', 1), back('s3', 'r1', 2))
    expect(await cases('s3')).toMatchObject([{ state: 'open' }])
  })

  it('are looked at again where still more comes back after somebody settled it, and not for what was told before', async () => {
    await applied('till-T1', bought('s4', 1))
    await applied('till-T1', back('s4', 'r1', 2))
    await settle('s4')
    await applied('till-T1', back('s4', 'r1', 2))
    expect(await cases('s4')).toMatchObject([{ state: 'closed' }])
    await applied('till-L1', back('s4', 'r2', 1, 'store-lyon'))
    expect(await cases('s4')).toEqual([{ state: 'open', store_id: 'store-lyon' }])
  })

  it('are nothing to look at as long as no more came back than was bought', async () => {
    await applied('till-T1', bought('s5', 3))
    await atOnce(back('s5', 'r1', 2), back('s5', 'r2', 1))
    expect(await cases('s5')).toEqual([])
  })
})
