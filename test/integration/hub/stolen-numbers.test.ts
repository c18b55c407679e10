import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { liftStolen, reportStolen } from '../../../hub/catalogue/stolen.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import type { Office } from '../../../hub/people/office.ts'
import { setDeviceState } from '../../../hub/sync/devices.ts'
import { checkIn, saleIn, scan } from '../../support/core/till.ts'
import { Chain, STORE, SUPERVISOR, type JoinedTill } from '../../support/hub/chain.ts'

let chain: Chain
let till: JoinedTill
let office: Office

beforeAll(async () => {
  chain = await Chain.start()
  till = await chain.join('T1')
  await till.client.session.signIn(SUPERVISOR)
  await till.client.shift.act({ action: { do: 'open', float_cents: cents(20_000) } })
  office = { ...chain.hub.ground, sealing: sealingWith(customerKey(undefined, chain.hub.ground.dataDir)) }
}, 90_000)
afterAll(() => chain.stop())

const report = (serial: string) => reportStolen(office, 'Ada', { serials: [serial], kind: 'stolen-reported', reference: 'P-77', reason: '' })

async function checked(text: string) {
  await till.client.desk.go({ to: 'check', unitId: null })
  const view = checkIn(await scan(till.client, text))
  return view.at === 'result' ? { outcome: view.verdict.outcome, stolen: view.verdict.findings.stolen.answer, quiet: view.verdict.quiet } : { outcome: view.at, stolen: '', quiet: false }
}

/** A GTIN of ours whose pieces have serials, and a piece of it on the shelf here. */
async function piece(nth: number): Promise<{ id: string; serial: string; gtin: string }> {
  const rows = await chain.ask<{ id: string; serial: string; product_id: string }>(
    `SELECT u.id, a.value AS serial, u.product_id FROM unit u JOIN unit_alias a ON a.unit_id = u.id AND a.kind = 'serial' WHERE u.store_id = $1 AND u.custody = 'in-stock'
     AND u.area = 'shelf' AND u.title = 'ours' AND u.more IS NULL AND u.condition = 'new' AND (SELECT count(*) FROM unit_alias b WHERE b.value = a.value) = 1 ORDER BY a.value LIMIT 20`, [STORE],
  )
  const row = rows[nth]
  const codes = await chain.ask<{ code: string }>("SELECT body::jsonb ->> 'code' AS code FROM record WHERE kind = 'product_codes' AND body::jsonb ->> 'product_id' = $1", [row?.product_id ?? ''])
  return { id: row?.id ?? '', serial: row?.serial ?? '', gtin: codes.find(({ code }) => /^\d{14}$/u.test(code))?.code ?? '' }
}

describe('a number that is reported stolen and that nobody has a piece of', () => {
  it('refuses at the till when it is scanned, however it is written, and says it quietly', async () => {
    expect(await checked('ZX-900-77001')).toMatchObject({ stolen: 'unknown' })
    expect(await report('ZX 900/77001')).toEqual({ known: 0, unknown: 1 })
    await expect.poll(() => checked('zx-900-77001')).toEqual({ outcome: 'ask-staff', stolen: 'flagged', quiet: true })
  })

  it('is no sale: neither as it is nor as the serial in a code of goods of ours, and a case is kept', async () => {
    const { gtin } = await piece(0)
    await report('STOLEN-5')
    await till.client.desk.go({ to: 'sale', unitId: null })
    const address = `https://id.gs1.org/01/${gtin}/21/STOLEN-5`
    await expect.poll(async () => saleIn(await scan(till.client, address)).notice?.code).toBe('stolen-quiet')
    const sale = saleIn(await scan(till.client, 'ZX-900-77001'))
    expect(sale).toMatchObject({ lines: [], notice: { code: 'stolen-quiet', tone: 'quiet' } })
    expect((await till.client.cases.list({ show: 'open' })).filter(({ kind, quiet }) => kind === 'quiet-hit' && quiet).length).toBeGreaterThanOrEqual(2)
  })

  it('knows an IMEI by its first fourteen digits', async () => {
    await report('35209900176148')
    await expect.poll(() => checked('352099001761481')).toMatchObject({ stolen: 'flagged' })
  })

  it('is forgotten again when the centre takes it off the list', async () => {
    await liftStolen(office, 'Ada', 'ZX 900/77001', 'found again')
    await expect.poll(() => checked('ZX-900-77001')).toMatchObject({ stolen: 'unknown' })
  })
})

describe('a piece that was reported stolen after this till had sold it', () => {
  it('is stolen here at once, though the centre has not applied the sale yet', async () => {
    const { id, serial } = await piece(1)
    const [device] = await chain.ask<{ till: string }>('SELECT till FROM device')
    await setDeviceState(chain.hub.ground, device?.till ?? '', 'held', 'a test')
    await till.client.desk.go({ to: 'sale', unitId: null })
    const open = saleIn(await scan(till.client, serial))
    const asked = saleIn(await till.client.sale.act({ flowId: open.flowId, action: { do: 'pay' } }))
    if (asked.at !== 'tendering') throw new Error(`the sale is ${asked.at}`)
    await till.client.sale.act({ flowId: open.flowId, action: { do: 'tender', kind: 'cash', given_cents: asked.due_cents } })
    expect(await checked(serial)).toMatchObject({ stolen: 'clear' })
    expect((await report(serial)).known).toBe(1)
    await expect.poll(() => checked(serial)).toMatchObject({ stolen: 'flagged', quiet: true })
    const [row] = await chain.ask<{ title: string }>('SELECT title FROM unit WHERE id = $1', [id])
    expect(row?.title).toBe('ours')
  }, 30_000)
})
