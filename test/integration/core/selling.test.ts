import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { example, payInCash, returnIn, saleIn, scan, signIn } from '../../support/core/till.ts'

const at = oneTill({ beforeAll, afterAll })

beforeEach(async () => {
  if ((await at.client.desk.view()).session.at === 'signed-in') await at.client.session.signOut()
  await signIn(at.client, 'manager')
  await anEmptyCart()
})

/** Everybody has a cart of the own: what another story left in it is voided. */
async function anEmptyCart() {
  const { flowId, lines, at: step } = saleIn(await at.client.sale.begin())
  if (step === 'tendering' || step === 'gating') await at.client.sale.act({ flowId, action: { do: 'back-to-cart' } })
  if (lines.length > 0) await at.client.sale.act({ flowId, action: { do: 'void' } })
}

const sale = async () => saleIn(await at.client.sale.begin())
const act = async (action: SaleAction) => saleIn(await at.client.sale.act({ flowId: (await sale()).flowId, action }))
const finished = async () => payInCash(at.client, (await sale()).flowId)

/** The serial of a plain piece of an article: on the shelf here, or with its customer. Not the showpiece of another story. */
function serialOf(productId: string, is: 'on-shelf' | 'sold' = 'on-shelf'): string {
  const db = new Database(join(at.folder, 'mirror.db'), { readonly: true })
  const where = is === 'sold' ? "u.title = 'sold' AND u.custody = 'with-customer'" : "u.title = 'ours' AND u.custody = 'in-stock' AND u.area = 'shelf'"
  try {
    const sql = `SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
      WHERE u.product_id = ? AND (u.store_id = 'store-berlin' OR u.sold_store_id = 'store-berlin') AND ${where}
        AND u.more IS NULL AND u.condition = 'new' ORDER BY a.value DESC LIMIT 1`
    return (db.prepare(sql).get(productId) as { value: string }).value
  } finally {
    db.close()
  }
}

/** What stands in the books, read beside the running till. */
function rows<Row>(sql: string, ...values: unknown[]): Row[] {
  const db = new Database(join(at.folder, 'shop.db'), { readonly: true })
  try {
    return db.prepare(sql).all(...values) as Row[]
  } finally {
    db.close()
  }
}
const events = (kind: string) =>
  rows<{ body: string }>('SELECT body FROM journal WHERE kind = ? ORDER BY seq', kind).map(({ body }) => JSON.parse(body) as { params: Record<string, unknown>; who: string })

describe('one price, from the shelf to the refund', () => {
  it('takes three cells for the price of two, says why on the paper, and keeps each part in the books', async () => {
    await scan(at.client, 'MR-0222')
    const question = await sale()
    if (question.at === 'open' && question.question) await act({ do: 'choose', choice: question.question.candidates[1]?.choice ?? '' })
    const [line] = (await sale()).lines
    const three = await act({ do: 'set-quantity', lineId: line?.lineId ?? '', quantity: 3 })
    expect(three.lines[0]).toMatchObject({ discount_cents: 699, total_cents: 1_398, discounts: [{ kind: 'promotion', reason: '3 for 2' }] })
    const paid = await finished()
    expect(paid.totals.gross_cents).toBe(1_398)
    const paper = await at.client.papers.view({ documentId: paid.documentId })
    expect(JSON.stringify(paper.blocks)).toContain('3 for 2')
    expect(rows('SELECT kind, amount_cents, promotion_id FROM sale_line_discounts WHERE line_id = ?', three.lines[0]?.lineId)).toEqual([
      { kind: 'promotion', amount_cents: 699, promotion_id: 'promo-cells' },
    ])
  })

  it('charges the season’s price of the store’s list', async () => {
    expect(saleIn(await scan(at.client, 'MR-0205')).lines[0]).toMatchObject({ unitPrice_cents: 2_999 })
  })

  it('spreads a discount over the cart, and gives back later what was paid for the piece and not a cent more', async () => {
    const text = await example(at.client, 'fresh-phone')
    await scan(at.client, text)
    await scan(at.client, 'MR-0204')
    await act({ do: 'discount', lineId: null, off: { is: 'amount', amount_cents: cents(1_000) }, reason: 'Goodwill' })
    const paid = await finished()
    const phone = paid.lines.find((line) => line.tracking === 'unit')
    expect(paid.totals.discount_cents).toBe(1_000)
    expect(phone?.discount_cents).toBeGreaterThan(900)
    const found = await at.client.units.find({ text })
    const card = found.find(({ unitId }) => unitId === phone?.unitId)
    expect(card?.facts.title).toMatchObject({ is: 'sold', purchase: { paid_cents: phone?.total_cents } })
    expect(events('price-changed').filter(({ params }) => params['receipt'] === paid.receiptNumber)).toHaveLength(2)
  })

  it('sets a price with a reason, shows what it was, and undoes it with one key', async () => {
    await scan(at.client, 'MR-0201')
    const [line] = (await sale()).lines
    const set = await act({ do: 'set-price', lineId: line?.lineId ?? '', price_cents: cents(1_500), reason: 'Scratched' })
    expect(set.lines[0]).toMatchObject({ unitPrice_cents: 1_500, priceSet: { listPrice_cents: 1_999, reason: 'Scratched' } })
    const again = saleIn(await scan(at.client, 'MR-0201'))
    expect(again.lines).toHaveLength(2)
    await act({ do: 'undo' })
    expect((await act({ do: 'undo' })).lines[0]).toMatchObject({ unitPrice_cents: 1_999 })
    expect((await sale()).lines[0]?.priceSet).toBeUndefined()
  })

  it.each([[-1], [9_999_999_999], [-9_999_999_999]])('refuses the price %i and changes nothing', async (price) => {
    await scan(at.client, 'MR-0203')
    const [line] = (await sale()).lines
    await expect(act({ do: 'set-price', lineId: line?.lineId ?? '', price_cents: price as never, reason: 'x' })).rejects.toMatchObject({
      data: { code: 'amount-out-of-range' },
    })
    expect((await sale()).lines[0]).toMatchObject({ unitPrice_cents: 2_999 })
  })
})

describe('who may take something off', () => {
  beforeEach(async () => {
    await at.client.session.signOut()
    await signIn(at.client, 'supervisor')
    await anEmptyCart()
    await scan(at.client, 'MR-0203')
  })

  const off = (off_bp: number) => act({ do: 'discount', lineId: null, off: { is: 'percent', off_bp }, reason: 'Goodwill' })

  it('is bound by the limit of the role, also in three small steps, until somebody steps up who may do more', async () => {
    expect((await off(2_000)).totals.discount_cents).toBe(600)
    await expect(off(2_100)).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'discount' } } })
    const [line] = (await sale()).lines
    const more = () => act({ do: 'discount', lineId: line?.lineId ?? '', off: { is: 'percent', off_bp: 1_000 }, reason: 'Scratched' })
    await expect(more()).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'discount' } } })
    await at.client.session.stepUp({ right: 'discount', staffId: 'staff-jonas', pin: '3333', reason: 'Old customer' })
    expect((await more()).lines[0]).toMatchObject({ discounts: [{ kind: 'line', staffId: 'staff-jonas' }, { kind: 'cart', staffId: 'staff-ines' }] })
    expect(events('authorised').at(-1)).toMatchObject({ who: 'Jonas Wehrli', params: { right: 'discount', reason: 'Old customer', for: 'Inès Caron' } })
  })

  it('wants a reason, and takes a discount back without one', async () => {
    await expect(act({ do: 'discount', lineId: null, off: { is: 'percent', off_bp: 500 }, reason: '  ' })).rejects.toMatchObject({ data: { code: 'reason-missing' } })
    await off(500)
    expect((await act({ do: 'discount', lineId: null, off: null, reason: '' })).totals.discount_cents).toBe(0)
  })
})

describe('what is looked at before it is sold', () => {
  it('asks for age and book before the money, and keeps the outcome and the entry, nothing of a person', async () => {
    await scan(at.client, 'MR-0212')
    const asked = await act({ do: 'pay' })
    if (asked.at !== 'gating') throw new Error(`the sale is ${asked.at}`)
    expect(asked.gates.map(({ gate }) => gate)).toEqual(['age', 'register'])
    expect((await act({ do: 'answer-gate', gateId: asked.gates[0]?.gateId ?? '', passed: true, entry: '' })).at).toBe('gating')
    expect((await act({ do: 'answer-gate', gateId: asked.gates[1]?.gateId ?? '', passed: true, entry: '311' })).at).toBe('tendering')
    expect(events('gate-passed').map(({ params }) => params)).toEqual([
      { gate: 'age', value: '18', outcome: 'passed' },
      { gate: 'register', value: 'animal defence sprays', outcome: 'passed', entry: '311' },
    ])
  })

  it('takes nothing out in silence: a void line and a void sale stay in the journal with what they were worth', async () => {
    await scan(at.client, 'MR-0203')
    await scan(at.client, 'MR-0204')
    const [line] = (await sale()).lines
    await act({ do: 'remove-line', lineId: line?.lineId ?? '' })
    expect(events('line-voided').at(-1)).toMatchObject({ who: 'Jonas Wehrli', params: { total_cents: 2_999, pieces: 1 } })
    await at.client.sale.act({ flowId: (await sale()).flowId, action: { do: 'void' } })
    expect(events('cart-voided').at(-1)).toMatchObject({ params: { total_cents: 1_299, pieces: 1 } })
  })
})

describe('a set under one code', () => {
  it('P35: brings what needs no number, asks for every piece with one, and is not paid before', async () => {
    const begun = saleIn(await scan(at.client, 'MR-0213'))
    expect(begun).toMatchObject({ missing: ['Lumenar Two'], notice: { code: 'kit-scan-parts' } })
    expect(begun.lines.map((line) => line.name).toSorted()).toEqual(['Camera strap', 'Photographing at night'])
    expect(await act({ do: 'pay' })).toMatchObject({ at: 'open', notice: { code: 'kit-lacks', offer: { kind: 'remove-line' } } })
    const whole = saleIn(await scan(at.client, serialOf('product-0142')))
    expect(whole).toMatchObject({ missing: [], totals: { gross_cents: 159_900 } })
    expect(whole.lines.reduce((sum, line) => sum + line.total_cents, 0)).toBe(159_900)
    expect(await act({ do: 'pay' })).toMatchObject({ at: 'tendering' })
  })

  it('is a set no more when something is taken out: what is left costs its own price', async () => {
    const [first] = saleIn(await scan(at.client, 'MR-0213')).lines
    const left = await act({ do: 'remove-line', lineId: first?.lineId ?? '' })
    expect(left).toMatchObject({ missing: [] })
    expect(left.lines.every((line) => line.discount_cents === 0)).toBe(true)
    expect(await act({ do: 'pay' })).toMatchObject({ at: 'tendering' })
  })

  it('goes as one with undo', async () => {
    await scan(at.client, 'MR-0213')
    expect(await act({ do: 'undo' })).toMatchObject({ lines: [], missing: [] })
  })
})

describe('a plan for one piece', () => {
  it('is tied to the piece of the cart, printed with its contract, and covers that piece from now on', async () => {
    const serial = serialOf('product-0101')
    const [phone] = saleIn(await scan(at.client, serial)).lines
    const both = saleIn(await scan(at.client, 'MR-0244'))
    expect(both.lines.at(-1)).toMatchObject({ name: 'Protection plan', plan: { unitId: phone?.unitId, serial, months: 24, earlier: false } })
    const paid = await finished()
    const contract = `${paid.receiptNumber}-P1`
    expect(JSON.stringify((await at.client.papers.view({ documentId: paid.documentId })).blocks)).toContain(contract)
    const timeline = await at.client.units.timeline({ unitId: phone?.unitId ?? '' })
    expect(timeline.map(({ kind }) => kind).slice(-2)).toEqual(['sold', 'cover-added'])
    const [card] = await at.client.units.find({ text: serial })
    expect(card?.facts.cover.find(({ layer }) => layer === 'plan')).toMatchObject({ contractNumber: contract, basis: 'sale' })
    // The same piece, scanned later beside a second plan, has one already.
    await scan(at.client, 'MR-0244')
    expect(saleIn(await scan(at.client, serial)).lines).toEqual([])
  })

  it('waits for its piece, also one that was sold before', async () => {
    const waiting = saleIn(await scan(at.client, 'MR-0244'))
    expect(waiting).toMatchObject({ lines: [], notice: { code: 'plan-scan-piece' } })
    const serial = serialOf('product-0104', 'sold')
    const tied = saleIn(await scan(at.client, serial))
    expect(tied).toMatchObject({ lines: [{ plan: { serial, earlier: true } }], notice: { code: 'plan-added' } })
    expect(await act({ do: 'pay' })).toMatchObject({ at: 'tendering' })
  })

  it('is not sold when its piece was taken out of the cart', async () => {
    const [phone] = saleIn(await scan(at.client, serialOf('product-0102'))).lines
    await scan(at.client, 'MR-0244')
    await act({ do: 'remove-line', lineId: phone?.lineId ?? '' })
    expect(await act({ do: 'pay' })).toMatchObject({ at: 'open', notice: { code: 'plan-without-piece' } })
  })
})

describe('a voucher as an article', () => {
  it('is given out when it is paid, one for each piece, with a number that is taken as money', async () => {
    await scan(at.client, 'MR-0251')
    const [line] = (await sale()).lines
    await act({ do: 'set-quantity', lineId: line?.lineId ?? '', quantity: 2 })
    await scan(at.client, 'MR-0252')
    const before = rows('SELECT number FROM credits').length
    const paid = await finished()
    expect(paid.totals).toMatchObject({ gross_cents: 10_000, taxes: [{ rate_bp: 0, gross_cents: 10_000, tax_cents: 0 }] })
    const given = rows<{ number: string; amount_cents: number }>("SELECT number, amount_cents FROM credit_entries WHERE because_of = ? AND what = 'issued' ORDER BY n", paid.saleId)
    expect(given.map(({ amount_cents }) => amount_cents)).toEqual([2_500, 2_500, 5_000])
    // The screen that says paid names each, so that none is left in the printer.
    expect(paid.vouchers).toEqual(given)
    expect(rows('SELECT number FROM credits')).toHaveLength(before + 3)
    const number = given[2]?.number ?? ''
    expect(await at.client.money.credit({ number })).toMatchObject({ kind: 'voucher', balance_cents: 5_000, trouble: null })
    // Papers of their own, each with its number.
    expect(rows("SELECT number FROM documents WHERE kind = 'credit' AND number = ?", number)).toHaveLength(1)

    await at.client.sale.begin()
    await scan(at.client, 'MR-0202')
    await act({ do: 'pay' })
    const done = await act({ do: 'tender', kind: 'voucher', given_cents: cents(3_999), credit: number })
    expect(done).toMatchObject({ at: 'paid', tenders: [{ kind: 'voucher', amount_cents: 3_999 }] })
    expect((await at.client.money.credit({ number })).balance_cents).toBe(1_001)
  })

  it('costs what stands on it: neither a discount nor another price, and the cart’s discount passes it by', async () => {
    await scan(at.client, 'MR-0252')
    const [line] = (await sale()).lines
    const lineId = line?.lineId ?? ''
    const fixed = { data: { code: 'voucher-fixed' } }
    await expect(act({ do: 'discount', lineId, off: { is: 'percent', off_bp: 1_000 }, reason: 'Goodwill' })).rejects.toMatchObject(fixed)
    await expect(act({ do: 'set-price', lineId, price_cents: cents(100), reason: 'Goodwill' })).rejects.toMatchObject(fixed)
    await scan(at.client, 'MR-0203')
    const off = await act({ do: 'discount', lineId: null, off: { is: 'percent', off_bp: 1_000 }, reason: 'Goodwill' })
    expect(off.lines.map(({ name, discount_cents }) => [name, discount_cents])).toEqual([['Gift voucher', 0], ['Laptop sleeve 14"', 300]])
  })

  it('does not come back as goods: its money is on the voucher', async () => {
    await scan(at.client, 'MR-0251')
    await scan(at.client, 'MR-0203')
    const { receiptNumber, lines } = await finished()
    await at.client.desk.go({ to: 'return', unitId: null })
    const opened = returnIn(await scan(at.client, receiptNumber))
    if (opened.at !== 'lines') throw new Error(`the return is ${opened.at}`)
    expect(opened.lines.map(({ name }) => name)).toEqual(['Laptop sleeve 14"'])
    const take = { do: 'take-line', lineId: lines[0]?.lineId ?? '', quantity: 1 } as const
    await expect(at.client.returns.act({ flowId: opened.flowId, action: take })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await at.client.returns.act({ flowId: opened.flowId, action: { do: 'start-over' } })
  })
})
