import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi, type MockInstance } from 'vitest'
import type { Core } from '../../../electron/core/start-core.ts'
import { setMeta } from '../../../electron/core/store/meta.ts'
import { openShop, startInProcess } from '../../support/core/till-in-process.ts'
import { temporaryFolder, withDemoMirror, type Client } from '../../support/core/till.ts'

const folder = temporaryFolder()
const line = new MessageChannel()
let core: Core
let client: Client
let written: MockInstance<typeof console.error>

beforeAll(async () => {
  withDemoMirror(folder.path)
  core = await startInProcess(folder.path)
  openShop(core)
  core.accept(line.port1, 'counter')
  client = createORPCClient<Client>(new RPCLink({ port: line.port2 }))
  line.port2.start()
})
beforeEach(() => {
  written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => written.mockRestore())
afterAll(async () => {
  line.port2.close()
  await core.stop()
  folder.remove()
})

const log = (): string => written.mock.calls.flat().join('\n')

/** The centre sends something nobody has foreseen: what is written in the mirror holds at once. */
function mirror(change: string): void {
  const db = new Database(join(folder.path, 'mirror.db'))
  db.exec(change)
  db.close()
}

it('a refusal, and a message of the wrong shape, are answers and no bugs', async () => {
  await expect(client.sale.recall({ flowId: 'nobody' })).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'no-such-flow' } })
  await expect(client.desk.go({ to: 'nowhere' as never, unitId: null })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(log()).toBe('')
})

it('what throws in a handler is written down with the call and its stack, and the window learns that it was not done', async () => {
  mirror('ALTER TABLE staff RENAME TO staff_away')
  await expect(client.session.people()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  mirror('ALTER TABLE staff_away RENAME TO staff')
  expect(log()).toMatch(/^session\.people: SqliteError: .*\n +at /)
})

it('an answer of the wrong shape is written down by where it is wrong and not by what it holds', async () => {
  mirror("UPDATE staff SET name = 'Kim Example', demo_pin = 7 WHERE id <> 'staff-ines'; UPDATE staff SET id = 'no id! ' || id WHERE id <> 'staff-ines'")
  await expect(client.session.people()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  expect(log()).toMatch(/^session\.people: [^]*staffId: /)
  expect(log()).not.toContain('Kim Example')
})

it('what a window listens to is written down as well', async () => {
  const views = await client.desk.changed()
  await views.next()
  core.shop.desk.ground.store.write((db) => setMeta(db, 'language', 'no language'))
  core.shop.desk.changed()
  await expect(views.next()).rejects.toThrow()
  expect(log()).toContain('desk.changed: ')
})
