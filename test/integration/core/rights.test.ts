import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkIn, enter, example, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
})
afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

it('lets a cashier sell and not void: that wants somebody with the right', async () => {
  await signIn(client)
  const sale = saleIn(await scan(client, await example(client, 'fresh-phone')))
  const refused = client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
  await expect(refused).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'void-sale' } } })
  expect(saleIn(await client.desk.view()).lines).toHaveLength(1)
  await client.session.signOut()
})

it('lets an auditor look, begins him at the start, and keeps the cashier’s sale out of his hands', async () => {
  const view = await signIn(client, 'auditor')
  expect(view.front.screen).toBe('home')
  await expect(client.desk.go({ to: 'sale', unitId: null })).rejects.toMatchObject({ data: { code: 'no-right' } })
  await expect(client.sale.begin()).rejects.toMatchObject({ data: { code: 'no-right' } })
  const looked = checkIn(await scan(client, await example(client, 'gs1-code')))
  expect(looked.at).toBe('result')
  expect((await client.desk.view()).session.at).toBe('signed-in')
})

it('keeps drawer, shift and reprints from whom the policy gives no right to them', async () => {
  for (const attempt of [
    () => client.devices.openDrawer({ deviceId: 'printer' }),
    () => client.shift.act({ action: { do: 'open', float_cents: 0 as never } }),
    () => client.papers.reprint({ documentId: 'any' }),
  ])
    await expect(attempt()).rejects.toMatchObject({ data: { code: 'no-right' } })
})

it('lets an auditor leave: the till is not locked by who looked at it', async () => {
  expect((await client.session.signOut()).session.at).toBe('signed-out')
  await signIn(client)
  expect(saleIn(await client.desk.go({ to: 'sale', unitId: null })).lines).toHaveLength(1)
})

it('tells a supervisor’s void from a cashier’s', async () => {
  await client.session.signOut()
  await signIn(client, 'supervisor')
  const sale = saleIn(await client.desk.go({ to: 'sale', unitId: null }))
  expect((await client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })).front.screen).toBe('home')
})

describe('a supervisor beside a cashier', () => {
  const INES = { staffId: 'staff-ines', pin: '2222' }

  it('voids a cashier’s sale with the own PIN: for this one act, and the cashier stays signed in', async () => {
    await client.session.signOut()
    await signIn(client)
    const sale = saleIn(await scan(client, await example(client, 'fresh-phone')))
    const voided = () => client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
    await expect(voided()).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'void-sale' } } })
    expect((await client.session.lenders({ right: 'void-sale' })).map(({ staffId }) => staffId)).toContain(INES.staffId)
    await client.session.stepUp({ right: 'void-sale', ...INES, reason: 'Customer left' })
    const after = await voided()
    expect(after.front.screen).toBe('home')
    expect(after.session).toMatchObject({ at: 'signed-in', person: { role: 'cashier' }, grant: null })
    const next = saleIn(await scan(client, await example(client, 'fresh-phone')))
    await expect(client.sale.act({ flowId: next.flowId, action: { do: 'void' } })).rejects.toMatchObject({ data: { code: 'no-right' } })
  })

  it('lends a right to a call that asks at its door, once', async () => {
    await client.session.stepUp({ right: 'settings', staffId: 'staff-jonas', pin: '3333', reason: 'New header' })
    const template = await client.papers.template()
    await client.papers.setTemplate(template)
    await expect(client.papers.setTemplate(template)).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'settings' } } })
  })

  it('is known by the badge under the scanner, and must still say the PIN', async () => {
    const view = await scan(client, 'BADGE-0003')
    expect(view.session).toMatchObject({ at: 'signed-in', person: { role: 'cashier' }, badge: INES.staffId })
    const wrong = client.session.stepUp({ right: 'void-sale', staffId: INES.staffId, pin: '9999', reason: 'Customer left' })
    await expect(wrong).rejects.toMatchObject({ data: { code: 'wrong-pin' } })
  })
})
