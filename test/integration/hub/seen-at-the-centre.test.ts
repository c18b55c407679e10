import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFloorCases } from '../../../hub/tills/floor-case-list.ts'
import { listTills } from '../../../hub/tills/till-list.ts'
import { AtKiosk } from '../../support/core/kiosk.ts'
import { returnIn } from '../../support/core/till.ts'
import { Chain, SUPERVISOR, type JoinedTill } from '../../support/hub/chain.ts'

let chain: Chain
let kiosk: JoinedTill

beforeAll(async () => {
  chain = await Chain.start()
  kiosk = await chain.join('K1', '--seat', 'kiosk')
}, 180_000)
afterAll(() => chain.stop())

const floor = (state: 'open' | 'settled') => listFloorCases(chain.hub.ground.db, state)

/** A piece that is reported stolen, by a number on it. */
async function stolenSerial(): Promise<string> {
  const [row] = await chain.ask<{ value: string }>(
    `SELECT a.value FROM unit u JOIN unit_alias a ON a.unit_id = u.id AND a.kind = 'serial' WHERE u.more LIKE '%stolen-reported%' AND u.title = 'sold'
     AND (SELECT count(*) FROM unit_alias b WHERE b.value = a.value) = 1 ORDER BY a.value LIMIT 1`,
  )
  return row?.value ?? ''
}

describe('a customer whom the kiosk cannot help alone', () => {
  it('is seen at the centre with the piece and the reason, and with no word about the customer', async () => {
    const at = new AtKiosk(kiosk.client)
    await at.begin('return')
    const serial = await stolenSerial()
    expect((await at.scan(serial)).at).toBe('colleague')
    await expect.poll(() => floor('open')).toMatchObject([{ source: 'hand-over', kind: 'verdict', state: 'waiting', quiet: true, tillName: 'K1', storeName: expect.any(String) as string }])
    expect((await chain.ask<{ value: string }>('SELECT value FROM unit_alias WHERE unit_id = $1', [(await floor('open'))[0]?.unitId ?? ''])).map(({ value }) => value)).toContain(serial)
    const told = await chain.ask<{ body: string }>("SELECT body FROM booked WHERE book LIKE 'case%' OR book LIKE 'hand_over%'")
    for (const { body } of told) expect(Object.keys(JSON.parse(body) as object).filter((column) => ['who', 'body', 'text', 'staff_id', 'language', 'from_name'].includes(column))).toEqual([])
  })

  it('has left when the kiosk is wiped, and is not told as waiting any more', async () => {
    await new AtKiosk(kiosk.client).act({ do: 'finish' })
    await expect.poll(() => floor('open')).toMatchObject([{ source: 'hand-over', state: 'left' }])
  })
})

describe('a case of a till', () => {
  let client: JoinedTill['client']
  beforeAll(async () => {
    client = (await chain.join('T1')).client
  }, 90_000)

  it('closes at the centre when it is closed where its file lies, and opens again', async () => {
    await client.session.signIn(SUPERVISOR)
    await client.desk.go({ to: 'return', unitId: null })
    const stolen = returnIn(await client.desk.scan({ text: await stolenSerial(), via: 'typed', aim: null }))
    await client.returns.act({ flowId: stolen.flowId, action: { do: 'hand-over' } })
    const [own] = await client.cases.list({ show: 'open' })
    if (own === undefined) throw new Error('no case was opened')
    const atCentre = async (state: 'open' | 'settled') => (await floor(state)).some(({ id, tillName }) => id === own.caseId && tillName === 'T1')
    await expect.poll(() => atCentre('open')).toBe(true)
    await client.cases.close({ caseId: own.caseId, text: 'Ida Example has her bicycle back' })
    await expect.poll(() => atCentre('settled')).toBe(true)
    await client.cases.reopen({ caseId: own.caseId, text: 'it was another bicycle' })
    await expect.poll(() => atCentre('open')).toBe(true)
    const told = await chain.ask<{ body: string }>("SELECT body FROM journal WHERE kind = 'booked'")
    for (const { body } of told) expect(body).not.toMatch(/Ida Example|another bicycle/u)
  })
})

describe('the health of a till', () => {
  const seen = async () => (await listTills(chain.hub.ground.db, Date.now())).find(({ name }) => name === 'K1')

  it('is told: that it is a kiosk, and that staff have closed it', async () => {
    await expect.poll(seen).toMatchObject({ seat: 'kiosk', isClosed: false, troubles: [], health: 'well', behind: 0 })
    await kiosk.client.kiosk.door({ action: { do: 'ask' } })
    await kiosk.client.kiosk.openDoor({ pin: SUPERVISOR.pin })
    await kiosk.client.kiosk.door({ action: { do: 'close-kiosk' } })
    await expect.poll(seen).toMatchObject({ isClosed: true, health: 'troubled' })
    expect(await chain.ask("SELECT till FROM device WHERE health LIKE '%Ines%'")).toEqual([])
  })

  it('is silence when nothing came for long, whatever was told before', async () => {
    const later = Date.now() + 3_600_000
    expect((await listTills(chain.hub.ground.db, later)).map(({ health }) => health)).toEqual(['silent', 'silent'])
  })
})
