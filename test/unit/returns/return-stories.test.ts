import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { timelineOf } from '../../../electron/core/facts/history.ts'
import { MoneyDesk } from '../../../electron/core/money/money-desk.ts'
import { cardPaymentsOf, refundsOf } from '../../../electron/core/payments/card-refunds.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { keepToldReceipt } from '../../../electron/core/store/told-receipts.ts'
import { at, lookOver, returnOf, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
})
afterEach(() => floor.close())

const rows = (text: string, ...values: string[]) => sql(floor.ground.store.reading, text).all(...values) as Record<string, unknown>[]
const tendersOf = (returnId: string) => rows('SELECT kind, amount_cents FROM tenders WHERE return_id = ? ORDER BY kind', returnId)
const CABLE_LINE = "SELECT l.id, l.total_cents, l.quantity FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE s.number = ? AND l.unit_id IS NULL"

/** Sells three of a plain article for cash, or so much of it by card, and answers the receipt and the line. */
function threePlain(card_cents = 0): { receipt: string; lineId: string; total: number } {
  const text = floor.story('plain-article')
  const receipt = floor.sell([text, text, text], card_cents)
  const [line] = rows(CABLE_LINE, receipt)
  return { receipt, lineId: String(line?.['id']), total: Number(line?.['total_cents']) }
}

describe('a return from the unit alone', () => {
  it('P37, P38, P40, P42: needs nothing but the piece, and the same unit is back with its history', () => {
    const [piece] = floor.fresh('audio')
    const receipt = floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    const assess = at(floor.scanReturn(piece?.serial ?? ''), 'assess')
    expect(assess).toMatchObject({ toScan: false, verdict: { outcome: 'accept' }, refund: { receiptNumbers: [receipt] } })
    lookOver(floor)
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.refund.pays).toEqual([{ kind: 'cash', amount_cents: assess.refund?.amount_cents }])
    const unit = floor.unit(piece?.unitId ?? '')
    expect(unit.facts).toMatchObject({ title: { is: 'returned' }, condition: 'to-inspect', custody: { at: 'in-stock', area: 'returns' } })
    expect(timelineOf(floor.ground, unit.id).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sold', 'returned', 'refunded', 'routed']))
  })

  it('P44: a refunded unit does not stay sold, and is not a new one', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    floor.return({ do: 'refund' })
    shown(floor.desk.go('check', null))
    const { front } = floor.scan(piece?.serial ?? '')
    expect(front.screen === 'check' && front.check.at === 'result' ? front.check.unit?.unitId : null).toBe(piece?.unitId)
  })

  it('second return of the same unit during an outage: refused from the till’s own journal, before any centre heard of it', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    floor.return({ do: 'refund' })
    floor.goReturn()
    const again = at(floor.scanReturn(piece?.serial ?? ''), 'assess')
    expect(again).toMatchObject({ refund: null, verdict: { outcome: 'refuse', findings: { purchase: { answer: 'already-returned' } } } })
    expect(floor.tryReturn({ do: 'refund' })).toMatchObject({ ok: false })
    expect(rows('SELECT id FROM return_lines WHERE unit_id = ?', piece?.unitId ?? '')).toHaveLength(1)
  })

  it('a key pressed when the money is out begins nothing in the same return: the next piece has one of its own', () => {
    const [first, second] = floor.fresh('audio', 2)
    floor.sell([first?.serial ?? '', second?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(first?.serial ?? '')
    lookOver(floor)
    const done = at(floor.return({ do: 'refund' }), 'done')
    const late = [{ do: 'start-over' }, { do: 'undo' }, { do: 'add-piece' }, { do: 'refund' }] as const
    for (const action of late) expect(floor.tryReturn(action)).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    const next = at(floor.scanReturn(second?.serial ?? ''), 'assess')
    expect(next.flowId).not.toBe(done.flowId)
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    expect(rows('SELECT flow_id FROM returns')).toHaveLength(2)
  })

  it('a unit returned while its sale is still unsent goes back by what this till itself has sold', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    expect(rows("SELECT seq FROM journal WHERE kind = 'sold'")).toHaveLength(1)
    floor.goReturn()
    expect(at(floor.scanReturn(piece?.serial ?? ''), 'assess').verdict).toMatchObject({ outcome: 'accept', findings: { purchase: { source: 'till' } } })
  })

  it.each([
    ['bought online', "u.channel = 'online'"],
    ['bought in another store', "u.channel = 'store' AND u.sold_store_id <> @store"],
  ])('%s: the mirror knows it, and the money goes back by what was paid there', (_, where) => {
    const found = floor.ground.mirror.reading.prepare(
      `SELECT u.paid_cents, u.tender, (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL LIMIT 1) AS number
       FROM units u WHERE u.title = 'sold' AND u.custody = 'with-customer' AND u.more IS NULL AND u.sold_at > '2026-11-12' AND ${where} LIMIT 1`,
    ).get({ store: floor.ground.place.id }) as { paid_cents: number; tender: string; number: string } | undefined
    floor.goReturn()
    const assess = at(floor.scanReturn(found?.number ?? ''), 'assess')
    expect(assess.verdict?.findings.purchase.answer).toBe('ours-sold')
    expect(assess.refund?.pays).toEqual([{ kind: found?.tender, amount_cents: found?.paid_cents }])
  })

  it('return in store B of an offline sale in store A: B cannot see the sale, pays nothing, and keeps a case', () => {
    const storeB = new ShopFloor('counter', 'T2')
    storeB.enter('cashier')
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    storeB.goReturn()
    const unseen = at(storeB.scanReturn(piece?.serial ?? ''), 'assess')
    expect(unseen).toMatchObject({ refund: null, verdict: { outcome: 'refuse', findings: { purchase: { answer: 'ours-not-sold' } } } })
    const over = at(storeB.return({ do: 'hand-over' }), 'handed-over')
    expect(storeB.ground.store.reading.prepare('SELECT kind FROM cases WHERE id = ?').pluck().get(over.caseId)).toBe('refused')
    storeB.close()
  })

  it('P15, P77: a till that goes down in the middle of a refund at the terminal still knows what it waits for', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''], floor.unit(piece?.unitId ?? '').price_cents)
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    const paying = at(floor.return({ do: 'refund' }), 'paying-out')
    // Everything is read afresh from the rows, as after a start.
    expect(at(floor.goReturn(), 'paying-out')).toMatchObject({ attemptId: paying.attemptId, amount_cents: paying.amount_cents })
    expect(floor.tryReturn({ do: 'start-over' })).toMatchObject({ ok: false })
    // The next piece is not taken before the money is settled, and whoever scans it is told so.
    expect(floor.desk.scan({ text: floor.story('fresh-phone'), aim: null })).toMatchObject({ ok: false, fault: { code: 'money-first' } })
  })

  it('unit stolen from our own stock and brought to the counter: quiet, a case, and no money', () => {
    floor.goReturn()
    const assess = at(floor.scanReturn(floor.story('stolen-from-us')), 'assess')
    expect(assess).toMatchObject({ refund: null, verdict: { quiet: true, outcome: 'refuse' } })
    const over = at(floor.return({ do: 'hand-over' }), 'handed-over')
    expect(rows('SELECT kind, quiet FROM cases WHERE id = ?', over.caseId)).toEqual([{ kind: 'refused', quiet: 1 }])
  })

  it('same serial of two makers: asked, never guessed', () => {
    floor.goReturn()
    const asked = at(floor.scanReturn(floor.story('two-makers')), 'scan')
    expect(asked.question?.candidates.length).toBe(2)
  })

  it('a relabelled unit comes back by its old label', () => {
    floor.goReturn()
    const assess = at(floor.scanReturn(floor.story('old-number')), 'assess')
    expect(assess.verdict?.findings.identity.answer).toBe('known-unit')
  })

  it('half-read codes start nothing and say what is wrong', () => {
    floor.goReturn()
    const half = at(floor.scanReturn(floor.story('wrong-check-digit')), 'scan')
    expect(half.notice?.tone).toBe('stop')
    expect(half.pieces).toEqual([])
  })

  it('a clock that is wrong by a year asks staff and does not say that the window is over', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.later(366 * 86_400_000)
    floor.enter('cashier')
    floor.goReturn()
    const assess = at(floor.scanReturn(piece?.serial ?? ''), 'assess')
    expect(assess.verdict?.outcome).toBe('ask-staff')
    expect(assess.verdict?.findings.purchase.reason).toMatch(/^clock/)
  })
})

describe('a return by the receipt', () => {
  it('P46: without paper and number the receipt is found by about when it was and for about how much, and the return begins from it', () => {
    const [piece] = floor.fresh('audio')
    const receipt = floor.sell([piece?.serial ?? ''])
    floor.later(9 * 86_400_000)
    floor.enter('cashier')
    const paid_cents = floor.unit(piece?.unitId ?? '').price_cents
    const about = {
      text: '', group: 'sale', staffId: null, from: '2026-11-20', to: '2026-11-24', least_cents: cents(paid_cents - 1_000), most_cents: cents(paid_cents + 1_000),
    } as const
    const journal = new MoneyDesk(floor.desk)
    expect(journal.journal({ ...about, to: '2026-11-21' }, null).lines).toEqual([])
    const [found] = journal.journal(about, null).lines
    expect(found?.number).toBe(receipt)
    floor.goReturn()
    expect(at(floor.scanReturn(`countermark:receipt:${found?.number}`), 'assess')).toMatchObject({ toScan: true, refund: { receiptNumbers: [receipt] } })
  })

  it('P47: an article that was taken out of the catalogue meanwhile comes back by its piece and by its receipt', () => {
    const [piece] = floor.fresh('audio')
    const cable = floor.story('plain-article')
    const receipt = floor.sell([piece?.serial ?? '', cable])
    for (const { id } of rows('SELECT DISTINCT product_id AS id FROM sale_lines')) floor.article(String(id), { active: 0 })
    floor.goReturn()
    expect(at(floor.scanReturn(piece?.serial ?? ''), 'assess')).toMatchObject({ verdict: { outcome: 'accept' }, refund: { receiptNumbers: [receipt] } })
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    floor.goReturn()
    const plain = at(floor.scanReturn(receipt), 'lines').lines.find(({ unitId }) => unitId === null)
    floor.return({ do: 'take-line', lineId: plain?.lineId ?? '', quantity: 1 })
    lookOver(floor, 'new')
    expect(at(floor.return({ do: 'refund' }), 'done').refund.amount_cents).toBe(plain?.paid_cents)
    // Its code alone is no code that nobody knows, and sells nothing.
    floor.goReturn()
    expect(at(floor.scanReturn(cable), 'scan').notice).toMatchObject({ code: 'withdrawn', params: { text: 'Phone case' } })
    shown(floor.desk.go('sale', null))
    const { front } = floor.scan(cable)
    expect(front.screen === 'sale' && front.sale).toMatchObject({ lines: [], notice: { code: 'withdrawn' } })
  })

  it('P46: a receipt in the sale screen turns to return, and shows its lines', () => {
    const [piece] = floor.fresh('audio')
    const receipt = floor.sell([piece?.serial ?? '', floor.story('plain-article')])
    shown(floor.desk.go('sale', null))
    const view = at(floor.scanReturn(receipt), 'lines')
    expect(view.lines.map(({ left }) => left)).toEqual([1, 1])
  })

  it('hard stop: the piece picked from the receipt must be the one that lies here', async () => {
    const [sold, other] = floor.fresh('audio', 2)
    const receipt = floor.sell([sold?.serial ?? '', floor.story('plain-article')])
    floor.goReturn()
    const lines = at(floor.scanReturn(receipt), 'lines')
    floor.return({ do: 'take-line', lineId: lines.lines.find(({ unitId }) => unitId !== null)?.lineId ?? '', quantity: 1 })
    const stopped = at(floor.scanReturn(other?.serial ?? ''), 'assess')
    expect(stopped).toMatchObject({ toScan: true, notice: { code: 'another-unit', tone: 'stop' } })
    lookOver(floor)
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-scan-piece')
    expect(floor.tryReturn({ do: 'approve', note: '' })).toMatchObject({ ok: false, fault: { code: 'no-right' } })
    await floor.stepUp('supervisor', 'approve-return', 'label worn off, compared by receipt')
    expect(at(floor.return({ do: 'approve', note: '' }), 'assess').missing).toEqual([])
    at(floor.return({ do: 'refund' }), 'done')
    const [entry] = rows("SELECT c.kind, e.body FROM cases c JOIN case_entries e ON e.case_id = c.id AND e.kind = 'note'")
    expect(entry?.['kind']).toBe('another-unit')
    expect(String(entry?.['body'])).toContain('label worn off')
    expect(rows("SELECT kind FROM journal WHERE kind = 'authorised'")).toHaveLength(1)
  })

  it('the right piece scanned after another one takes the stop away', () => {
    const [sold, other] = floor.fresh('audio', 2)
    const receipt = floor.sell([sold?.serial ?? ''])
    floor.goReturn()
    expect(at(floor.scanReturn(receipt), 'assess').toScan).toBe(true)
    floor.scanReturn(other?.serial ?? '')
    expect(at(floor.scanReturn(sold?.serial ?? ''), 'assess')).toMatchObject({ toScan: false, notice: { code: 'the-sold-one' } })
  })

  it('P39: one of several units of a line: the next refund does not offer the one already returned', () => {
    const pieces = floor.fresh('audio', 2)
    const receipt = floor.sell(pieces.map(({ serial }) => serial))
    floor.goReturn()
    floor.scanReturn(pieces[0]?.serial ?? '')
    lookOver(floor)
    floor.return({ do: 'refund' })
    floor.goReturn()
    const lines = at(floor.scanReturn(receipt), 'lines').lines
    expect(lines.map(({ unitId, left }) => [unitId, left])).toEqual([[pieces[0]?.unitId, 0], [pieces[1]?.unitId, 1]])
  })

  it('P41, P48: plain goods come back from the sale, as many as were bought and no more, for what was paid', () => {
    const { receipt, lineId, total } = threePlain()
    const back = (quantity: number) => {
      floor.goReturn()
      const view = floor.scanReturn(receipt)
      if (view.at !== 'lines') return view
      const taken = floor.tryReturn({ do: 'take-line', lineId, quantity })
      if (!taken.ok) return taken.fault.code
      lookOver(floor, 'new')
      return at(floor.return({ do: 'refund' }), 'done')
    }
    expect(back(4)).toBe('more-than-bought')
    floor.return({ do: 'start-over' })
    const first = back(2)
    const second = back(1)
    if (typeof first === 'string' || typeof second === 'string' || first.at !== 'done' || second.at !== 'done') throw new Error('not returned')
    expect(first.refund.amount_cents + second.refund.amount_cents).toBe(total)
    floor.goReturn()
    expect(at(floor.scanReturn(receipt), 'scan').notice?.code).toBe('receipt-returned')
  })

  it('plain goods of which others came back elsewhere meanwhile: no money leaves by the card either', () => {
    const { receipt, lineId, total } = threePlain(threePlain().total)
    floor.goReturn()
    floor.scanReturn(receipt)
    floor.return({ do: 'take-line', lineId, quantity: 2 })
    lookOver(floor, 'new')
    const saleId = String(rows('SELECT id FROM sales WHERE number = ?', receipt)[0]?.['id'])
    floor.ground.store.write((db) => keepToldReceipt(db, {
      number: receipt, saleId, storeId: floor.ground.place.id, soldAt: floor.ground.now(), currency: floor.ground.place.currency,
      lines: [{ lineId, tracking: 'plain', productId: 'cable', unitId: null, name: 'Cable', serial: null, quantity: 3, total_cents: cents(total), tax_bp: 0 }],
      tenders: [], returned: [{ returnLineId: 'there', lineId, quantity: 2 }], refunded: [],
    }, floor.ground.now()))
    expect(floor.tryReturn({ do: 'refund' })).toEqual({ ok: false, fault: { code: 'more-than-bought', params: { left: 1 } } })
    floor.return({ do: 'set-quantity', quantity: 1 })
    expect(floor.return({ do: 'refund' }).at).toBe('paying-out')
  })

  it('several lines in one return are one document with one sum', () => {
    const pieces = floor.fresh('audio', 2)
    const receipt = floor.sell(pieces.map(({ serial }) => serial))
    floor.goReturn()
    floor.scanReturn(receipt)
    floor.scanReturn(pieces[0]?.serial ?? '')
    lookOver(floor)
    floor.return({ do: 'add-piece' })
    floor.scanReturn(pieces[1]?.serial ?? '')
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-reason')
    lookOver(floor)
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.pieces).toHaveLength(2)
    expect(rows('SELECT refund_cents FROM return_lines WHERE return_id = ?', done.returnId).reduce((sum, row) => sum + Number(row['refund_cents']), 0)).toBe(done.refund.amount_cents)
    expect(rows('SELECT id FROM documents WHERE number = ?', done.returnNumber)).toHaveLength(1)
  })

  it('P50: the file itself refuses a second counting back, whoever asks', () => {
    const { receipt, lineId } = threePlain()
    floor.goReturn()
    floor.scanReturn(receipt)
    floor.return({ do: 'take-line', lineId, quantity: 3 })
    lookOver(floor, 'new')
    const done = at(floor.return({ do: 'refund' }), 'done')
    const copy = `INSERT INTO return_lines SELECT 'again', return_id, 9, product_id, unit_id, quantity, sale_id, sale_line_id, receipt_number, reason, condition, 0, next_place, looked_at FROM return_lines WHERE return_id = '${done.returnId}'`
    expect(() => floor.ground.store.write((db) => db.prepare(copy).run())).toThrow(/more would come back/)
  })
})

describe('the money of a return', () => {
  it('P45: goes back to the tenders that paid, in their proportion', () => {
    const pieces = floor.fresh('audio', 2)
    floor.sell(pieces.map(({ serial }) => serial), 10_000)
    floor.goReturn()
    floor.scanReturn(pieces[0]?.serial ?? '')
    const assess = at(lookOver(floor), 'assess')
    expect(assess.refund?.pays.map(({ kind }) => kind).sort()).toEqual(['card', 'cash'])
    const paying = at(floor.return({ do: 'refund' }), 'paying-out')
    expect(paying.by).toBe('beside')
    const done = at(floor.return({ do: 'terminal-read', paid: true, approvalCode: 'B7' }), 'done')
    expect(tendersOf(done.returnId).map(({ amount_cents }) => Number(amount_cents)).reduce((sum, one) => sum + one, 0)).toBe(-done.refund.amount_cents)
    const saleId = done.refund.parts[0]?.saleId ?? ''
    expect(refundsOf(floor.ground.store.reading, done.returnId)).toMatchObject([{ state: 'approved' }])
    expect(cardPaymentsOf(floor.ground.store.reading, saleId)[0]?.refunded_cents).toBe(done.refund.pays.find(({ kind }) => kind === 'card')?.amount_cents)
  })

  it('asks once before more cash goes out than the drawer holds by its books, and says no amount', () => {
    floor.shift({ do: 'open', float_cents: 10_000 as never })
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    const { price_cents } = floor.unit(piece?.unitId ?? '')
    floor.shift({ do: 'drop', amount_cents: price_cents as never })
    floor.shift({ do: 'drop', amount_cents: 9_000 as never })
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    const asked = at(floor.return({ do: 'refund' }), 'assess')
    expect(asked.notice).toMatchObject({ tone: 'stop', code: 'drawer-short', params: {} })
    expect(rows('SELECT id FROM returns')).toEqual([])
    // Somebody looked into the drawer: the money is there.
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(tendersOf(done.returnId)).toEqual([{ kind: 'cash', amount_cents: -done.refund.amount_cents }])
  })

  it('stays with the piece when the card was not credited', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''], floor.unit(piece?.unitId ?? '').price_cents)
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'paying-out')
    at(floor.return({ do: 'terminal-read', paid: false }), 'assess')
    expect(rows('SELECT id FROM returns')).toEqual([])
    expect(floor.unit(piece?.unitId ?? '').facts.title.is).toBe('sold')
  })

  it('P51: is store credit where the customer wants that, with a number that is taken again', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    lookOver(floor)
    floor.return({ do: 'pay-as', as: 'store-credit' })
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.credits).toHaveLength(1)
    expect(rows('SELECT kind FROM credits WHERE number = ?', done.credits[0] ?? '')).toEqual([{ kind: 'store-credit' }])
    expect(tendersOf(done.returnId)).toEqual([{ kind: 'store-credit', amount_cents: -done.refund.amount_cents }])
  })

  it('is less by what is missing, and the paper says so', () => {
    const [piece] = floor.fresh('camera')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    const whole = at(floor.scanReturn(piece?.serial ?? ''), 'assess').refund?.amount_cents ?? 0
    lookOver(floor)
    const less = at(floor.return({ do: 'count-accessory', accessory: 'battery', here: false }), 'assess')
    expect(less.grade).toBe('parts-missing')
    expect((less.refund?.amount_cents ?? 0) + less.deducted_cents).toBe(whole)
    expect(less.deducted_cents).toBeGreaterThan(0)
  })

  it('P49: is approved above a limit by somebody whose limit reaches', async () => {
    floor.goReturn()
    const assess = at(floor.scanReturn(floor.story('return-needs-approval')), 'assess')
    expect(assess.approvalFor.length).toBeGreaterThan(0)
    lookOver(floor, 'new')
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-approval')
    await floor.stepUp('supervisor', 'approve-return', 'known customer')
    const approved = at(floor.return({ do: 'approve', note: '' }), 'assess')
    expect(approved.approvedBy).not.toBeNull()
    expect(approved.missing).toEqual([])
  })

  const accepting = (...acceptedConditions: ('new' | 'open-box')[]) => {
    floor.later(1_000)
    floor.rules((policy) => ({ ...policy, returns: { ...policy.returns, acceptedConditions } }))
  }

  /** An open box that somebody approved, beside a new one that needed nobody. */
  async function approvedBesideAnother() {
    accepting('new')
    const [sealed, opened, more] = floor.fresh('audio', 3) as { unitId: string; serial: string }[]
    floor.sell([sealed, opened, more].map((piece) => piece?.serial ?? ''))
    floor.goReturn()
    floor.scanReturn(sealed?.serial ?? '')
    lookOver(floor, 'new')
    floor.return({ do: 'add-piece' })
    floor.scanReturn(opened?.serial ?? '')
    expect(at(lookOver(floor, 'open-box'), 'assess')).toMatchObject({ approvalFor: ['condition'], missing: ['approval'] })
    await floor.stepUp('supervisor', 'approve-return', 'seen it')
    expect(at(floor.return({ do: 'approve', note: '' }), 'assess').missing).toEqual([])
    return { sealed: sealed?.unitId ?? '', opened: opened?.unitId ?? '', more: more?.serial ?? '' }
  }

  it('P49: is approved for the piece it was asked for, and the journal names nobody at the other', async () => {
    const { sealed, opened } = await approvedBesideAnother()
    at(floor.return({ do: 'refund' }), 'done')
    const approvedBy = (unitId: string) => timelineOf(floor.ground, unitId).find(({ kind }) => kind === 'refunded')?.params['approvedBy']
    expect(approvedBy(opened)).toEqual(expect.any(String))
    expect(approvedBy(sealed)).toBeUndefined()
  })

  it('P49: is asked for again when a line is added after the approval', async () => {
    const { more } = await approvedBesideAnother()
    floor.return({ do: 'add-piece' })
    floor.scanReturn(more)
    expect(at(lookOver(floor, 'open-box'), 'assess')).toMatchObject({ approvedBy: null, missing: ['approval'] })
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-approval')
  })

  it('P49: is asked for again when another piece comes into the same doubt meanwhile', async () => {
    await approvedBesideAnother()
    accepting()
    expect(at(returnOf(floor.desk.view()), 'assess')).toMatchObject({ approvalFor: ['condition'], missing: ['approval'] })
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-approval')
  })

  it('P49: is asked for again when the money is to go another way than somebody approved', async () => {
    await approvedBesideAnother()
    expect(at(floor.return({ do: 'pay-as', as: 'original' }), 'assess').missing).toEqual([])
    expect(at(floor.return({ do: 'pay-as', as: 'store-credit' }), 'assess')).toMatchObject({ approvedBy: null, missing: ['approval'] })
    await floor.stepUp('supervisor', 'approve-return', 'as credit')
    expect(at(floor.return({ do: 'approve', note: '' }), 'assess').missing).toEqual([])
    floor.return({ do: 'pay-as', as: 'original' })
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-approval')
  })

  it('P49: is asked for again when the till is cut off meanwhile and may not give so much cash', async () => {
    const [piece] = floor.fresh('camera')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    expect(at(lookOver(floor, 'new'), 'assess')).toMatchObject({ approvalFor: ['amount'], missing: ['approval'] })
    await floor.stepUp('supervisor', 'approve-return', 'known customer')
    expect(at(floor.return({ do: 'approve', note: '' }), 'assess').missing).toEqual([])
    floor.later(10_000)
    floor.rules((policy) => ({
      ...policy, offline: { counter: { after_ms: 5_000, sellUpTo_cents: null, refundUpTo_cents: cents(10_000_000), cashBackUpTo_cents: cents(1_000) } },
    }))
    expect(at(returnOf(floor.desk.view()), 'assess')).toMatchObject({ approvalFor: ['amount'], missing: ['approval'] })
    await floor.stepUp('supervisor', 'approve-return', 'so much cash too')
    expect(at(floor.return({ do: 'approve', note: '' }), 'assess').missing).toEqual([])
  })
})

describe('what is looked at', () => {
  it('hands over a phone that is still locked to its owner', () => {
    const [phone] = floor.fresh('phone')
    floor.sell([phone?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(phone?.serial ?? '')
    floor.return({ do: 'give-reason', reason: 'changed-mind' })
    floor.return({ do: 'all-in-order' })
    floor.return({ do: 'grade', condition: 'open-box' })
    const locked = at(floor.return({ do: 'answer', question: 'signed-out', good: false }), 'assess')
    expect(locked.missing).toContain('approval')
  })

  it('wants a photograph of what is damaged, and an approval', () => {
    const [piece] = floor.fresh('camera')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    const seen = at(lookOver(floor, 'damaged', 'faulty'), 'assess')
    expect(seen).toMatchObject({ photosWanted: 1, missing: ['photo', 'approval'], next: 'refurbish' })
  })

  it('never calls whole what an answer says is broken', () => {
    const [piece] = floor.fresh('audio')
    floor.sell([piece?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(piece?.serial ?? '')
    floor.return({ do: 'grade', condition: 'open-box' })
    expect(at(floor.return({ do: 'answer', question: 'housing-whole', good: false }), 'assess').grade).toBe('damaged')
  })

  it('a recalled piece is taken back gladly, and goes to quarantine whatever the clerk says', () => {
    floor.goReturn()
    const view = floor.scanReturn(floor.story('recalled-sold'))
    const assess = at(view, 'assess')
    expect(assess.nextChoices).toEqual(['quarantine'])
    expect(floor.tryReturn({ do: 'route', next: 'shelf' })).toMatchObject({ ok: false })
  })
})

describe('without a record', () => {
  it.each([['a piece sold before this system', 'unknown-serial'], ['goods of a lot', 'lot']])('P43: %s: by exception, up to a limit, as store credit, with a case', async (_, story) => {
    floor.goReturn()
    const offered = at(floor.scanReturn(floor.story(story)), 'scan')
    expect(offered.stranger?.most_cents).toBeGreaterThan(0)
    floor.return({ do: 'take-stranger' })
    const seen = at(lookOver(floor), 'assess')
    expect(seen.approvalFor).toContain('without-record')
    expect(seen.refund?.pays.map(({ kind }) => kind)).toEqual(['store-credit'])
    expect(seen.refund?.amount_cents).toBeLessThanOrEqual(offered.stranger?.most_cents ?? 0)
    await floor.stepUp('supervisor', 'approve-return', 'old paper receipt seen')
    floor.return({ do: 'approve', note: '' })
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.credits).toHaveLength(1)
    expect(rows('SELECT kind FROM cases')).toEqual([{ kind: 'without-record' }])
  })

  it('a piece we know whose sale nobody has a record of: up to the limit as store credit, once, and it is ours again', async () => {
    const known = floor.ground.mirror.reading.prepare(
      `SELECT u.id, (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL LIMIT 1) AS number FROM units u
       WHERE u.title = 'sold' AND u.custody = 'with-customer' AND u.more IS NULL LIMIT 1`,
    ).get() as { id: string; number: string }
    // As the centre would tell of a piece whose sale it has no record of.
    floor.ground.store.write((db) => recordEvent(db, {
      id: 'told', kind: 'corrected', unitId: known.id, at: floor.ground.now(), storeId: floor.ground.place.id, tillId: 't', staffId: null, who: null, params: {},
      facts: { custody: { at: 'with-customer' }, title: { is: 'unknown' }, condition: 'open-box', flags: [], cover: [] },
    }))
    floor.goReturn()
    expect(at(floor.scanReturn(known.number), 'assess').approvalFor).toContain('without-record')
    lookOver(floor, 'new')
    await floor.stepUp('supervisor', 'approve-return', 'paper receipt of 2019 seen')
    floor.return({ do: 'approve', note: '' })
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.refund.pays.map(({ kind }) => kind)).toEqual(['store-credit'])
    expect(floor.unit(known.id).facts.title.is).toBe('ours')
    expect(rows('SELECT kind FROM cases')).toEqual([{ kind: 'without-record' }])
    floor.goReturn()
    expect(at(floor.scanReturn(known.number), 'assess').refund).toBeNull()
  })

  it('is not taken more often in a day than the policy risks', () => {
    floor.goReturn()
    const limit = floor.ground.policy().returns.rules?.withoutRecord.perDay ?? 0
    for (let n = 0; n < limit; n += 1)
      floor.ground.store.write((db) => {
        db.prepare(`INSERT INTO returns VALUES ('r${n}', 'G-${n}', 'f${n}', NULL, 's', 't', NULL, NULL, NULL, ?, 'EUR', 0, 0, 1)`).run(floor.ground.now())
        db.prepare(`INSERT INTO return_lines VALUES ('l${n}', 'r${n}', 0, 'p', NULL, 1, NULL, NULL, NULL, 'gift', 'new', 0, 'inspection', '{}')`).run()
      })
    floor.scanReturn(floor.story('unknown-serial'))
    expect(at(floor.return({ do: 'take-stranger' }), 'scan').notice?.code).toBe('enough-without-record')
  })
})
