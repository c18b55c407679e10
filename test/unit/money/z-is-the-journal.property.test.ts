import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Result } from '../../../contract/fault.ts'
import type { ReturnAction } from '../../../contract/return-view.ts'
import { seenAs, type ShiftReport } from '../../../contract/shift-view.ts'
import { issueVoucher } from '../../../electron/core/money/ledger.ts'
import { cancelDeposit } from '../../../electron/core/money/deposits.ts'
import { shiftReport } from '../../../electron/core/money/shift-report.ts'
import { actExchange } from '../../../electron/core/returns/run-exchange.ts'
import { openShift } from '../../../electron/core/store/shifts.ts'
import type { Reading } from '../../../electron/core/store/store.ts'
import { wrongDocuments, wrongMoney } from '../../support/core/books.ts'
import { GOODS, moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'

/** One thing that somebody does at the till; what is not possible just then is refused and changes nothing. */
type Doing =
  | { readonly do: 'sale'; readonly goods: readonly number[]; readonly camera: number | null; readonly gift: boolean; readonly off_bp: number | null; readonly pay: readonly Pay[]; readonly end: 'pay' | 'deposit' | 'back' | 'void' }
  | { readonly do: 'in' | 'out' | 'drop'; readonly amount_cents: number }
  | { readonly do: 'drawer' | 'voucher' | 'cancel-deposit' | 'recall' | 'power-cut' | 'other-cashier' }
  | { readonly do: 'return'; readonly camera: number; readonly as: 'original' | 'store-credit' }
  | { readonly do: 'return-goods'; readonly receipt: number; readonly as: 'original' | 'store-credit' }
  | { readonly do: 'exchange'; readonly camera: number; readonly for: string }
  | { readonly do: 'close'; readonly off_cents: number }

interface Pay {
  readonly kind: 'cash' | 'card' | 'voucher'
  /** Of what is due, in percent; more than all of it in cash gives change. */
  readonly share: number
}

const CAMERAS = 3
const LENSES = 2

const payArb: fc.Arbitrary<Pay> = fc.record({ kind: fc.constantFrom('cash', 'card', 'voucher'), share: fc.integer({ min: 1, max: 150 }) })
const amountArb = fc.oneof(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom(0, -1, 10_000_000_001))
const doingArb: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sale' as const),
      goods: fc.array(fc.nat({ max: GOODS.length - 2 }), { minLength: 1, maxLength: 4 }),
      camera: fc.option(fc.integer({ min: 1, max: CAMERAS })),
      gift: fc.boolean(),
      off_bp: fc.option(fc.integer({ min: 1, max: 10_000 })),
      pay: fc.array(payArb, { maxLength: 4 }),
      end: fc.constantFrom('pay', 'pay', 'pay', 'deposit', 'back', 'void'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('in', 'out', 'drop'), amount_cents: amountArb }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('drawer', 'voucher', 'cancel-deposit', 'recall', 'power-cut', 'other-cashier') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('return' as const), camera: fc.integer({ min: 1, max: CAMERAS }), as: fc.constantFrom('original', 'store-credit') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('return-goods' as const), receipt: fc.nat({ max: 5 }), as: fc.constantFrom('original', 'store-credit') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('exchange' as const), camera: fc.integer({ min: 1, max: CAMERAS }),
      for: fc.constantFrom('CAM-1', 'CAM-2', 'CAM-3', 'LENS-1', 'LENS-2'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), off_cents: fc.integer({ min: -700, max: 700 }) }) },
)

class Day {
  till: MoneyTill
  readonly #vouchers: string[] = []
  #cashier: 'ada' | 'max' = 'ada'

  constructor(till: MoneyTill) {
    this.till = till
    this.till.desk.actShift({ do: 'open', float_cents: 10_000 as never })
  }

  get db(): Reading {
    return this.till.ground.store.reading
  }

  act(doing: Doing): void {
    const { desk } = this.till
    switch (doing.do) {
      case 'sale':
        return this.#sale(doing)
      case 'in':
        desk.actShift({ do: 'paid-in', amount_cents: doing.amount_cents as never, reason: 'change' })
        return
      case 'out':
        desk.actShift({ do: 'paid-out', amount_cents: doing.amount_cents as never, reason: 'stamps' })
        return
      case 'drop':
        desk.actShift({ do: 'drop', amount_cents: doing.amount_cents as never })
        return
      case 'drawer':
        desk.actShift({ do: 'no-sale', reason: 'change a note' })
        return
      case 'voucher':
        desk.act('', (deed): Result<unknown> => {
          const made = issueVoucher(deed, { amount_cents: 1_500, becauseOf: 'goodwill', holder: null })
          if (made.ok) this.#vouchers.push(made.value.number)
          return made
        })
        return
      case 'cancel-deposit': {
        const deposits = this.db.prepare("SELECT number FROM credits WHERE kind = 'deposit'").pluck().all() as string[]
        for (const number of deposits.slice(0, 1)) desk.act('', (deed) => cancelDeposit(deed, number))
        return
      }
      case 'recall':
        for (const { flowId } of desk.view().parked.slice(0, 1)) {
          desk.recall(flowId)
          desk.actSale(flowId, { do: 'pay' })
          this.#payRest(flowId)
        }
        return
      case 'power-cut':
        this.till = this.till.reopen()
        return
      case 'other-cashier':
        this.#cashier = this.#cashier === 'ada' ? 'max' : 'ada'
        this.till.signIn(this.#cashier)
        return
      case 'return':
        return this.#return(`CAM-${doing.camera}`, doing.as)
      case 'return-goods':
        return this.#return(this.#receipts().at(-1 - doing.receipt) ?? 'none', doing.as)
      case 'exchange':
        return this.#exchange(`CAM-${doing.camera}`, doing.for)
      case 'close':
        return this.#close(doing.off_cents)
    }
  }

  #sale(doing: Extract<Doing, { do: 'sale' }>): void {
    const { desk } = this.till
    desk.beginSale()
    const { flowId } = saleIn(desk.view())
    for (const place of doing.goods) desk.scan({ text: `ART-${GOODS[place]?.id}`, aim: null })
    if (doing.camera !== null) desk.scan({ text: `CAM-${doing.camera}`, aim: null })
    if (doing.gift) desk.scan({ text: 'ART-gift', aim: null })
    if (doing.off_bp !== null) desk.actSale(flowId, { do: 'discount', lineId: null, off: { is: 'percent', off_bp: doing.off_bp }, reason: 'a good customer' })
    if (doing.end === 'void') {
      desk.actSale(flowId, { do: 'void' })
      return
    }
    desk.actSale(flowId, { do: 'pay' })
    for (const { kind, share } of doing.pay) {
      const sale = saleIn(desk.view())
      if (sale.at !== 'tendering') return
      const given_cents = Math.ceil((sale.due_cents * share) / 100) as never
      const voucher = this.#vouchers.at(-1)
      if (kind === 'voucher') {
        if (voucher !== undefined) desk.actSale(flowId, { do: 'tender', kind, given_cents, credit: voucher })
      } else desk.actSale(flowId, { do: 'tender', kind, given_cents, ...(kind === 'card' ? { approvalCode: 'A' } : {}) })
    }
    if (doing.end === 'deposit') desk.actSale(flowId, { do: 'leave-deposit', name: 'Kim' })
    if (doing.end === 'back') desk.actSale(flowId, { do: 'back-to-cart' })
    if (doing.end === 'pay') this.#payRest(flowId)
  }

  #receipts(): string[] {
    return this.db.prepare('SELECT number FROM sales ORDER BY number').pluck().all() as string[]
  }

  /** A camera by its number, or one of the plain goods by its receipt, comes back; a supervisor answers for what is dear. */
  #return(text: string, as: 'original' | 'store-credit'): void {
    const { desk } = this.till
    desk.go('return', null)
    desk.scan({ text, aim: null })
    const flow = () => {
      const { front } = desk.view()
      return front.screen === 'return' ? front.return : null
    }
    const begun = flow()
    if (begun === null) return
    const act = (action: ReturnAction) => desk.actReturn(begun.flowId, action)
    if (begun.at === 'lines') act({ do: 'take-line', lineId: begun.lines.find(({ unitId, left }) => unitId === null && left > 0)?.lineId ?? '', quantity: 1 })
    for (const action of [
      { do: 'give-reason', reason: 'changed-mind' }, { do: 'grade', condition: 'new' }, { do: 'all-in-order' }, { do: 'pay-as', as },
      { do: 'approve', note: 'looked at it' }, { do: 'refund' },
    ] as const)
      act(action)
    if (flow()?.at !== 'done') act({ do: 'start-over' })
  }

  /** A camera goes for another one or for a lens, and what lies between them is settled in cash. */
  #exchange(old: string, next: string): void {
    const { desk } = this.till
    desk.go('exchange', null)
    for (const text of [old, next]) desk.scan({ text, aim: null })
    const { front } = desk.view()
    if (front.screen !== 'exchange') return
    const { flowId } = front.exchange
    for (const action of [
      { do: 'give-reason', reason: 'wrong-item' }, { do: 'grade', condition: 'new' }, { do: 'approve', note: 'looked at it' }, { do: 'settle', tender: 'cash' },
    ] as const)
      desk.act(flowId, (deed) => actExchange(deed, action))
    const after = desk.view().front
    if (after.screen === 'exchange' && after.exchange.at !== 'done') desk.act(flowId, (deed) => actExchange(deed, { do: 'start-over' }))
  }

  #payRest(flowId: string): void {
    const { front } = this.till.desk.view()
    if (front.screen !== 'sale' || front.sale.at !== 'tendering') return
    this.till.desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: front.sale.due_cents })
  }

  #close(off_cents: number): void {
    const { shift } = this.till.desk.view()
    if (shift.at !== 'open') return
    const cash = this.report().expected_cents
    const seen = shift.openWork.map(seenAs)
    this.till.desk.actShift({ do: 'close', counted_cents: Math.max(0, cash + off_cents) as never, reason: 'miscounted', seen })
    if (this.till.desk.view().shift.at === 'closed') this.till.desk.actShift({ do: 'open', float_cents: 2_000 as never })
  }

  report(): ShiftReport {
    const shift = openShift(this.db)
    const made = shift && shiftReport(this.db, shift.id)
    if (!made) throw new Error('no shift is open')
    return made
  }
}

/** Everything that comes back was sold here, so no more tax comes back than was taken. */
function holdsTogether({ db }: Day): void {
  expect([...wrongDocuments(db), ...wrongMoney(db, ['gift'])]).toEqual([])
  const sum = (table: string): number => Number(db.prepare(`SELECT coalesce(sum(tax_cents), 0) FROM ${table}`).pluck().get())
  expect(-sum('return_taxes')).toBeLessThanOrEqual(sum('sale_taxes'))
  for (const id of db.prepare('SELECT id FROM shifts').pluck().all() as string[]) {
    const report = shiftReport(db, id)
    // Only a refund in cash may be more than the drawer holds: the customer does not wait for the safe.
    const refunds = report?.tenders.find((tender) => tender.kind === 'cash')?.out_cents ?? 0
    const depositsBack = report?.moves.filter((move) => move.what === 'deposit-out').reduce((total, move) => total - move.amount_cents, 0) ?? 0
    expect((report?.expected_cents ?? 0) + refunds + depositsBack).toBeGreaterThanOrEqual(0)
  }
}

const CASH: readonly Pay[] = [{ kind: 'cash', share: 100 }]
const plainSale = { do: 'sale', goods: [0, 0, 1, 2], camera: null, gift: true, off_bp: 700, pay: [], end: 'pay' } as const
/** Everything once, so that no property below holds only because nothing happened. */
const FULL_DAY: readonly Doing[] = [
  plainSale, { ...plainSale, goods: [1], camera: 1, gift: false, pay: [{ kind: 'cash', share: 40 }, { kind: 'card', share: 50 }] },
  { do: 'exchange', camera: 1, for: 'LENS-1' }, { do: 'return-goods', receipt: 2, as: 'original' }, { do: 'return-goods', receipt: 2, as: 'store-credit' },
  { ...plainSale, camera: 2, off_bp: null, end: 'deposit', pay: [{ kind: 'cash', share: 30 }] }, { do: 'cancel-deposit' }, { do: 'recall' },
  { do: 'return', camera: 2, as: 'original' }, { do: 'voucher' }, { ...plainSale, gift: false, pay: [{ kind: 'voucher', share: 50 }, ...CASH] }, { do: 'close', off_cents: 5 },
]
/** What nearly all was taken off costs nothing when it is rounded, and nothing is paid back for it. */
const FOR_NOTHING: readonly Doing[] = [{ ...plainSale, goods: [0], gift: false, off_bp: 9_995 }, { do: 'return-goods', receipt: 0, as: 'original' }]
const HAPPENED = {
  exchanges: 'SELECT count(*) FROM exchanges', goodsBack: 'SELECT count(*) FROM return_lines WHERE unit_id IS NULL',
  giftsSold: "SELECT count(*) FROM sale_lines WHERE product_id = 'gift'", discounted: 'SELECT count(*) FROM sale_lines WHERE discount_cents > 0',
  split: 'SELECT count(*) FROM (SELECT 1 FROM tenders WHERE sale_id IS NOT NULL GROUP BY sale_id HAVING count(*) > 1)',
  depositsBack: "SELECT count(*) FROM money_moves WHERE what = 'deposit-out'", vouchersSpent: "SELECT count(*) FROM credit_entries WHERE what = 'spent'",
}

it('a day with everything in it has everything in it', () => {
  const day = new Day(moneyTill({ cameras: CAMERAS, lenses: LENSES }))
  for (const doing of FULL_DAY) day.act(doing)
  const happened = Object.entries(HAPPENED).filter(([, text]) => Number(day.db.prepare(text).pluck().get()) > 0).map(([what]) => what)
  expect(happened).toEqual(Object.keys(HAPPENED))
  holdsTogether(day)
  day.till.close()
})

it.each([
  ['prices with the tax in them', {}],
  ['tax on top and no small coins', { tax_inclusive: 0, cash_step: 5 } as const],
])('Z = journal: whatever is sold, taken back, voided, split, left, moved and cut off in whatever order, with %s', { timeout: 120_000 }, (_name, shop) => {
  fc.assert(
    fc.property(fc.array(doingArb, { minLength: 4, maxLength: 18 }), (doings) => {
      const day = new Day(moneyTill({ ...shop, cameras: CAMERAS, lenses: LENSES }))
      try {
        for (const doing of doings) day.act(doing)
        holdsTogether(day)
      } finally {
        day.till.close()
      }
    }),
    { numRuns: 25, examples: [[[...FULL_DAY]], [[...FOR_NOTHING]]] },
  )
})
