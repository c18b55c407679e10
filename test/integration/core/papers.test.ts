import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { checkIn, enter, example, payInCash, returnIn, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

const folder = temporaryFolder()
let printer: PrinterServer
let till: RunningTill
let client: Client
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folder.path)
  printer = await startPrinterServer()
  till = await startTill(['--data', folder.path, '--printer', printer.address])
  ;({ client, close: leave } = await enter(till))
  await signIn(client, 'manager')
  await client.desk.setLanguage({ language: 'en' })
})

afterAll(async () => {
  leave()
  await till.end()
  await printer.close()
  folder.remove()
})

const wordsOn = (document: ReceiptDocument): string => JSON.stringify(document.blocks)
const printed = (text: string): Promise<void> => expect.poll(() => printer.text()).toContain(text)

/** Pictures on the paper as wide as the head: lines that were drawn. */
const drawnPictures = (): number => printer.paper().filter((piece) => piece.kind === 'picture').length

async function sell(text: string) {
  await client.sale.begin()
  const paid = await payInCash(client, saleIn(await scan(client, text)).flowId)
  const unitId = paid.lines[0]?.unitId
  if (!unitId) throw new Error('no piece was sold')
  return { paid, unitId }
}

async function checked(text: string) {
  await client.desk.go({ to: 'check', unitId: null })
  const check = checkIn(await scan(client, text))
  if (check.at !== 'result') throw new Error('no result')
  return check
}

describe('a warranty receipt from the piece alone', () => {
  it('comes out with its numbers, once as it is, and after that as COPY (F069, F076)', async () => {
    const serial = await example(client, 'fresh-phone')
    const { paid, unitId } = await sell(serial)
    const { documentId } = await client.papers.warranty({ unitId, language: null })
    expect((await client.papers.warranty({ unitId, language: null })).documentId).toBe(documentId)
    const paper = await client.papers.view({ documentId })
    expect(paper.kind).toBe('warranty')
    expect(wordsOn(paper)).toContain(serial)
    expect(wordsOn(paper)).toContain(paid.receiptNumber)

    await client.papers.print({ documentId })
    await printed('Warranty receipt')
    expect(printer.text()).not.toContain('COPY')
    await client.papers.print({ documentId })
    await printed('COPY')
  })

  it('its code brings the piece up again', async () => {
    const before = await checked(await example(client, 'may-be-returned'))
    const { documentId } = await client.papers.warranty({ unitId: before.unit?.unitId ?? '', language: null })
    const qr = (await client.papers.view({ documentId })).blocks.find((block) => block.kind === 'qr')
    const again = await checked(qr?.payload ?? '')
    expect(again.unit?.unitId).toBe(before.unit?.unitId)
    const strange = await checked('countermark:unit:01970000-0000-7000-8000-000000000000')
    expect(strange.unit).toBeNull()
  })

  it('is refused in words for a piece that is not sold', async () => {
    const { unit } = await checked(await example(client, 'open-box'))
    const asked = client.papers.warranty({ unitId: unit?.unitId ?? '', language: null })
    await expect(asked).rejects.toMatchObject({ data: { code: 'not-sold' } })
  })

  it('speaks the language asked for, and is drawn where the printer has no letters for it', async () => {
    const { unit } = await checked(await example(client, 'may-be-returned'))
    const unitId = unit?.unitId ?? ''
    const french = await client.papers.view(await client.papers.warranty({ unitId, language: 'fr' }))
    expect(french.language).toBe('fr-FR')
    expect(wordsOn(french)).toContain('Justificatif de garantie')
    const arabic = await client.papers.warranty({ unitId, language: 'ar' })
    expect((await client.papers.view(arabic)).language).toBe('ar-u-ca-gregory-nu-latn')
    const before = drawnPictures()
    await client.papers.print(arabic)
    await expect.poll(drawnPictures).toBeGreaterThan(before + 3)
    expect(printer.text()).not.toContain('?')
    const file = await client.papers.pdf({ ...arabic, format: '80mm' })
    expect(Buffer.from(file.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    expect(file.name).toMatch(/^warranty-[\w-]+\.pdf$/)
  })

  it('speaks Arabic by itself where the till does', async () => {
    const { unit } = await checked(await example(client, 'may-be-returned'))
    await client.desk.setLanguage({ language: 'ar' })
    const made = await client.papers.view(await client.papers.warranty({ unitId: unit?.unitId ?? '', language: null }))
    await client.desk.setLanguage({ language: 'en' })
    expect(wordsOn(made)).toContain('الضمان')
  })

  it('comes out with the sale where the store wants it, behind the receipt', async () => {
    const template = await client.papers.template()
    await client.papers.setTemplate({ ...template, warrantyWithSale: 'always', footer: ['Ask us anything'] })
    const { paid } = await sell(await example(client, 'by-imei'))
    await printed(`${paid.receiptNumber}-W-`)
    const text = printer.text()
    expect(text).toContain('Ask us anything')
    expect(text.indexOf(`${paid.receiptNumber}-W-`)).toBeGreaterThan(text.indexOf(paid.receiptNumber))
    await client.papers.setTemplate(template)
  })
})

describe('other papers', () => {
  it('a gift receipt names the piece and no price, and its number finds the sale', async () => {
    const { paid } = await sell(await example(client, 'frame-number'))
    const gift = await client.papers.view(await client.papers.gift({ documentId: paid.documentId, language: null }))
    const line = paid.lines[0]
    expect(wordsOn(gift)).toContain(line?.aliases[0]?.value)
    expect(wordsOn(gift)).not.toContain('€')
    expect(wordsOn(gift)).toContain(`countermark:receipt:${paid.receiptNumber}`)
    const warranty = await client.papers.warranty({ unitId: line?.unitId ?? '', language: null })
    await expect(client.papers.gift({ ...warranty, language: null })).rejects.toMatchObject({ data: { code: 'no-such-document' } })
  })

  it('a slip lies with goods put aside, and says that nothing is paid', async () => {
    await client.sale.begin()
    const sale = saleIn(await scan(client, await example(client, 'gs1-code')))
    const asked = client.papers.slip({ flowId: sale.flowId, language: null })
    await expect(asked).rejects.toMatchObject({ data: { code: 'no-such-flow' } })
    await client.sale.act({ flowId: sale.flowId, action: { do: 'park', name: 'Frau Winter' } })
    const slip = await client.papers.view(await client.papers.slip({ flowId: sale.flowId, language: null }))
    expect(wordsOn(slip)).toContain('Frau Winter')
    expect(wordsOn(slip)).toContain('Nothing has been paid')
  })

  it('a certificate says what a check found, with sources, rules and who asked', async () => {
    const check = await checked(await example(client, 'recalled-sold'))
    const made = await client.papers.certificate({ by: 'unit', value: check.unit?.unitId ?? '', language: null })
    const paper = await client.papers.view(made)
    expect(wordsOn(paper)).toContain(check.verdict.policyVersion)
    const { session } = await client.desk.view()
    if (session.at !== 'signed-in') throw new Error('nobody is there')
    expect(wordsOn(paper)).toContain(session.person.name)
    const stranger = await checked('NEVER-SEEN-78')
    const unknown = await client.papers.view(await client.papers.certificate({ by: 'text', value: stranger.text, language: null }))
    expect(wordsOn(unknown)).toContain('NEVER-SEEN-78')
    const never = client.papers.certificate({ by: 'text', value: 'NOBODY-ASKED', language: null })
    await expect(never).rejects.toMatchObject({ data: { code: 'no-such-verdict' } })
  })
})

describe('the template of the store', () => {
  it('is shown before it is used, and a picture that is none is refused', async () => {
    const template = await client.papers.template()
    const preview = await client.papers.preview({ template: { ...template, header: ['Open until late'] }, language: 'es' })
    expect(wordsOn(preview)).toContain('Open until late')
    expect(preview.language).toBe('es-ES')
    expect(await client.papers.template()).toEqual(template)
    const broken = client.papers.setTemplate({ ...template, logo: { name: 'shop', png: 'AAAA' } })
    await expect(broken).rejects.toMatchObject({ data: { code: 'unusable-picture' } })
  })
})

describe('one number', () => {
  it('is shown, printed, paid and given back', async () => {
    const { paid, unitId } = await sell(await example(client, 'refurbished'))
    const receipt = await client.papers.view({ documentId: paid.documentId })
    const total = receipt.blocks.find((block) => block.kind === 'total')
    const item = receipt.blocks.find((block) => block.kind === 'item')
    expect(item?.amount).toBe(total?.right)
    expect(paid.tenders.reduce((sum, tender) => sum + tender.amount_cents, 0)).toBe(paid.totals.gross_cents)
    const back = returnIn(await client.desk.go({ to: 'return', unitId }))
    if (back.at !== 'assess') throw new Error(`the return is ${back.at}`)
    expect(back.refund?.amount_cents).toBe(paid.totals.gross_cents)
  })
})

describe('the code by which an owner gives a piece away', () => {
  const codeOn = (paper: ReceiptDocument): string | undefined => paper.blocks.flatMap((block) => (block.kind === 'text' && block.size === 'large' ? [block.text] : []))[0]
  const given = async (story: string) => {
    const { unit } = await checked(await example(client, story))
    const made = await client.service.ownerCode({ unitId: unit?.unitId ?? '' })
    return { made, code: codeOn(await client.papers.view(made)) ?? 'no code' }
  }

  it('comes out of the printer once: the copy leaves it out, and so does the screen from then on', async () => {
    const { made, code } = await given('may-be-returned')
    const times = () => printer.text().split(code).length - 1
    await client.papers.print(made)
    await expect.poll(times).toBe(1)
    const copies = () => printer.text().split('KOPIE').length + printer.text().split('COPY').length
    const before = copies()
    await client.papers.reprint(made)
    await expect.poll(copies).toBeGreaterThan(before)
    expect(times()).toBe(1)
    expect(codeOn(await client.papers.view(made))).toBeUndefined()
  })

  it('goes into one file where there is no printer, and into none after that', async () => {
    const { made } = await given('window-over')
    const file = async () => (await client.papers.pdf({ ...made, format: 'a4' })).base64
    const [first, second, third] = [await file(), await file(), await file()]
    expect(first).not.toBe(second)
    expect(third).toBe(second)
    expect(codeOn(await client.papers.view(made))).toBeUndefined()
  })
})
