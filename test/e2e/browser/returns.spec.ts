import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, payInCash, returnIn, saleIn, signIn as signInCore } from '../../support/core/till.ts'
import { troublesOn } from '../axe.ts'
import { goToReturn, press, type } from '../fingers.ts'

/**
 * What comes back over the counter, by a person with a screen: from the unit, from the receipt, by exception, exchanged,
 * bought. Pauses of two seconds stand for a person who reads and decides.
 */
const at = oneTill(test)

test.describe.configure({ mode: 'default' })

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signInCore(at.client, 'supervisor')
})

/** A person decides once in two seconds. */
const DECISION_MS = 2_000
const STAFFED_RETURN_MS = 45_000

/** A scan as the till hears it from any device. */
const scan = (text: string) => at.client.desk.scan({ text, via: 'typed', aim: null })

async function open(page: Page): Promise<void> {
  await at.client.desk.go({ to: 'home', unitId: null })
  await page.goto(at.till.url)
  await expect(page.getByRole('search')).toBeVisible()
}

/** Sells what is scanned for cash and answers the receipt. */
async function sold(...texts: string[]): Promise<string> {
  await at.client.desk.go({ to: 'sale', unitId: null })
  for (const text of texts) await scan(text)
  return paid(saleIn(await at.client.desk.view()).flowId)
}

/** Takes the money for the cart in cash and answers the receipt. */
const paid = async (flowId: string): Promise<string> => (await payInCash(at.client, flowId)).receiptNumber

/** A piece of the shelf that no test of this file has had. */
async function fresh(story: string): Promise<string> {
  return example(at.client, story)
}

/** A piece for sale here of the same article as the given one: the last on the shelf, as the examples take the first. */
async function twinOf(serial: string): Promise<string> {
  const piece = await at.client.service.findPiece({ text: serial })
  const { unit } = await at.client.service.unit({ unitId: piece?.unitId ?? '' })
  const twins = (await at.client.search.pieces({ productId: unit.productId })).flatMap((hit) => (hit.kind === 'unit' && hit.scan !== serial ? [hit.scan] : []))
  return twins.at(-1) ?? ''
}

/** Another person comes to the till: whoever was there goes. */
async function takeOver(role: string): Promise<void> {
  await at.client.session.signOut()
  await signInCore(at.client, role)
}

/** Says why a piece is replaced, and sees that it was heard. */
async function replaceFor(page: Page, why: string): Promise<void> {
  await page.getByRole('radio', { name: why }).click()
  await expect(page.getByRole('radio', { name: why })).toBeChecked()
}

/** Finishes the exchange in front, with the approval it may still want. */
async function finishExchange(page: Page): Promise<void> {
  const approval = page.getByRole('button', { name: 'Get approval' })
  const finish = page.getByRole('button', { name: 'Finish the exchange' })
  await expect(approval.or(finish)).toBeEnabled()
  if (await approval.isVisible()) {
    await approval.click()
    await page.getByRole('dialog').getByRole('radio').first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  }
  await finish.click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
}

const main = (page: Page) => page.getByRole('main')

test('a return by unit scan takes at most 45 s for a person who needs 2 s a decision', async ({ page }) => {
  const serial = await fresh('fresh-phone')
  await sold(serial)
  await open(page)
  const began = Date.now()
  const decide = (act: () => Promise<unknown>) => page.waitForTimeout(DECISION_MS).then(act)
  await decide(() => goToReturn(page))
  await decide(() => scan(serial))
  await expect(page.getByRole('heading', { name: 'May come back' })).toBeVisible()
  await decide(() => page.getByRole('radio', { name: 'Changed mind' }).click())
  await decide(() => page.getByRole('button', { name: 'All in order' }).click())
  await decide(() => page.getByRole('radio', { name: 'Open box' }).click())
  const refund = page.getByRole('button', { name: /^Refund / })
  const approval = page.getByRole('button', { name: 'Get approval' })
  await expect(refund.or(approval)).toBeEnabled()
  if (await approval.isVisible()) {
    await decide(() => approval.click())
    await decide(() => page.getByRole('radio', { name: 'Looked at the piece' }).or(page.getByRole('dialog').getByRole('radio').first()).first().click())
    await decide(() => page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click())
  }
  await decide(() => refund.click())
  await expect(page.getByRole('heading', { name: 'Refunded' })).toBeVisible()
  const took_ms = Date.now() - began
  test.info().annotations.push({ type: 'measured', description: `a staffed return by unit scan: ${(took_ms / 1_000).toFixed(1)} s` })
  expect(took_ms).toBeLessThanOrEqual(STAFFED_RETURN_MS)
})

test('a remark moves nothing that a hand may be on its way to', async ({ page }) => {
  const serial = await example(at.client, 'may-be-returned')
  await open(page)
  await goToReturn(page)
  await scan(serial)
  const places = async () => [await page.locator('.verdict-head').boundingBox(), await page.getByRole('radio', { name: 'Changed mind' }).locator('..').boundingBox()]
  await expect(page.getByRole('heading', { name: 'May come back' })).toBeVisible()
  const before = await places()
  await scan(serial)
  await expect(page.locator('.notice')).toBeVisible()
  expect(await places()).toEqual(before)
  expect(await troublesOn(page)).toEqual([])
  await at.client.returns.act({ flowId: returnIn(await at.client.desk.view()).flowId, action: { do: 'start-over' } })
})

test('a receipt shows its lines; plain goods come back by how many', async ({ page }) => {
  const plain = await example(at.client, 'plain-article')
  const receipt = await sold(plain, plain, plain)
  await open(page)
  await scan(receipt)
  await expect(page.getByRole('heading', { name: new RegExp(receipt) })).toBeVisible()
  await page.getByRole('button', { name: 'One more' }).click()
  await page.getByRole('button', { name: /^Return: / }).click()
  await page.getByRole('radio', { name: 'Changed mind' }).click()
  await page.getByRole('radio', { name: /^New/ }).click()
  await page.getByRole('button', { name: /^Refund / }).click()
  await expect(page.getByRole('heading', { name: 'Refunded' })).toBeVisible()
  await scan(receipt)
  await expect(page.getByRole('main')).toContainText('1 of 3 can come back')
  const view = returnIn(await at.client.desk.view())
  await at.client.returns.act({ flowId: view.flowId, action: { do: 'start-over' } })
})

test('a photograph is drawn anew and kept small; a file of 100 MB is refused in words', async ({ page }) => {
  await open(page)
  await at.client.desk.go({ to: 'return', unitId: null })
  await scan(await example(at.client, 'may-be-returned'))
  const file = page.locator('input[type=file]')
  await expect(file).toHaveCount(1)
  const png = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 3_000
    canvas.height = 2_000
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('no canvas')
    for (let place = 0; place < 400; place += 1) {
      pen.fillStyle = `hsl(${place * 37} 80% ${place % 90}%)`
      pen.fillRect((place % 20) * 150, Math.floor(place / 20) * 100, 150, 100)
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  await file.setInputFiles({ name: 'piece.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
  await expect(page.getByRole('img', { name: 'Photograph 1' })).toBeVisible()
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    const files = new DataTransfer()
    files.items.add(new File([new Blob([new Uint8Array(100 * 1024 * 1024)])], 'huge.jpg', { type: 'image/jpeg' }))
    if (input === null) throw new Error('no file field')
    input.files = files.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await expect(page.getByRole('alert')).toContainText('100 MB, at most 40 MB')
  await file.setInputFiles({ name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
  await expect(page.getByRole('alert')).toContainText('no picture')
  const view = returnIn(await at.client.desk.view())
  await at.client.returns.act({ flowId: view.flowId, action: { do: 'start-over' } })
})

test('a faulty piece that is covered may be mended in place of the money: offered, and the customer chooses', async ({ page }) => {
  const serial = await fresh('open-box')
  await sold(serial)
  await open(page)
  await goToReturn(page)
  await scan(serial)
  await expect(page.getByRole('heading', { name: 'May come back' })).toBeVisible()
  await page.getByRole('radio', { name: 'Changed mind' }).click()
  await expect(page.getByRole('region', { name: 'Still covered' })).toHaveCount(0)
  await page.getByRole('radio', { name: 'Does not work properly' }).click()
  await expect(page.getByRole('region', { name: 'Still covered' })).toContainText('in place of the money')
  await page.getByRole('button', { name: 'Repair or replace instead' }).click()
  await page.getByLabel('What is wrong?').fill('Does not start')
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(page.getByRole('article')).toContainText('Taken in')
  const { front } = await at.client.desk.view()
  expect(front.screen === 'return' && front.return.at === 'scan' && front.return.pieces).toEqual([])
})

test('an exchange shows old and new side by side and leaves one paper', async ({ page }) => {
  const serial = await fresh('gs1-code')
  const receipt = await sold(serial)
  expect(receipt).not.toBe('')
  await open(page)
  await at.client.desk.go({ to: 'exchange', unitId: null })
  await scan(serial)
  await scan(await example(at.client, 'open-box'))
  await expect(page.getByRole('table')).toContainText('Condition')
  await page.getByRole('radio', { name: 'Wrong item' }).click()
  await page.getByRole('radio', { name: 'Open box' }).click()
  const finish = page.getByRole('button', { name: /Paid in cash|Finish the exchange/ })
  await expect(finish).toBeEnabled()
  await finish.click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
})

test('a replacement under warranty: the same article goes over the counter, the cover goes along, and no money moves', async ({ page }) => {
  const old = await fresh('window-over')
  const twin = await twinOf(old)
  await open(page)
  await page.getByRole('button', { name: 'Exchange', exact: true }).click()
  await replaceFor(page, 'Replacement under warranty')
  await scan(old)
  await expect(page.getByRole('heading', { name: 'Now scan the piece that goes for it' })).toBeVisible()
  await scan(twin)
  await expect(main(page)).toContainText('Nothing to pay')
  await expect(main(page)).toContainText('Cover that goes along')
  await page.getByRole('radio', { name: 'Does not work properly' }).click()
  await page.getByRole('radio', { name: 'Damaged' }).click()
  await finishExchange(page)
  const paper = page.locator('.paid__paper')
  for (const words of ['REPLACEMENT', old, twin]) await expect(paper).toContainText(words)
  await expect(page.locator('.paid__change')).toHaveCount(0)
})

test('dead on arrival: only the same article steps in, and it stands on the receipt of the first one', async ({ page }) => {
  const old = await fresh('fresh-phone')
  const twin = await twinOf(old)
  const receipt = await sold(old)
  await open(page)
  await page.getByRole('button', { name: 'Exchange', exact: true }).click()
  await replaceFor(page, 'Dead on arrival')
  await scan(old)
  await expect(page.getByRole('heading', { name: 'Now scan the piece that goes for it' })).toBeVisible()
  await scan(await example(at.client, 'frame-number'))
  await page.getByRole('radio', { name: 'Never worked' }).click()
  await page.getByRole('radio', { name: 'Damaged' }).click()
  await expect(main(page)).toContainText('the same article')
  await expect(page.getByRole('button', { name: 'Finish the exchange' })).toBeDisabled()
  await scan(twin)
  await expect(main(page)).not.toContainText('the same article')
  await finishExchange(page)
  await expect(page.locator('.paid__paper')).toContainText('REPLACEMENT')

  await goToReturn(page)
  await scan(twin)
  await expect(page.getByRole('heading', { name: 'May come back' })).toBeVisible()
  await expect(main(page)).toContainText(`receipt ${receipt}`)
  const view = returnIn(await at.client.desk.view())
  await at.client.returns.act({ flowId: view.flowId, action: { do: 'start-over' } })
})

test('a cashier gives back more than the limit: a colleague answers for it at the same till, and the cashier stays signed in', async ({ page }) => {
  await takeOver('cashier')
  const serial = await fresh('fresh-phone')
  await sold(serial)
  await open(page)
  await goToReturn(page)
  await scan(serial)
  await expect(page.getByRole('heading', { name: 'May come back' })).toBeVisible()
  await page.getByRole('radio', { name: 'Changed mind' }).click()
  await page.getByRole('button', { name: 'All in order' }).click()
  await page.getByRole('radio', { name: 'Open box' }).click()
  await page.getByRole('button', { name: 'Get approval' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('A colleague must answer for this')
  await dialog.getByRole('radio', { name: 'I have looked at it myself' }).click()
  await dialog.getByRole('radio', { name: /Inès Caron/ }).click()
  await type(page, '9999')
  await press(page, 'Enter')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await type(page, '2222')
  await press(page, 'Enter')
  await expect(dialog).toHaveCount(0)
  await expect(main(page)).toContainText('Approved by Inès Caron')
  await page.getByRole('button', { name: /^Refund / }).click()
  await expect(page.getByRole('heading', { name: 'Refunded' })).toBeVisible()
  const { session } = await at.client.desk.view()
  expect(session).toMatchObject({ at: 'signed-in', person: { role: 'cashier' } })
  await takeOver('supervisor')
})

test('without piece or paper at hand the return begins from the customer, and the piece still has to show itself', async ({ page }) => {
  const serial = await fresh('fresh-phone')
  await at.client.desk.go({ to: 'sale', unitId: null })
  await scan(serial)
  const { flowId } = saleIn(await at.client.desk.view())
  await at.client.customers.create({
    details: { name: 'Rosa Núñez', phone: '+49 171 5550123', email: '', card: '', address: '', note: '', language: null }, consents: [], flowId,
  })
  const receipt = await paid(flowId)
  await open(page)
  await page.getByRole('combobox').focus()
  await type(page, 'nuñ')
  await page.getByRole('option', { name: /Rosa Núñez/ }).click()
  const bought = page.getByRole('dialog')
  await expect(bought).toContainText(receipt)
  await bought.getByRole('listitem').filter({ hasText: serial }).getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(main(page)).toContainText('Now scan the piece itself: it must be the one that was sold.')
  await expect(page.getByRole('button', { name: /^Refund / })).toBeDisabled()
  await scan(serial)
  await expect(main(page)).not.toContainText('Now scan the piece itself')
  await page.getByRole('radio', { name: 'Changed mind' }).click()
  await page.getByRole('button', { name: 'All in order' }).click()
  await page.getByRole('radio', { name: 'Open box' }).click()
  await page.getByRole('button', { name: /^Refund / }).click()
  await expect(page.getByRole('heading', { name: 'Refunded' })).toBeVisible()

  await page.getByRole('combobox').focus()
  await type(page, 'nuñ')
  await page.getByRole('option', { name: /Rosa Núñez/ }).click()
  await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: serial })).toContainText('came back')
})

test('P46: with no paper and no number the receipt is found in the journal, and the return begins from it', async ({ page }) => {
  const serial = await fresh('fresh-phone')
  const receipt = await sold(serial)
  await open(page)
  await press(page, 'Control+k')
  await type(page, 'journal')
  await press(page, 'ArrowDown')
  await press(page, 'Enter')
  await page.getByRole('dialog').getByRole('button', { name: new RegExp(receipt) }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(main(page)).toContainText('Now scan the piece itself: it must be the one that was sold.')
  await at.client.returns.act({ flowId: returnIn(await at.client.desk.view()).flowId, action: { do: 'start-over' } })
})

test('a receipt that is scanned on the screen of a sale is a return', async ({ page }) => {
  const receipt = await sold(await fresh('fresh-phone'), await example(at.client, 'plain-article'))
  await open(page)
  await press(page, 'F2')
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  await scan(receipt)
  const view = returnIn(await at.client.desk.view())
  if (view.at !== 'lines') throw new Error(`the return is ${view.at}`)
  expect(view.receiptNumber).toBe(receipt)
  await expect(page.getByRole('main')).toContainText(view.lines[0]?.name ?? '-')
  await at.client.returns.act({ flowId: view.flowId, action: { do: 'start-over' } })
})

test('without a record a piece is taken by exception: somebody answers for it, and it is paid as store credit', async ({ page }) => {
  await open(page)
  await goToReturn(page)
  await scan(await example(at.client, 'unknown-serial'))
  await page.getByRole('button', { name: /^Take it without a record/ }).click()
  await page.getByRole('radio', { name: 'Changed mind' }).click()
  await page.getByRole('button', { name: 'All in order' }).click()
  await page.getByRole('radio', { name: 'Open box' }).click()
  await page.getByRole('button', { name: 'Get approval' }).click()
  await page.getByRole('dialog').getByRole('radio').first().click()
  await page.getByRole('button', { name: 'Approve', exact: false }).last().click()
  await page.getByRole('button', { name: /^Refund / }).click()
  await expect(page.getByRole('heading', { name: 'Refunded' })).toBeVisible()
  const view = returnIn(await at.client.desk.view())
  expect(view.at === 'done' && view.credits).toHaveLength(1)
})

test('a used piece is bought: looked at, priced by its grade, stated by its owner, and ours afterwards', async ({ page }) => {
  const serial = await fresh('by-imei')
  await sold(serial)
  await open(page)
  await page.getByRole('button', { name: 'Trade-in' }).click()
  await expect(page.getByRole('heading', { name: 'Scan the piece that is offered' })).toBeVisible()
  await scan(serial)
  await page.getByRole('button', { name: 'All in order' }).click()
  await page.getByRole('radio', { name: 'Open box' }).click()
  await page.getByRole('radio', { name: 'Store credit' }).click()
  for (const asked of ['The owner has signed', 'Identity looked at, nothing kept'])
    await page.getByRole('radiogroup', { name: asked }).getByRole('radio', { name: 'Yes' }).click()
  const approve = page.getByRole('button', { name: 'Get approval' })
  const buy = page.getByRole('button', { name: /^Buy for / })
  await approve.or(buy).first().waitFor()
  if (await approve.isVisible()) {
    await approve.click()
    await page.getByRole('dialog').getByRole('radio').first().click()
    await page.getByRole('button', { name: 'Approve', exact: false }).last().click()
  }
  await buy.click()
  await expect(page.getByRole('heading', { name: 'Bought' })).toBeVisible()
  await expect(page.getByText('It is ours now and waits to be inspected.')).toBeVisible()
})

test('a stolen piece is handed over quietly, and its case can be read and written', async ({ page }) => {
  await open(page)
  await at.client.desk.go({ to: 'return', unitId: null })
  await scan(await example(at.client, 'stolen'))
  await page.getByRole('button', { name: 'Hand over' }).click()
  await expect(page.getByRole('heading', { name: 'With a colleague' })).toBeVisible()
  await press(page, 'Enter')
  await page.getByRole('button', { name: /open case/i }).click()
  await page.getByRole('dialog').locator('.row-button').first().click()
  await page.getByRole('dialog').getByLabel('Note').fill('The customer left.')
  await page.getByRole('button', { name: 'Write into the case' }).click()
  await expect(page.getByRole('dialog')).toContainText('The customer left.')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save for police or brand' }).click()])
  expect(download.suggestedFilename()).toMatch(/^case-[0-9A-F]{6}\.html$/)
})
