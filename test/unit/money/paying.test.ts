import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import { ok } from '../../../contract/fault.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import { balanceOf, issueCredit } from '../../../electron/core/money/ledger.ts'
import { cancelDeposit } from '../../../electron/core/money/deposits.ts'
import { shiftReport } from '../../../electron/core/money/shift-report.ts'
import { holderOf } from '../../../electron/core/store/flows.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { openShift } from '../../../electron/core/store/shifts.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'

let till: MoneyTill
beforeEach(() => {
  till = moneyTill({ cameras: 3 })
})
afterEach(() => till.close())

const scan = (text: string) => till.desk.scan({ text, aim: null })
const sale = () => saleIn(till.desk.view())
const act = (action: SaleAction) => till.desk.actSale(sale().flowId, action)

/** Puts so many cables into the cart, 9.99 each, and begins to pay. */
function cart(...codes: string[]) {
  till.desk.beginSale()
  for (const code of codes) scan(code)
  act({ do: 'pay' })
}

function credit(kind: 'voucher' | 'store-credit', amount_cents: number): string {
  let number = ''
  till.act((deed) => {
    const made = issueCredit(deed, { kind, amount_cents, becauseOf: 'gift', holder: null })
    if (made.ok) ({ number } = made.value)
    return made
  })
  return number
}

const left = (number: string) => balanceOf(till.ground, till.ground.store.reading, number)?.balance_cents
const due = () => {
  const view = sale()
  return view.at === 'tendering' ? view.due_cents : null
}
const report = () => {
  const shift = openShift(till.ground.store.reading)
  const made = shift && shiftReport(till.ground.store.reading, shift.id)
  if (!made) throw new Error('no shift is open')
  return made
}

describe('paying in any mix', () => {
  it('takes a voucher by its scan, then a card by hand, then cash, and gives change only on the cash', () => {
    const voucher = credit('voucher', 1_000)
    cart('ART-cable', 'ART-case')
    scan(`countermark:voucher:${voucher}`)
    expect(due()).toBe(1_994)
    act({ do: 'tender', kind: 'card', given_cents: 1_000 as never, approvalCode: 'A1' })
    expect(due()).toBe(994)
    act({ do: 'tender', kind: 'cash', given_cents: 2_000 as never })
    const paid = sale()
    expect(paid).toMatchObject({ at: 'paid', change_cents: 1_006 })
    expect(left(voucher)).toBe(0)
    expect(report().tenders.map(({ kind, in_cents }) => [kind, in_cents])).toEqual([['card', 1_000], ['cash', 994], ['voucher', 1_000]])
  })

  it('leaves on the voucher what was not needed, says so on the receipt, and gives no change on it', () => {
    const voucher = credit('store-credit', 5_000)
    cart('ART-cable')
    expect(act({ do: 'tender', kind: 'voucher', given_cents: 5_000 as never, credit: voucher.toLowerCase() }).ok).toBe(true)
    const paid = sale()
    if (paid.at !== 'paid') throw new Error(paid.at)
    expect(paid.change_cents).toBe(0)
    expect(paid.tenders).toMatchObject([{ kind: 'store-credit', amount_cents: 999, credit: { number: voucher, left_cents: 4_001 } }])
    expect(left(voucher)).toBe(4_001)
  })

  it('does not touch a voucher until the sale is paid: taken off the table or back to the cart it is whole', () => {
    const voucher = credit('voucher', 500)
    cart('ART-cable')
    scan(voucher)
    const tendering = sale()
    if (tendering.at !== 'tendering') throw new Error(tendering.at)
    act({ do: 'drop-tender', tenderId: tendering.tenders[0]?.tenderId ?? '' })
    expect(due()).toBe(999)
    scan(voucher)
    act({ do: 'back-to-cart' })
    expect(sale().at).toBe('open')
    expect(left(voucher)).toBe(500)
  })

  it('refuses the same voucher twice in one sale, and one that another cashier’s sale has emptied meanwhile', () => {
    const voucher = credit('voucher', 500)
    cart('ART-cable')
    scan(voucher)
    expect(scan(voucher)).toMatchObject({ ok: false, fault: { code: 'credit-spent' } })
    till.signIn('max')
    cart('ART-cable')
    scan(voucher)
    act({ do: 'tender', kind: 'cash', given_cents: 499 as never })
    expect(sale().at).toBe('paid')
    till.signIn('ada')
    act({ do: 'tender', kind: 'cash', given_cents: 499 as never })
    const stopped = sale()
    expect(stopped).toMatchObject({ at: 'tendering', tenders: [], due_cents: 999, notice: { code: 'credit-gone' } })
    expect(left(voucher)).toBe(0)
  })

  it('takes the same voucher in two parts, and no more than is on it', () => {
    const voucher = credit('voucher', 500)
    cart('ART-case')
    act({ do: 'tender', kind: 'voucher', given_cents: 300 as never, credit: voucher })
    act({ do: 'tender', kind: 'voucher', given_cents: 400 as never, credit: voucher })
    expect(due()).toBe(1_495)
    act({ do: 'tender', kind: 'cash', given_cents: 1_495 as never })
    expect(sale()).toMatchObject({ at: 'paid', tenders: [{ amount_cents: 300 }, { amount_cents: 200, credit: { left_cents: 0 } }, { kind: 'cash' }] })
    expect(left(voucher)).toBe(0)
  })

  it('rounds only what is left for cash where a country has no small coins', () => {
    till.close()
    till = moneyTill({ cash_step: 5, currency: 'CHF' })
    const voucher = credit('voucher', 501)
    cart('ART-cable')
    scan(voucher)
    expect(due()).toBe(500)
    act({ do: 'tender', kind: 'cash', given_cents: 500 as never })
    expect(sale()).toMatchObject({ at: 'paid', change_cents: 0 })
    expect(report()).toMatchObject({ rounding_cents: 2, expected_cents: 500 })
  })

  it('says what a voucher is worth when it is scanned while nothing is sold, and that nobody knows a stranger', () => {
    const voucher = credit('voucher', 2_500)
    const shown = scan(voucher)
    expect(shown.ok && shown.value.alarm).toMatchObject({ code: 'voucher', params: { amount_cents: 2_500 } })
    expect(scan('countermark:voucher:T9-V000001-AAAAA-X')).toMatchObject({ ok: false, fault: { code: 'no-such-credit' } })
  })
})

describe('a deposit', () => {
  /** 50 € on a camera of 199.90 € for Kim. */
  function leaveDeposit(): string {
    cart('CAM-1')
    act({ do: 'tender', kind: 'cash', given_cents: 5_000 as never })
    const done = act({ do: 'leave-deposit', name: 'Kim' })
    if (!done.ok) throw new Error(done.fault.code)
    const slip = till.ground.store.reading.prepare("SELECT number FROM documents WHERE kind = 'slip'").get() as { number: string }
    return slip.number
  }

  it('is in the drawer and in the report, holds the piece with an event, and waits under a name', () => {
    leaveDeposit()
    expect(till.desk.view().parked).toMatchObject([{ name: 'Kim', total_cents: 19_990 }])
    expect(report()).toMatchObject({ expected_cents: 5_000, moves: [{ what: 'deposit-in', kind: 'cash', amount_cents: 5_000, count: 1 }], sales: { count: 0 } })
    const { reading } = till.ground.store
    expect(eventsOfUnit(reading, 'camera-1').map((event) => event.kind)).toEqual(['held'])
    till.clock.turn(10 * DAY_MS)
    expect(holderOf(reading, 'camera-1', till.ground.now())).not.toBeNull()
    till.signIn('max')
    till.desk.beginSale()
    scan('CAM-1')
    expect(sale().lines).toEqual([])
  })

  it('comes up by its slip on another day, and only the rest is paid', () => {
    const number = leaveDeposit()
    till.act((deed) => (deed.db, ok(null)))
    till.desk.actShift({ do: 'close', counted_cents: 5_000 as never, seen: ['sale-parked:1'] })
    till.clock.turn(DAY_MS)
    till.signIn('ada')
    till.desk.actShift({ do: 'open', float_cents: 5_000 as never })
    expect(scan(`countermark:voucher:${number}`).ok).toBe(true)
    expect(sale().lines).toHaveLength(1)
    act({ do: 'pay' })
    expect(due()).toBe(14_990)
    act({ do: 'tender', kind: 'card', given_cents: 14_990 as never, approvalCode: 'A1' })
    expect(sale()).toMatchObject({ at: 'paid', tenders: [{ kind: 'deposit', amount_cents: 5_000 }, { kind: 'card', amount_cents: 14_990 }] })
    expect(left(number)).toBe(0)
    // The deposit was yesterday's cash: today's drawer has only its float.
    expect(report()).toMatchObject({ expected_cents: 5_000, sales: { count: 1, amount_cents: 19_990 } })
  })

  it('goes back as it came, and only then can its sale be voided', () => {
    const number = leaveDeposit()
    expect(till.desk.view().parked).toMatchObject([{ deposit: { number, amount_cents: 5_000, back: [{ kind: 'cash', amount_cents: 5_000 }] } }])
    scan(number)
    act({ do: 'void' })
    expect(sale()).toMatchObject({ at: 'open', notice: { code: 'deposit-first' } })
    till.act((deed) => cancelDeposit(deed, number))
    expect(left(number)).toBe(0)
    expect(report()).toMatchObject({ expected_cents: 0 })
    expect(till.desk.act('', (deed) => cancelDeposit(deed, number))).toMatchObject({ ok: false, fault: { code: 'credit-spent' } })
    act({ do: 'void' })
    expect(till.desk.view().front.screen).toBe('home')
    expect(holderOf(till.ground.store.reading, 'camera-1', till.ground.now())).toBeNull()
  })

  it('counts as what it was paid with when the piece comes back: cash, not a deposit', () => {
    const number = leaveDeposit()
    scan(number)
    act({ do: 'pay' })
    act({ do: 'tender', kind: 'cash', given_cents: 14_990 as never })
    const facts = till.ground.store.reading.prepare("SELECT facts FROM unit_overlays WHERE unit_id = 'camera-1'").pluck().get() as string
    expect(JSON.parse(facts)).toMatchObject({ title: { purchase: { tender: 'cash', paid_cents: 19_990 } } })
  })
})

it('keeps each cashier’s own sale when another takes over the till, and shows nobody another’s (quick switch)', () => {
  cart('ART-cable', 'ART-case')
  act({ do: 'back-to-cart' })
  till.signIn('max')
  expect(till.desk.view().front.screen).toBe('home')
  till.desk.beginSale()
  scan('ART-manual')
  expect(sale().lines).toHaveLength(1)
  till.signIn('ada')
  expect(sale().lines).toHaveLength(2)
  till.signIn('max')
  expect(sale().lines.map((line) => line.productId)).toEqual(['manual'])
})
