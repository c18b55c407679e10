import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SaleAction, SaleLine } from '../../../contract/sale-view.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { example, payInCash, saleIn, scan, signIn } from '../../support/core/till.ts'

/** What sellers of serialised goods complain about in other tills, one story each. */
const at = oneTill({ beforeAll, afterAll })

beforeAll(async () => {
  await signIn(at.client, 'manager')
})
beforeEach(async () => {
  const sale = saleIn(await at.client.sale.begin())
  if (sale.lines.length > 0) await at.client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
  await at.client.sale.begin()
})

const sale = async () => saleIn(await at.client.sale.begin())
const act = async (action: SaleAction) => saleIn(await at.client.sale.act({ flowId: (await sale()).flowId, action }))
const paid = async (): Promise<string> => (await payInCash(at.client, (await sale()).flowId)).documentId
const paperOf = async (documentId: string) => JSON.stringify((await at.client.papers.view({ documentId })).blocks)
const scanned = async (story: string) => saleIn(await scan(at.client, await example(at.client, story)))
const gtinOf = (line: SaleLine | undefined): string => line?.gtin ?? ''

describe('one piece, one line', () => {
  it('P08: a line of a single piece is one piece: its quantity can be neither typed nor raised', async () => {
    const [line] = (await scanned('fresh-phone')).lines
    await expect(act({ do: 'set-quantity', lineId: line?.lineId ?? '', quantity: 2 })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    expect((await sale()).lines).toMatchObject([{ quantity: 1, unitId: line?.unitId }])
  })

  it('P11: the code of the product alone sells no piece: it asks for the serial', async () => {
    const gtin = gtinOf((await scanned('fresh-phone')).lines[0])
    await act({ do: 'undo' })
    const asked = saleIn(await scan(at.client, gtin))
    expect(asked).toMatchObject({ lines: [], notice: { code: 'scan-the-serial' } })
  })

  it('P20: the product code beside the serial adds nothing, and every number of the piece is the same piece', async () => {
    const first = await scanned('by-imei')
    const [line] = first.lines
    expect(saleIn(await scan(at.client, gtinOf(line)))).toMatchObject({ lines: [{ lineId: line?.lineId }], notice: { code: 'same-product-code' } })
    const numbers = line?.aliases.filter(({ retiredWhy }) => retiredWhy === null).map(({ value }) => value) ?? []
    expect(numbers.length).toBeGreaterThan(1)
    for (const number of numbers) {
      const again = saleIn(await scan(at.client, number))
      expect(again).toMatchObject({ lines: [{ lineId: line?.lineId }], notice: { tone: 'again', code: 'already-in-cart' } })
    }
  })

  it('P05, P24: scanning more pieces of one article is more lines, each under its own serial, in the cart and on the paper', async () => {
    const [first] = (await scanned('fresh-phone')).lines
    const standing = await at.client.search.pieces({ productId: first?.productId ?? '' })
    const others = standing.flatMap((hit) => (hit.kind === 'unit' && hit.unitId !== first?.unitId ? [hit.serial] : [])).slice(0, 2)
    for (const serial of others) await scan(at.client, serial)
    const serials = [first?.aliases[0]?.value, ...others]
    expect(serials).toHaveLength(3)
    const { lines, totals } = await sale()
    expect(lines.map((line) => [line.productId, line.quantity, line.aliases[0]?.value])).toEqual(serials.map((serial) => [first?.productId, 1, serial]))
    expect(totals.pieces).toBe(3)
    const paper = await paperOf(await paid())
    for (const serial of serials) expect(paper).toContain(serial)
  })

  it('P98: one of several pieces is taken out, the others stay as they are, and undo brings it back where it was', async () => {
    await scanned('fresh-phone')
    await scanned('by-imei')
    const three = (await scanned('frame-number')).lines
    const again = await scanned('by-imei')
    const { offer } = again.notice ?? { offer: null }
    if (offer?.kind !== 'remove-line') throw new Error('a second scan offers to take the piece out')
    const two = (await act({ do: 'remove-line', lineId: offer.lineId })).lines
    expect(two.map(({ unitId }) => unitId)).toEqual([three[0]?.unitId, three[2]?.unitId])
    expect((await act({ do: 'undo' })).lines.map(({ unitId }) => unitId)).toEqual(three.map(({ unitId }) => unitId))
  })
})

describe('told at the scan, not at night', () => {
  it('P07: what was delivered is not sold again, and the next step is offered', async () => {
    const again = await scanned('already-sold')
    expect(again).toMatchObject({ lines: [], notice: { tone: 'stop', code: 'already-sold', offer: { kind: 'start-return' } } })
  })

  it('P09: a piece that is not in this store is not sold from it, unless a colleague answers for it', async () => {
    const away = await scanned('in-other-store')
    expect(away).toMatchObject({ lines: [], notice: { tone: 'stop', code: 'not-here', offer: { kind: 'accept-anyway' } } })
    expect((await scanned('in-transit')).lines).toEqual([])
  })

  it('P10: says of a number what it is at once: unknown, impossible, in this cart, sold', async () => {
    expect((await scanned('already-sold')).notice).toMatchObject({ code: 'already-sold', params: { receipt: expect.any(String) as string, date: expect.any(String) as string } })
    await scanned('frame-number')
    expect((await scanned('frame-number')).notice?.code).toBe('already-in-cart')
    await act({ do: 'undo' })
    expect((await scanned('unknown-serial')).notice?.code).toBe('unknown-serial')
    expect((await scanned('wrong-check-digit')).notice?.code).toBe('bad-check-digit')
    expect((await sale()).lines).toEqual([])
  })

  it('P13: a piece that came back and is sold again keeps its first life', async () => {
    const [line] = (await scanned('open-box')).lines
    const unitId = line?.unitId ?? ''
    const before = await at.client.units.timeline({ unitId })
    expect(before.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sold', 'returned']))
    await paid()
    const after = await at.client.units.timeline({ unitId })
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.at(-1)?.kind).toBe('sold')
  })
})

describe('what is scanned and typed', () => {
  it('P16: a number with the letter of its carton, or written differently, asks which piece is meant, and takes the one that is chosen', async () => {
    const serial = await example(at.client, 'fresh-phone')
    for (const text of [`S${serial}`, await example(at.client, 'typed-differently')]) {
      const asked = saleIn(await scan(at.client, text))
      if (asked.at !== 'open' || !asked.question) throw new Error(`nothing is asked about ${text}`)
      const like = (number: string) => number.toUpperCase().replace(/[^0-9A-Z]/g, '')
      for (const candidate of asked.question.candidates) expect(like(text)).toContain(like(candidate.serial ?? 'none'))
      const lines = asked.lines.length
      const [candidate] = asked.question.candidates
      expect((await act({ do: 'choose', choice: candidate?.choice ?? '' })).lines.slice(lines)).toMatchObject([{ unitId: candidate?.choice }])
    }
  })

  it('P17, P32: typing a serial adds the piece itself: no list, no choosing', async () => {
    const added = await scanned('frame-number')
    expect(added).toMatchObject({ at: 'open', question: null, lines: [{ tracking: 'unit' }] })
  })

  it('P18: the serial stands on the line and on the receipt', async () => {
    const text = await example(at.client, 'refurbished')
    const [line] = saleIn(await scan(at.client, text)).lines
    expect(line?.aliases[0]?.value).toBeTruthy()
    expect(await paperOf(await paid())).toContain(line?.aliases[0]?.value)
  })

  it('P19, P34: a lot is one scan, with nothing to answer', async () => {
    const added = await scanned('lot')
    expect(added).toMatchObject({ at: 'open', question: null })
    expect(added.lines).toHaveLength(1)
    expect(added.lines[0]?.lot).toBeTruthy()
  })

  it('P25: a lot can be chosen by hand, and one that is over cannot', async () => {
    const asked = saleIn(await scan(at.client, 'MR-0231'))
    if (asked.at !== 'open' || !asked.question) throw new Error('nothing is asked')
    const [over, good] = asked.question.candidates
    expect(await act({ do: 'choose', choice: over?.choice ?? '' })).toMatchObject({ lines: [], notice: { code: 'expired-lot' } })
    await scan(at.client, 'MR-0231')
    expect((await act({ do: 'choose', choice: good?.choice ?? '' })).lines).toMatchObject([{ tracking: 'lot' }])
  })

  it('P21: a code with product and serial is that piece, whatever else stands in it', async () => {
    const text = await example(at.client, 'gs1-code')
    const [line] = saleIn(await scan(at.client, text)).lines
    const serial = line?.aliases[0]?.value ?? 'none'
    expect(text).toContain(serial)
    await act({ do: 'undo' })
    // The lot reads like the serial of another piece of the same article.
    const other = (await at.client.search.pieces({ productId: line?.productId ?? '' })).find((hit) => hit.kind === 'unit' && hit.unitId !== line?.unitId)
    const both = `(01)${gtinOf(line)}(10)${other?.kind === 'unit' ? other.serial : ''}(21)${serial}`
    expect(saleIn(await scan(at.client, both))).toMatchObject({ question: null, lines: [{ unitId: line?.unitId }] })
  })

  it('P74: of two pieces under one number the one that can be sold stands first, and the other is never added', async () => {
    const first = await scanned('two-makers')
    const choices = (view: typeof first) => (view.at === 'open' ? (view.question?.candidates.map(({ choice }) => choice) ?? []) : [])
    const [sold, free] = choices(first)
    await act({ do: 'choose', choice: sold ?? '' })
    await paid()
    await at.client.sale.begin()
    expect(choices(await scanned('two-makers'))).toEqual([free, sold])
    expect(await act({ do: 'choose', choice: sold ?? '' })).toMatchObject({ lines: [], notice: { code: 'already-sold' } })
  })

  it('P29: the digits of a scan land in no quantity: plain goods are one more a scan', async () => {
    const text = await example(at.client, 'plain-article')
    await scan(at.client, text)
    await scan(at.client, text)
    expect((await sale()).lines).toMatchObject([{ quantity: 2 }])
  })

  it('P30: the same scan twice adds no second piece, however often it comes', async () => {
    const text = await example(at.client, 'fresh-phone')
    for (let times = 0; times < 5; times += 1) await scan(at.client, text)
    expect((await sale()).lines).toHaveLength(1)
  })

  it('P33: an EAN with and without its leading zero is the same article', async () => {
    const text = await example(at.client, 'plain-article')
    await scan(at.client, text)
    const [line] = (await sale()).lines
    await scan(at.client, gtinOf(line))
    expect((await sale()).lines).toMatchObject([{ quantity: 2 }])
  })
})

describe('bad input', () => {
  it('two clicks at once on "pay" and on the money are one sale', async () => {
    await scan(at.client, await example(at.client, 'plain-article'))
    const { flowId } = await sale()
    const pays = await Promise.allSettled([1, 2, 3].map(() => at.client.sale.act({ flowId, action: { do: 'pay' } })))
    expect(pays.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const paying = await sale()
    if (paying.at !== 'tendering') throw new Error(`the sale is ${paying.at}`)
    const given = { do: 'tender', kind: 'cash', given_cents: paying.due_cents } as const
    const taken = await Promise.allSettled([1, 2, 3].map(() => at.client.sale.act({ flowId, action: given })))
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it.each([
    ['ten thousand characters of any script', '漢字🙂עב'.repeat(1_666)],
    ['nothing but controls', '\u0000\u001d\u0007'.repeat(20)],
    ['a broken pair', '\ud800'.repeat(50)],
  ])('takes %s for a scan and goes on selling', async (_, text) => {
    await scan(at.client, text).catch((error: unknown) => expect(error).toBeInstanceOf(Error))
    expect((await scanned('fresh-phone')).lines).toHaveLength(1)
  })

  it.each([[''], ['x'.repeat(201)], ['   ']])('refuses the reason %j for a price, and changes nothing', async (reason) => {
    const [line] = (await scanned('plain-article')).lines
    await expect(act({ do: 'set-price', lineId: line?.lineId ?? '', price_cents: 1 as never, reason })).rejects.toBeDefined()
    expect((await sale()).lines).toEqual([line])
  })
})
