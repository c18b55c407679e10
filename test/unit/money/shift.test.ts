import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ShiftAction } from '../../../contract/shift-view.ts'
import { seenAs } from '../../../contract/shift-view.ts'
import { printX } from '../../../electron/core/desk/act-shift.ts'
import { MoneyDesk } from '../../../electron/core/money/money-desk.ts'
import { documentOf, markJob, queueJob } from '../../../electron/core/store/papers.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'

let till: MoneyTill
beforeEach(() => {
  till = moneyTill()
})
afterEach(() => till.close())

const act = (action: ShiftAction) => till.desk.actShift(action)
const shift = () => till.desk.view().shift
const money = () => new MoneyDesk(till.desk)
const open = (float_cents = 10_000) => act({ do: 'open', float_cents: float_cents as never })
const cents = (amount: number) => amount as never

function sellCable(pay: 'cash' | 'card' = 'cash'): void {
  till.desk.beginSale()
  till.desk.scan({ text: 'ART-cable', aim: null })
  const { flowId } = saleIn(till.desk.view())
  till.desk.actSale(flowId, { do: 'pay' })
  till.desk.actSale(flowId, { do: 'tender', kind: pay, given_cents: cents(999), ...(pay === 'card' ? { approvalCode: 'A' } : {}) })
}

const paperText = (documentId: string): string =>
  (documentOf(till.ground.store.reading, documentId)?.body.blocks ?? [])
    .map((block) => ('left' in block ? `${block.left}: ${block.right}` : 'text' in block ? block.text : ''))
    .join('\n')

describe('cash that moves without a sale', () => {
  it('is in the drawer’s sum with its reason and its slip: in, out, and to the safe', () => {
    open()
    act({ do: 'paid-in', amount_cents: cents(5_000), reason: 'Change from the bank' })
    act({ do: 'paid-out', amount_cents: cents(1_250), reason: 'Stamps' })
    act({ do: 'drop', amount_cents: cents(10_000) })
    expect(shift()).toMatchObject({ expectedCash_cents: 3_750 })
    const slips = till.ground.store.reading.prepare("SELECT summary, total_cents FROM documents WHERE kind = 'cash' ORDER BY number").all()
    expect(slips).toEqual([
      { summary: 'Change from the bank', total_cents: 5_000 }, { summary: 'Stamps', total_cents: -1_250 }, { summary: '', total_cents: -10_000 },
    ])
  })

  it('wants a reason and an amount, and cannot be more than is there', () => {
    open(1_000)
    expect(act({ do: 'paid-out', amount_cents: cents(500), reason: '' })).toMatchObject({ ok: false, fault: { code: 'reason-missing' } })
    for (const amount of [0, -5, 1_001]) expect(act({ do: 'paid-out', amount_cents: cents(amount), reason: 'x' })).toMatchObject({ ok: false })
    expect(act({ do: 'drop', amount_cents: cents(1_001) })).toMatchObject({ ok: false, fault: { code: 'not-in-drawer' } })
    expect(shift()).toMatchObject({ expectedCash_cents: 1_000 })
  })

  it('wants the right, and the drawer without a sale too; what is refused leaves no trace', () => {
    open()
    till.signIn('max')
    expect(act({ do: 'paid-out', amount_cents: cents(100), reason: 'x' })).toMatchObject({ ok: false, fault: { code: 'no-right', params: { right: 'pay-out' } } })
    expect(act({ do: 'no-sale', reason: 'Change a note' }).ok).toBe(true)
    const kinds = till.ground.store.reading.prepare("SELECT kind FROM journal WHERE kind IN ('money-moved', 'drawer-opened')").pluck().all()
    expect(kinds).toEqual(['drawer-opened'])
  })
})

describe('closing the shift', () => {
  it('is blind for whoever may not see sums: the view holds neither takings nor what should be there', () => {
    open()
    sellCable()
    till.signIn('max')
    expect(shift()).toMatchObject({ at: 'open', expectedCash_cents: null, tenders: [] })
    till.signIn('ada')
    expect(shift()).toMatchObject({ expectedCash_cents: 10_999 })
  })

  it('counts by notes and coins, which must come to the sum that was said', () => {
    open()
    expect(act({ do: 'close', counted_cents: cents(10_000), counts: { 5_000: 1 } })).toMatchObject({ ok: false, fault: { code: 'amount-out-of-range' } })
    expect(act({ do: 'close', counted_cents: cents(10_000), counts: { 5_000: 1, 2_000: 2, 500: 2 } }).ok).toBe(true)
    expect(shift()).toMatchObject({ at: 'closed', last: { difference_cents: 0, reason: null } })
  })

  it('lets a few coins pass, and wants a reason for more, which stands on the Z', () => {
    open()
    expect(act({ do: 'close', counted_cents: cents(9_499) })).toMatchObject({ ok: false, fault: { code: 'difference-unexplained', params: { limit_cents: 500 } } })
    expect(shift().at).toBe('open')
    act({ do: 'close', counted_cents: cents(9_499), reason: 'A note went into the wrong drawer' })
    const closed = shift()
    if (closed.at !== 'closed' || !closed.last?.documentId) throw new Error('it is closed with a report')
    expect(closed.last).toMatchObject({ difference_cents: -501, reason: 'A note went into the wrong drawer' })
    expect(paperText(closed.last.documentId)).toContain('A note went into the wrong drawer')
  })

  it('shows what is not finished, and closes over none of it unseen', () => {
    open()
    till.desk.beginSale()
    till.desk.scan({ text: 'ART-cable', aim: null })
    till.desk.actSale(saleIn(till.desk.view()).flowId, { do: 'park', name: 'Kim' })
    const sold = till.ground.store.reading.prepare('SELECT id FROM documents LIMIT 1').pluck().get()
    expect(sold).toBeUndefined()
    const before = shift()
    if (before.at !== 'open') throw new Error('it is open')
    expect(before.openWork).toEqual([{ kind: 'sale-parked', count: 1, blocks: false }])
    expect(act({ do: 'close', counted_cents: cents(10_000) })).toMatchObject({ ok: false, fault: { code: 'open-work', params: { 'sale-parked': 1 } } })
    expect(act({ do: 'close', counted_cents: cents(10_000), seen: ['sale-parked:2'] })).toMatchObject({ ok: false })
    expect(act({ do: 'close', counted_cents: cents(10_000), seen: before.openWork.map(seenAs) }).ok).toBe(true)
    expect(JSON.parse(till.ground.store.reading.prepare('SELECT seen FROM shift_ends').pluck().get() as string)).toEqual(before.openWork)
  })

  it('has seen a paper of which nobody knows whether it came out (P88)', () => {
    open()
    sellCable()
    const { ground } = till
    ground.store.write((db) => {
      const documentId = db.prepare("SELECT id FROM documents WHERE kind = 'sale'").pluck().get() as string
      queueJob(db, { id: 'job-1', documentId, copy: false, drawer: false, at: ground.now() })
      markJob(db, 'job-1', 'unknown', null, ground.now())
    })
    expect(act({ do: 'close', counted_cents: cents(10_999) })).toMatchObject({ ok: false, fault: { params: { 'paper-unknown': 1 } } })
    expect(act({ do: 'close', counted_cents: cents(10_999), seen: ['paper-unknown:1'] }).ok).toBe(true)
  })

  it('is not possible at all while a sale is half paid: its money is in this drawer and in no sale', () => {
    open()
    till.desk.beginSale()
    till.desk.scan({ text: 'ART-cable', aim: null })
    const { flowId } = saleIn(till.desk.view())
    till.desk.actSale(flowId, { do: 'pay' })
    till.desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: cents(500) })
    expect(act({ do: 'close', counted_cents: cents(10_500), seen: ['sale-paying:1'] })).toMatchObject({ ok: false, fault: { code: 'open-work' } })
    till.desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: cents(499) })
    expect(act({ do: 'close', counted_cents: cents(10_999) }).ok).toBe(true)
  })

  it('keeps an order in its own day: what is sold after the close belongs to the next shift (P75, P79)', () => {
    open()
    sellCable()
    act({ do: 'close', counted_cents: cents(10_999) })
    sellCable('card')
    const [past] = money().past()
    const before = money().report(past?.shiftId ?? '')
    const now = money().report(null)
    expect(before.ok && before.value.sales.count).toBe(1)
    expect(now.ok && now.value).toMatchObject({ sales: { count: 1 }, float_cents: 0, tenders: [{ kind: 'card', in_cents: 999 }] })
  })
})

describe('the X', () => {
  it('adds up on paper and as a file what the screen shows, and changes nothing', () => {
    open()
    sellCable()
    sellCable('card')
    const before = money().report(null)
    const x = money().printX()
    if (!x.ok || !before.ok) throw new Error('there is an X')
    expect(paperText(x.value.documentId)).toContain('Sales (2)'.replace('Sales', 'Verkäufe'))
    expect(money().report(null)).toEqual(before)
    const csv = money().csv(null)
    if (!csv.ok) throw new Error(csv.fault.code)
    const rows = csv.value.text.trim().split('\r\n').map((line) => line.split(','))
    expect(rows[0]).toEqual(['section', 'name', 'count', 'amount', 'tax'])
    expect(rows).toContainEqual(['sum', 'sales', '2', '19.98', ''])
    expect(rows).toContainEqual(['tender-in', 'card', '1', '9.99', ''])
    expect(rows).toContainEqual(['tax', '19', '', '19.98', '3.2'])
    expect(rows).toContainEqual(['drawer', 'expected', '', '109.99', ''])
  })

  it('is for whoever may see sums', () => {
    open()
    till.signIn('max')
    expect(till.desk.act('', printX)).toMatchObject({ ok: false, fault: { code: 'no-right', params: { right: 'see-sums' } } })
  })
})
