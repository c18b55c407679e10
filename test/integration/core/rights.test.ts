import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneTill } from '../../support/core/one-till.ts'
import { checkIn, example, saleIn, scan, signIn } from '../../support/core/till.ts'

const at = oneTill({ beforeAll, afterAll })

it('lets a cashier sell and not void: that wants somebody with the right', async () => {
  await signIn(at.client)
  const sale = saleIn(await scan(at.client, await example(at.client, 'fresh-phone')))
  const refused = at.client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
  await expect(refused).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'void-sale' } } })
  expect(saleIn(await at.client.desk.view()).lines).toHaveLength(1)
  await at.client.session.signOut()
})

it('lets an auditor look, begins him at the start, and keeps the cashier’s sale out of his hands', async () => {
  const view = await signIn(at.client, 'auditor')
  expect(view.front.screen).toBe('home')
  await expect(at.client.desk.go({ to: 'sale', unitId: null })).rejects.toMatchObject({ data: { code: 'no-right' } })
  await expect(at.client.sale.begin()).rejects.toMatchObject({ data: { code: 'no-right' } })
  const looked = checkIn(await scan(at.client, await example(at.client, 'gs1-code')))
  expect(looked.at).toBe('result')
  expect((await at.client.desk.view()).session.at).toBe('signed-in')
})

it('keeps drawer, shift and reprints from whom the policy gives no right to them', async () => {
  for (const attempt of [
    () => at.client.devices.openDrawer({ deviceId: 'printer' }),
    () => at.client.shift.act({ action: { do: 'open', float_cents: 0 as never } }),
    () => at.client.papers.reprint({ documentId: 'any' }),
  ])
    await expect(attempt()).rejects.toMatchObject({ data: { code: 'no-right' } })
})

it('lets an auditor leave: the till is not locked by who looked at it', async () => {
  expect((await at.client.session.signOut()).session.at).toBe('signed-out')
  await signIn(at.client)
  expect(saleIn(await at.client.desk.go({ to: 'sale', unitId: null })).lines).toHaveLength(1)
})

it('tells a supervisor’s void from a cashier’s', async () => {
  await at.client.session.signOut()
  await signIn(at.client, 'supervisor')
  const sale = saleIn(await at.client.desk.go({ to: 'sale', unitId: null }))
  expect((await at.client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })).front.screen).toBe('home')
})

describe('a supervisor beside a cashier', () => {
  const INES = { staffId: 'staff-ines', pin: '2222' }

  it('voids a cashier’s sale with the own PIN: for this one act, and the cashier stays signed in', async () => {
    await at.client.session.signOut()
    await signIn(at.client)
    const sale = saleIn(await scan(at.client, await example(at.client, 'fresh-phone')))
    const voided = () => at.client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
    await expect(voided()).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'void-sale' } } })
    expect((await at.client.session.lenders({ right: 'void-sale' })).map(({ staffId }) => staffId)).toContain(INES.staffId)
    await at.client.session.stepUp({ right: 'void-sale', ...INES, reason: 'Customer left' })
    const after = await voided()
    expect(after.front.screen).toBe('home')
    expect(after.session).toMatchObject({ at: 'signed-in', person: { role: 'cashier' }, grant: null })
    const next = saleIn(await scan(at.client, await example(at.client, 'fresh-phone')))
    await expect(at.client.sale.act({ flowId: next.flowId, action: { do: 'void' } })).rejects.toMatchObject({ data: { code: 'no-right' } })
  })

  it('lends a right to a call that asks at its door, once', async () => {
    await at.client.session.stepUp({ right: 'settings', staffId: 'staff-jonas', pin: '3333', reason: 'New header' })
    const template = await at.client.papers.template()
    await at.client.papers.setTemplate(template)
    await expect(at.client.papers.setTemplate(template)).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'settings' } } })
  })

  it('is known by the badge under the scanner, and must still say the PIN', async () => {
    const view = await scan(at.client, 'BADGE-0003')
    expect(view.session).toMatchObject({ at: 'signed-in', person: { role: 'cashier' }, badge: INES.staffId })
    const wrong = at.client.session.stepUp({ right: 'void-sale', staffId: INES.staffId, pin: '9999', reason: 'Customer left' })
    await expect(wrong).rejects.toMatchObject({ data: { code: 'wrong-pin' } })
  })
})

describe('a payment card that is typed where it does not belong', () => {
  const CARD = '4111 1111 1111 1111'

  beforeAll(async () => {
    await at.client.session.signOut()
    await signIn(at.client, 'supervisor')
  })

  it.each(['note', 'name', 'card', 'email', 'address'] as const)('is refused in the %s of a customer, and nothing of it is kept', async (field) => {
    const details = { name: 'Ida Example', phone: '', email: '', card: '', address: '', note: '', language: null, [field]: `his card is ${CARD}` }
    const refused = at.client.customers.create({ details, consents: ['warranty'], flowId: null })
    await expect(refused).rejects.toMatchObject({ data: { code: 'card-number' } })
    expect(await at.client.customers.find({ text: 'Ida' })).toEqual([])
  })

  it('is refused as the reason of an act, and the number of an invoice is not', async () => {
    const { flowId } = saleIn(await at.client.sale.begin())
    await scan(at.client, 'MR-0204')
    const voided = (reason: string) => at.client.session.stepUp({ right: 'void-sale', staffId: 'staff-ines', pin: '2222', reason })
    await expect(voided(CARD)).rejects.toMatchObject({ data: { code: 'card-number' } })
    expect((await voided('invoice 2026-000123456')).session.at).toBe('signed-in')
    expect(flowId).not.toBe('')
  })
})
