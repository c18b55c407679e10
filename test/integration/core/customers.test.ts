import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonDetails } from '../../../contract/customer.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { smtpServer, type SmtpServer } from '../../support/mail/smtp-server.ts'
import { enter, example, payInCash, returnIn, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

const ROSA: PersonDetails = {
  name: 'Rosa Núñez', phone: '+49 171 5550123', email: 'rosa@example.org', card: 'CM-7712', address: '', note: '', language: 'es',
}
const folder = temporaryFolder()
let server: SmtpServer
let till: RunningTill
let client: Client
let leave: () => void

async function start(): Promise<void> {
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
}

beforeAll(async () => {
  withDemoMirror(folder.path)
  // A shop that wants to know who takes a phone of more than a thousand.
  const mirror = new Database(join(folder.path, 'mirror.db'))
  const policy = { ...DEMO_POLICY, version: 'needs-customers', customerNeeded: [{ category: 'laptop', from_cents: 1 }] }
  mirror.prepare('INSERT INTO policies VALUES (?, ?, ?)').run(policy.version, '2020-01-02T00:00:00.000Z', JSON.stringify(policy))
  mirror.prepare("DELETE FROM policies WHERE version = 'demo-1'").run()
  mirror.close()
  server = await smtpServer()
  await start()
  await signIn(client, 'manager')
  await client.desk.setLanguage({ language: 'en' })
})
afterAll(async () => {
  leave()
  await till.end()
  await server.close()
  folder.remove()
})

const refusal = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as object })

const pay = (flowId: string) => payInCash(client, flowId)

describe('a customer at the counter', () => {
  let customerId = ''
  let documentId = ''
  let unitId = ''

  it('is made in one call, put into the sale, and found by card, telephone and name', async () => {
    const { flowId } = saleIn(await client.sale.begin())
    const card = await client.customers.create({ details: ROSA, consents: ['receipts'], flowId })
    customerId = card.customerId
    expect((await client.desk.view()).customer).toEqual({ customerId, name: 'Rosa Núñez', email: true, news: 0 })
    for (const text of ['nunez', '0171 5550123', 'cm-7712', 'ROSA@example.org'])
      expect((await client.customers.find({ text })).map((one) => one.customerId), text).toEqual([customerId])
    expect((await client.search.find({ text: 'rosa' })).map((hit) => hit.kind)).toContain('customer')
  })

  it('is refused without anything to be found by, and with a card of somebody else', async () => {
    const nobody = { ...ROSA, name: '', phone: '', email: '', card: '' }
    await expect(client.customers.create({ details: nobody, consents: [], flowId: null })).rejects.toEqual(refusal('customer-empty'))
    await expect(client.customers.create({ details: ROSA, consents: [], flowId: null })).rejects.toEqual(refusal('card-taken'))
    await expect(client.customers.create({ details: { ...ROSA, name: 'ر'.repeat(10_000) }, consents: [], flowId: null })).rejects.toThrow()
  })

  it('P69: stays with the sale, and a return or a claim begins from what this customer bought', async () => {
    const serial = await example(client, 'fresh-phone')
    const sale = saleIn(await scan(client, serial))
    const paid = await pay(sale.flowId)
    ;({ documentId } = paid)
    const { purchases, card } = await client.customers.view({ customerId })
    expect(card.purchases).toBe(1)
    expect(purchases[0]).toMatchObject({ number: paid.receiptNumber, documentId })
    unitId = purchases[0]?.lines[0]?.unitId ?? ''
    const back = returnIn(await client.desk.go({ to: 'return', unitId, shown: 'picked' }))
    // Nobody has held it yet: no money goes back for a line of a list.
    expect(back).toMatchObject({ at: 'assess', toScan: true, missing: expect.arrayContaining(['scan-piece']) })
    expect(returnIn(await scan(client, serial))).toMatchObject({ at: 'assess', toScan: false })
  })

  it('comes into the next sale by a card under the scanner', async () => {
    await client.desk.go({ to: 'home', unitId: null })
    const view = await scan(client, 'CM-7712')
    expect(view.front.screen).toBe('sale')
    expect(view.customer?.customerId).toBe(customerId)
    expect(view.alarm).toMatchObject({ code: 'customer-in-sale' })
    const { flowId } = saleIn(view)
    expect((await client.customers.choose({ flowId, customerId: null })).customer).toBeNull()
  })

  it('waits with a parked sale and comes back with it, also when others were served in between', async () => {
    const { flowId } = saleIn(await scan(client, await example(client, 'plain-article')))
    await client.customers.choose({ flowId, customerId })
    const parked = await client.sale.act({ flowId, action: { do: 'park', name: 'red coat' } })
    expect(parked.customer).toBeNull()
    const next = saleIn(await client.sale.begin())
    expect(next.flowId).not.toBe(flowId)
    expect((await client.desk.view()).customer).toBeNull()
    const back = await client.sale.recall({ flowId })
    expect(saleIn(back)).toMatchObject({ flowId, lines: [{ tracking: 'plain' }] })
    expect(back.customer).toMatchObject({ customerId, name: 'Rosa Núñez' })
    await client.customers.choose({ flowId, customerId: null })
    await client.sale.act({ flowId, action: { do: 'void' } })
  })

  it('is only hinted at to a cashier, in the sale too', async () => {
    await client.session.signOut()
    await signIn(client, 'cashier')
    const { flowId } = saleIn(await client.sale.begin())
    await client.customers.choose({ flowId, customerId })
    const [card] = await client.customers.find({ text: 'nunez' })
    expect(card).toMatchObject({ masked: true, details: { name: 'R••• N•••', email: 'r•••@e•••.org' } })
    expect((await client.desk.view()).customer?.name).toBe('R••• N•••')
    const [wanted] = (await client.search.everywhere({ text: 'camera', where: 'here', condition: 'new', coverDays_min: 0 })).pieces
    await client.reservations.reserve({ unitId: wanted?.unitId ?? '', customer: 'Ida Example', days: 3, send: false })
    expect(await client.reservations.view()).toMatchObject([{ unitId: wanted?.unitId, customer: 'I••• E•••' }])
    await expect(client.customers.tell({ customerId })).rejects.toEqual(refusal('no-right'))
    await expect(client.customers.erase({ customerId })).rejects.toEqual(refusal('no-right'))
    await client.session.signOut()
    await signIn(client, 'manager')
    expect(await client.reservations.view()).toMatchObject([{ customer: 'Ida Example' }])
  })

  it('gets the receipt as a PDF letter: at once, after a power cut, and when the line is back', async () => {
    const first = await client.papers.email({ documentId, to: null })
    expect(first).toMatchObject({ to: 'r•••@e•••.org' })
    await expect.poll(async () => (await client.papers.mails())[0]?.why).toBe('no-settings')
    leave()
    await till.end('SIGKILL')
    await start()
    const settings = { host: '127.0.0.1', port: server.port, security: 'none', user: '', from: 'till@shop.example' } as const
    expect(await client.papers.setMailSettings({ settings, password: 'secret' })).toEqual({ settings, hasPassword: true })
    await expect.poll(() => server.delivered.length).toBe(1)
    const [letter] = server.delivered
    expect(letter?.to).toEqual(['rosa@example.org'])
    expect(letter?.data).toContain('application/pdf')
    const base64 = /filename=\S+\.pdf\r\n(?:\S+:[^\r]*\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/.exec(letter?.data ?? '')?.[1] ?? ''
    expect(Buffer.from(base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    // The customer speaks Spanish, whatever the till speaks.
    expect(letter?.data).toMatch(/Content-Language: es/i)
    await expect.poll(async () => (await client.papers.mails())[0]?.state).toBe('sent')
    expect((await client.desk.view()).mails).toEqual({ waiting: 0, refused: 0 })
  }, 40_000)

  it('says nothing to whoever copies the files: no name, no address, no password stands in them', async () => {
    const files = ['shop.db', 'shop.db-wal'].map((name) => readFileSync(join(folder.path, name)).toString('latin1')).join('')
    for (const secret of ['Rosa', 'rosa@', '5550123', 'CM-7712', 'secret']) expect(files.includes(secret), secret).toBe(false)
  })

  it('is asked for where the policy says so, and nowhere else', async () => {
    const laptops = (await client.search.find({ text: 'laptop' })).filter((hit) => hit.kind === 'product')
    let piece: string | undefined
    for (const laptop of laptops) {
      if (laptop.kind !== 'product') continue
      const [first] = await client.search.pieces({ productId: laptop.productId })
      if (first?.kind === 'unit') piece ??= first.scan
    }
    const { flowId } = saleIn(await client.sale.begin())
    await scan(client, piece ?? '')
    await expect(client.sale.act({ flowId, action: { do: 'pay' } })).rejects.toEqual(refusal('customer-needed'))
    await client.customers.choose({ flowId, customerId })
    expect((await pay(flowId)).at).toBe('paid')
  })

  it('is told all that is kept, and erased for good without touching what was sold', async () => {
    const told = await client.customers.tell({ customerId })
    expect(told.text).toContain('Rosa Núñez')
    expect((await client.customers.view({ customerId })).purchases.length).toBe(2)
    await client.customers.erase({ customerId })
    expect(await client.customers.find({ text: 'nunez' })).toEqual([])
    await expect(client.customers.view({ customerId })).rejects.toEqual(refusal('no-such-customer'))
    expect((await client.units.timeline({ unitId })).some((entry) => entry.kind === 'sold')).toBe(true)
    expect((await client.papers.view({ documentId })).kind).toBe('sale')
    expect((await client.papers.mails())[0]?.to).toBe('')
  })

  it('cannot be read without the key, and the till says so in place of making a new one', async () => {
    await client.customers.create({ details: { ...ROSA, card: 'CM-2' }, consents: [], flowId: null })
    leave()
    await till.end()
    rmSync(join(folder.path, 'customer.key'))
    await start()
    expect(await client.customers.find({ text: '' })).toEqual([])
    await expect(client.customers.create({ details: { ...ROSA, card: 'CM-3' }, consents: [], flowId: null })).rejects.toEqual(refusal('customers-locked'))
  })
})

describe('the figures of the day', () => {
  it('count what was scanned, what was typed, and how long a sale took', async () => {
    const { chosen, days, today } = await client.figures.counter({ day: null })
    expect(chosen).toMatchObject({ day: today, sales: 2, pieces: 2 })
    expect(chosen.serialsTyped).toBeGreaterThanOrEqual(2)
    expect(chosen.saleMedian_s).toBeGreaterThanOrEqual(0)
    expect(chosen.byHour.reduce((sum, sales) => sum + sales, 0)).toBe(2)
    expect(days.at(-1)).toMatchObject({ day: today, sales: 2, gross_cents: chosen.gross_cents })
  })
})
