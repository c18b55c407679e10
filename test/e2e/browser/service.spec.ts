import { expect, test, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { press, type } from '../fingers.ts'
import { oneTill } from '../../support/core/one-till.ts'

/** The service desk as its people use it: a piece comes in broken, changes hands, or has to come off the shelf. */
const at = oneTill(test, () => ['--seat', 'service'])

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
})

const handedOut = new Set<string>()

/** The number of a piece in the mirror that no other story has had. */
function numberOf(where: string): string {
  const db = new Database(join(at.folder, 'mirror.db'), { readonly: true })
  try {
    const values = db.prepare(
      `SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' JOIN stores s ON s.id = u.sold_store_id OR s.id = u.store_id
       WHERE ${where} AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1 ORDER BY u.sold_at DESC LIMIT 40`,
    ).pluck().all() as string[]
    const free = values.find((value) => !handedOut.has(value))
    if (free === undefined) throw new Error(`the demo has no piece where ${where}`)
    handedOut.add(free)
    return free
  } finally {
    db.close()
  }
}

/** The code of an article with numbers of its own, whose maker has no rule for them. */
function articleWithoutMask(): string {
  const db = new Database(join(at.folder, 'mirror.db'), { readonly: true })
  try {
    return db.prepare("SELECT gtin FROM products WHERE tracking = 'serial' AND gtin IS NOT NULL AND serial_mask IS NULL AND active = 1 ORDER BY id LIMIT 1").pluck().get() as string
  } finally {
    db.close()
  }
}

async function signIn(page: Page): Promise<void> {
  await page.goto(at.till.url)
  const tile = page.getByRole('radio', { name: /Amal Haddad/ })
  await tile.or(page.getByRole('search')).first().waitFor()
  if (await tile.isVisible()) {
    await tile.click()
    await type(page, '4444')
    await press(page, 'Enter')
  }
  await page.getByRole('search').waitFor()
}

async function openPiece(page: Page, number: string): Promise<void> {
  await signIn(page)
  await press(page, 'F4')
  await page.locator('#scan').fill(number)
  await press(page, 'Enter')
  await expect(page.locator('#scan')).toHaveValue('')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText(number)
  await page.getByRole('button', { name: 'Claim, owner, recall' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

const SOLD = `u.title = 'sold' AND u.custody = 'with-customer' AND u.more IS NULL`

test('takes a broken piece in, sends it away, and hands it back with a guarantee on the repair', async ({ page }) => {
  await openPiece(page, numberOf(SOLD))
  await page.getByLabel('What is wrong?').fill('No sound on the left')
  await page.getByRole('button', { name: 'Take in' }).click()
  const claim = page.getByRole('article')
  await expect(claim).toContainText('Taken in')
  await claim.getByRole('button', { name: 'Decide' }).click()
  await claim.getByRole('radio', { name: 'Legal guarantee' }).click()
  await claim.getByRole('radio', { name: 'Repair', exact: true }).click()
  await claim.getByRole('button', { name: 'Decide' }).last().click()
  await expect(claim).toContainText('Decided')
  await claim.getByRole('button', { name: 'Send away' }).click()
  await claim.getByLabel('Send to').fill('Workshop Berlin')
  await claim.getByLabel('Send to').press('Enter')
  await expect(claim).toContainText('At Workshop Berlin')
  await claim.getByRole('button', { name: 'Back, repaired' }).click()
  await claim.getByRole('button', { name: 'Hand back to the owner' }).click()
  await expect(claim).toContainText('Closed')
  await expect(page.getByRole('dialog')).toContainText('Guarantee on the last repair')
})

test('is photographed before it is taken in, and the file of a test tool speaks for it', async ({ page }) => {
  const number = numberOf(`${SOLD} AND u.product_id <> (SELECT min(product_id) FROM units) AND u.condition = 'open-box'`)
  await openPiece(page, number)
  const png = await page.evaluate(() => document.createElement('canvas').toDataURL('image/png').split(',')[1] ?? '')
  const photo = page.locator('form input[type=file]')
  await photo.setInputFiles({ name: 'left.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
  await expect(page.getByRole('img', { name: 'Photograph 1' })).toBeVisible()

  const report = page.getByRole('region', { name: 'Test report' }).locator('input[type=file]')
  const head = 'serial,tested_at,tool,test,result,value'
  const csv = (...rows: string[]) => ({ name: 'report.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...rows].join('\n')) })
  await report.setInputFiles(csv(`${number},2026-11-20,Bench 4,battery,pass,87 %`, `${number},2026-11-20,Bench 4,speaker,broken,`))
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Row 3 of the test report: “broken” is no valid “result”.')
  await report.setInputFiles(csv(`${number},2026-11-20,Bench 4,battery,pass,87 %`, `${number},2026-11-20,Bench 4,speaker,fail,`))
  await expect(page.getByRole('region', { name: 'Test report' })).toContainText('1 of 2 tests not passed · suggests: Damaged')

  await page.getByLabel('What is wrong?').fill('No sound')
  await page.getByRole('button', { name: 'Take in' }).click()
  const claim = page.getByRole('article')
  await expect(claim).toContainText('Taken in')
  await expect(claim.getByRole('img', { name: 'Photograph 1' })).toBeVisible()
})

test('P68: sends a piece back to its maker, and the paper says which one, why and on whose word', async ({ page }) => {
  await signIn(page)
  const number = numberOf(`u.custody = 'in-stock' AND u.title = 'ours' AND u.more IS NULL AND u.store_id = (SELECT value FROM about WHERE key = 'home_store')`)
  await page.getByRole('button', { name: /Menu/ }).click()
  await page.getByRole('menuitem', { name: 'Service desk' }).click()
  await page.getByRole('button', { name: 'Back to the maker' }).click()
  const send = page.getByRole('button', { name: /^Send \d+ piece/ })
  await expect(send).toBeDisabled()
  await page.getByLabel('Scan a piece to send along').fill(number)
  await page.getByLabel('Scan a piece to send along').press('Enter')
  await expect(page.getByRole('checkbox', { name: number })).toBeChecked()
  await expect(page.getByLabel('Maker or supplier')).not.toHaveValue('')
  await page.getByLabel('Maker or supplier').fill('Fjord AS, Ålesund')
  await page.getByLabel('Authorisation number').fill('RMA-77')
  await send.click()
  const paper = page.getByRole('article', { name: 'Vendor return' })
  for (const words of [/T\d-V000001/, 'Fjord AS, Ålesund', 'RMA-77', number, '1 piece']) await expect(paper).toContainText(words)
})

test('looks at a piece that another store sent here', async ({ page }) => {
  await signIn(page)
  const away = numberOf(`u.condition = 'to-inspect' AND u.custody = 'in-stock' AND u.store_id <> (SELECT value FROM about WHERE key = 'home_store')`)
  await page.getByRole('button', { name: /Menu/ }).click()
  await page.getByRole('menuitem', { name: 'To be inspected' }).click()
  const scan = page.getByLabel('Scan a piece that was sent here')
  await scan.pressSequentially(away, { delay: 90 })
  await scan.press('Enter')
  await expect(page.getByText(/By the books in Morgenrot/)).toBeVisible()
  await page.getByRole('radio', { name: 'As it should be: back to the shelf' }).click()
  await page.getByRole('button', { name: 'Finish inspection' }).click()
  await expect(scan).toBeVisible()
})

test('lends a piece for as long as the workshop takes, and hands out a replacement that inherits the cover', async ({ page }) => {
  const spare = `2 <= (SELECT count(*) FROM units o WHERE o.product_id = u.product_id AND o.custody = 'in-stock' AND o.area = 'shelf' AND o.title = 'ours' AND o.condition = 'new'
    AND o.store_id = u.sold_store_id AND o.more IS NULL)`
  const number = numberOf(`${SOLD} AND u.sold_store_id = (SELECT value FROM about WHERE key = 'home_store') AND ${spare}`)
  const free = () => numberOf(
    `u.custody = 'in-stock' AND u.area = 'shelf' AND u.title = 'ours' AND u.condition = 'new' AND u.more IS NULL AND u.store_id = (SELECT value FROM about WHERE key = 'home_store')
     AND u.product_id = (SELECT s.product_id FROM units s JOIN unit_aliases n ON n.unit_id = s.id AND n.value = '${number}')`,
  )
  await openPiece(page, number)
  await page.getByLabel('What is wrong?').fill('Does not charge')
  await page.getByRole('button', { name: 'Take in' }).click()
  const claim = page.getByRole('article')
  await claim.getByRole('button', { name: 'Lend a piece' }).click()
  const hold = async (label: string, text: string) => {
    await page.getByLabel(label).pressSequentially(text, { delay: 90 })
    await page.getByLabel(label).press('Enter')
  }
  await hold('Scan the piece to lend', free())
  await expect(claim).toContainText('On loan')
  await claim.getByRole('button', { name: 'Take the loan back' }).click()
  await expect(claim).not.toContainText('On loan')
  await claim.getByRole('button', { name: 'Decide' }).click()
  await claim.getByRole('radio', { name: 'Legal guarantee' }).click()
  await claim.getByRole('radio', { name: 'Replace', exact: true }).click()
  await claim.getByRole('button', { name: 'Decide' }).last().click()
  await claim.getByRole('button', { name: 'Hand out a replacement' }).click()
  await hold('Scan the replacement', free())
  await expect(claim).toContainText('Closed')
})

test('an owner reports a theft, and the piece is looked for until somebody clears it', async ({ page }) => {
  const number = numberOf(`${SOLD} AND u.condition = 'new' AND u.product_id = (SELECT max(product_id) FROM units WHERE title = 'sold' AND more IS NULL)`)
  await openPiece(page, number)
  await page.getByRole('button', { name: 'Report as stolen' }).click()
  await page.getByLabel('Number of the report').fill('POL-2026-17')
  await page.getByLabel('Why').fill('Taken from a train')
  await page.getByRole('button', { name: 'Report as stolen' }).last().click()
  await expect(page.getByText(/Reported by .*POL-2026-17/)).toBeVisible()
  await page.getByRole('button', { name: 'Clear the report' }).click()
  await page.getByLabel('Why').fill('Found again')
  await page.getByRole('button', { name: 'Clear the report' }).last().click()
  await expect(page.getByText(/Reported by .*POL-2026-17/)).toHaveCount(0)
})

test('records a new owner, whose name stands on paper and not in the life of the piece', async ({ page }) => {
  await openPiece(page, numberOf(`${SOLD} AND u.condition = 'new' AND u.product_id <> (SELECT min(product_id) FROM units)`))
  await page.getByRole('button', { name: 'New owner' }).click()
  await page.getByLabel('Name').fill('Mina Hartmann')
  await page.getByLabel('Name').press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Statement of ownership')
  await expect(page.getByRole('dialog')).toContainText('Mina Hartmann')
})

test('a piece changes hands by the code on its owner’s paper: another code does nothing, and this one works once', async ({ page }) => {
  await openPiece(page, numberOf(`${SOLD} AND u.condition = 'new' AND u.product_id <> (SELECT min(product_id) FROM units)`))
  await page.getByRole('button', { name: 'Code for the owner' }).click()
  const paper = page.getByRole('article', { name: 'Ownership statement' })
  await expect(paper).toContainText('It works once.')
  const code = /[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(await paper.innerText())?.[0] ?? ''
  expect(code).not.toBe('')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  const panel = page.getByRole('dialog')
  const show = async (shown: string) => {
    const field = panel.getByRole('textbox', { name: 'Code of the last owner' })
    await field.fill('')
    // By hand and not by `fill`: two Enters with no key between them are one scanner's CR and LF to the till.
    await field.pressSequentially(shown, { delay: 90 })
    await field.press('Enter')
  }
  const giveTo = async (name: string, shown: string) => {
    await page.getByRole('button', { name: 'Claim, owner, recall' }).click()
    await panel.getByRole('button', { name: 'New owner' }).click()
    await panel.getByLabel('Name').fill(name)
    await panel.getByRole('radio', { name: 'Code of the last owner' }).click()
    await show(shown)
  }
  await giveTo('Mina Hartmann', 'AAAAA-AAAAA')
  await expect(panel.getByRole('alert')).toContainText('The code is wrong, of another piece, or used already.')
  // As people type from paper: in small letters and with no line between.
  await show(code.toLowerCase().replace('-', ' '))
  await expect(paper).toContainText('Mina Hartmann')
  await panel.getByRole('button', { name: 'Close' }).last().click()
  await expect(panel).toHaveCount(0)

  await giveTo('Ole Berg', code)
  await expect(panel.getByRole('alert')).toContainText('used already')
  await expect(panel).toContainText('Mina Hartmann')
})

test('clears a recalled piece from the shelf by scanning it, and says of another that it may stay', async ({ page }) => {
  await signIn(page)
  const { pulls } = await at.client.service.desk()
  const first = pulls.find((item) => item.is === 'piece')
  if (!first) throw new Error('the demo recalls nothing here')
  await page.getByRole('button', { name: /Menu/ }).click()
  await page.getByRole('menuitem', { name: 'Service desk' }).click()
  const scan = page.getByLabel('Scan a piece from the shelf')
  await scan.fill(first.serial)
  await scan.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Taken off the shelf' })).toBeVisible()
  await expect(scan).toHaveValue('')
  // By hand and not by `fill`: two Enters with no key between them are one scanner's CR and LF to the till.
  await scan.pressSequentially(numberOf(`u.title = 'ours' AND u.custody = 'in-stock' AND u.more IS NULL`), { delay: 90 })
  await scan.press('Enter')
  await expect(page.getByText('No recall means this piece. It may stay.').first()).toBeVisible()
  expect((await at.client.service.desk()).pulls).toContainEqual(expect.objectContaining({ unitId: first.unitId, state: 'pulled' }))
})

test('F028: a chosen piece is sent to another store from its check, and what comes from one is taken in by scanning', async ({ page }) => {
  const chosen = numberOf("u.custody = 'in-stock' AND u.area = 'shelf' AND u.title = 'ours' AND u.condition = 'new' AND u.more IS NULL AND u.store_id = 'store-berlin'")
  await signIn(page)
  await press(page, 'F4')
  await page.locator('#scan').fill(chosen)
  await press(page, 'Enter')
  await expect(page.getByRole('main')).toContainText(chosen)
  await page.getByRole('button', { name: 'Send to a store' }).click()
  const panel = page.getByRole('dialog')
  await expect(panel).toContainText(chosen)
  await panel.getByRole('radio', { name: 'Morgenrot Lyon' }).click()
  await panel.getByRole('button', { name: 'Send 1 piece' }).click()
  await expect(page.getByRole('dialog')).toContainText('Morgenrot Lyon')
  await press(page, 'Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.locator('.person').click()
  await page.getByRole('menuitem', { name: 'Goods in and out' }).click()
  const coming = page.getByRole('region', { name: 'On the way here' }).getByRole('listitem')
  await expect(coming.first()).toBeVisible()
  const before = await coming.count()
  const number = (await coming.filter({ hasText: 'from Morgenrot' }).locator('.serial').first().innerText()).trim()
  await page.getByLabel('Scan what has come').fill(number)
  await press(page, 'Enter')
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('is taken in')
  await expect(coming).toHaveCount(before - 1)
})

test('SA-13: a piece that is not on its shelf is looked for, and found again from the list', async ({ page }) => {
  const number = numberOf("u.custody = 'in-stock' AND u.area = 'shelf' AND u.title = 'ours' AND u.condition = 'new' AND u.more IS NULL AND u.store_id = 'store-berlin'")
  await signIn(page)
  await press(page, 'F4')
  await page.locator('#scan').fill(number)
  await press(page, 'Enter')
  // The piece of the story before may still be in front.
  await expect(page.getByRole('main')).toContainText(number)
  await page.getByRole('button', { name: 'Mark, move, write off' }).click()
  const panel = page.getByRole('dialog')
  await expect(panel).toContainText(number)
  await panel.getByRole('radio', { name: 'Not to be found' }).click()
  await panel.getByRole('button', { name: 'Not to be found' }).click()
  await expect(panel.getByRole('status')).toContainText('Kept')
  await press(page, 'Escape')
  await expect(page.getByRole('main')).toContainText('Not found in its place')

  await page.locator('.person').click()
  await page.getByRole('menuitem', { name: 'Service desk' }).click()
  await page.getByRole('region', { name: 'Looked for in this store' }).getByRole('button', { name: number }).click()
  await panel.getByRole('radio', { name: 'Found again' }).click()
  await panel.getByRole('radio', { name: 'back room' }).click()
  await panel.getByRole('button', { name: 'Found again' }).click()
  await expect(panel.getByRole('status')).toContainText('Kept')
  await expect(panel).toContainText('In stock')
})

test('F082: a delivery that nobody announced is taken in by article and number, and told from the list', async ({ page }) => {
  await signIn(page)
  await page.locator('.person').click()
  await page.getByRole('menuitem', { name: 'Goods in and out' }).click()
  const panel = page.getByRole('dialog')
  const field = panel.getByLabel('Scan what has come')
  await field.fill(articleWithoutMask())
  await press(page, 'Enter')
  await expect(panel).toContainText('now scan the numbers of its pieces')
  // By hand and not by `fill`: two Enters with no key between them are one scanner's CR and LF to the till.
  await field.pressSequentially('ND-2026-0001', { delay: 90 })
  await press(page, 'Enter')
  await expect(panel.getByRole('alert')).toContainText('ND-2026-0001 is on no list')
  await panel.getByRole('button', { name: 'It is new: take it in' }).click()
  await expect(panel.getByRole('status')).toContainText('ND-2026-0001 is taken in')
  await panel.getByRole('radio', { name: 'Damaged' }).click()
  await field.pressSequentially('ND-2026-0002', { delay: 90 })
  await press(page, 'Enter')
  await expect(panel.getByRole('listitem').filter({ hasText: 'ND-2026-0002' })).toContainText('Damaged')
  await expect(panel.getByRole('listitem').filter({ hasText: 'ND-2026-0001' })).toContainText('not announced')
})
