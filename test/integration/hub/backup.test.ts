import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { openPostgres } from '../../../hub/database.ts'
import { enter, saleIn, scan, startTill, temporaryFolder, type Client, type RunningTill } from '../../support/core/till.ts'
import { STORE, SUPERVISOR } from '../../support/hub/chain.ts'
import { freePort, startHubProcess, type HubProcess } from '../../support/hub/hub-process.ts'
import { until } from '../../support/hub-shop.ts'

const place = mkdtempSync(join(tmpdir(), 'countermark-backup-'))
// PostgreSQL runs as another user where we are root.
chmodSync(place, 0o755)
const live = join(place, 'hub')
const copy = join(place, 'backup')
const folder = temporaryFolder()
let port = 0
let hub: HubProcess
let till: RunningTill
let client: Client
let leave: () => void

/** As the page about the centre says: stopped, and with owners and rights. */
const copyFolder = (from: string, to: string): void => expect(spawnSync('cp', ['-a', from, to]).status).toBe(0)

async function ask<Row>(text: string, values: readonly string[] = []): Promise<Row[]> {
  const [, , , at] = readFileSync(join(live, 'postgres/postmaster.pid'), 'utf8').split('\n')
  const db = openPostgres(`postgres://countermark:${readFileSync(join(live, 'postgres-password'), 'utf8').trim()}@127.0.0.1:${at}/postgres`, 1)
  try {
    return await db.query<Row>(text, values)
  } finally {
    await db.close()
  }
}

/** The machine is gone: the centre, its PostgreSQL and the disk. */
async function destroy(): Promise<void> {
  const pid = Number(readFileSync(join(live, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  await hub.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  await until(async () => existsSync(`/proc/${pid}`), (isThere) => !isThere)
  rmSync(live, { recursive: true, force: true })
}

function shelf(): string[] {
  const db = new Database(join(folder.path, 'mirror.db'), { readonly: true })
  try {
    return db
      .prepare(
        `SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
         WHERE u.title = 'ours' AND u.custody = 'in-stock' AND u.area = 'shelf' AND u.store_id = ? AND u.more IS NULL AND u.condition = 'new'
           AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1
           AND u.product_id = (SELECT product_id FROM units WHERE store_id = ? AND area = 'shelf' AND more IS NULL GROUP BY product_id ORDER BY count(*) DESC LIMIT 1)
         ORDER BY a.value LIMIT 3`,
      )
      .pluck()
      .all(STORE, STORE) as string[]
  } finally {
    db.close()
  }
}

async function sell(serial: string): Promise<void> {
  await client.desk.go({ to: 'sale', unitId: null })
  const { flowId } = saleIn(await client.sale.begin())
  await scan(client, serial)
  const asked = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
  if (asked.at !== 'tendering') throw new Error(`the sale is ${asked.at}`)
  await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: asked.due_cents } })
}

const nothingWaits = () => until(() => client.desk.view(), ({ sync }) => sync.waiting.events === 0 && sync.state === 'up-to-date', 40_000)
const soldAtCentre = async (serials: readonly string[]): Promise<number> =>
  (await ask<{ n: number }>("SELECT count(*)::bigint AS n FROM unit u JOIN unit_alias a ON a.unit_id = u.id WHERE u.title = 'sold' AND a.value IN ($1, $2, $3)", serials))[0]?.n ?? -1

const people = async (): Promise<number> => (await ask<{ n: number }>('SELECT count(*)::bigint AS n FROM customer WHERE sealed IS NOT NULL'))[0]?.n ?? -1

beforeAll(async () => {
  port = await freePort()
  hub = await startHubProcess(null, live, port, ['--demo', '--join-code'])
  const code = await until(async () => /Berlin.*--join (\S+)/u.exec(hub.said())?.[1] ?? '', (found) => found !== '', 40_000)
  till = await startTill(['--data', folder.path, '--till', 'T1', '--hub', `http://127.0.0.1:${port}`, '--join', code])
  ;({ client, close: leave } = await enter(till))
  await until(() => client.desk.view(), ({ sync }) => sync.state === 'up-to-date', 40_000)
  await client.session.signIn(SUPERVISOR)
  await client.shift.act({ action: { do: 'open', float_cents: cents(20_000) } })
}, 90_000)
afterAll(async () => {
  leave()
  await till.end()
  await hub.kill('SIGTERM')
  folder.remove()
  rmSync(place, { recursive: true, force: true })
})

it('P81: a centre that burnt down is put back from a copy of the week before, and the tills give it what it lost', async () => {
  const [before = '', lost = '', meanwhile = ''] = shelf()
  await sell(before)
  await nothingWaits()
  await hub.kill('SIGTERM')
  copyFolder(live, copy)

  hub = await startHubProcess(null, live, port)
  await client.sync.retry()
  await sell(lost)
  await client.customers.create({ details: { name: 'Ida Example', phone: '', email: 'ida@example.org', card: '', address: '', note: '', language: null }, consents: ['warranty'], flowId: null })
  await nothingWaits()
  await until(people, (count) => count === 1)
  expect(await soldAtCentre([before, lost, meanwhile])).toBe(2)

  await destroy()
  await sell(meanwhile)
  copyFolder(copy, live)
  hub = await startHubProcess(null, live, port, ['--restored'])
  await client.sync.retry()
  await until(() => soldAtCentre([before, lost, meanwhile]), (count) => count === 3, 40_000)
  await nothingWaits()
  await until(people, (count) => count === 1, 20_000)
  const money = await ask<{ n: number; rows: number }>("SELECT count(DISTINCT row_id)::bigint AS n, count(*)::bigint AS rows FROM booked WHERE book = 'sales'")
  expect(money).toEqual([{ n: 3, rows: 3 }])
  expect(await ask('SELECT case_id FROM conflict_case')).toEqual([])
  // What the copy held sealed is still to be read: the key lies in the folder that was copied.
  expect(existsSync(join(live, 'customer.key'))).toBe(true)
}, 150_000)
