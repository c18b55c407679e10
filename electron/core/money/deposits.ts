import { ok, refused, type Result } from '../../../contract/fault.ts'
import { add, cents, ZERO, type Cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { Tender } from '../../../contract/sale-view.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { Deed } from '../flows/deed.ts'
import { unitIdsOf } from '../flows/line-pieces.ts'
import type { Ground } from '../ground.ts'
import type { Reading } from '../store/store.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { totalsOf } from '../flows/totals.ts'
import { depositPaper } from '../papers/deposit-paper.ts'
import type { Authority } from '../people/authority.ts'
import { flowOf, hold } from '../store/flows.ts'
import { recordEvent } from '../store/journal.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { movesOfCredit } from '../store/shifts.ts'
import { balanceOf, giveBack, issueCredit } from './ledger.ts'
import { moneyRules } from '../../../contract/money-rules.ts'
import { moveMoney } from './move-money.ts'
import { depositsOf } from './sale-credits.ts'

/** For how long a deposit that is taken now holds its goods. */
export const depositHold_ms = (policy: Policy): number => moneyRules(policy).depositDays * DAY_MS

/**
 * Takes a deposit on the goods of a cart: a promise in the ledger, the money in the shift, the pieces held for as long
 * as the policy says with an event each, and a slip with what is paid and what is still due. All in the deed's transaction.
 */
export function takeDeposit(deed: Deed, state: SaleState, wish: { readonly name: string; readonly tenders: readonly Tender[] }): void {
  const { ground } = deed
  const amount_cents = add(ZERO, ...wish.tenders.map((tender) => tender.amount_cents))
  const made = issueCredit(deed, { kind: 'deposit', amount_cents, becauseOf: deed.flowId, holder: wish.name })
  if (!made.ok) throw new Error(`the deposit was not taken: ${made.fault.code}`)
  const { number } = made.value
  for (const tender of wish.tenders) {
    const moved = moveMoney(deed, { what: 'deposit-in', kind: tender.kind, amount_cents: tender.amount_cents, reason: '', credit: number, authority: null })
    if (!moved.ok) throw new Error(`the deposit was not booked: ${moved.fault.code}`)
  }
  const until = later(ground.now(), depositHold_ms(ground.policy()))
  for (const unitId of state.lines.flatMap(unitIdsOf)) holdFor(deed, unitId, number, until)
  depositSlip(deed, state, { number, name: wish.name, amount_cents, until, tenders: wish.tenders })
}

/** The name stays off the journal, which forgets nobody: that is about the piece, and the number leads to who may know. */
function holdFor(deed: Deed, unitId: string, number: string, until: string): void {
  const { ground, db, staff } = deed
  const at = ground.now()
  const other = hold(db, unitId, deed.flowId, until, at)
  if (other !== null) throw new Error(`unit ${unitId} is held by flow ${other}`)
  recordEvent(db, {
    id: ground.newId(), kind: 'held', unitId, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null,
    who: staff?.name ?? null, params: { reason: 'deposit', number, until }, facts: null,
  })
}

function depositSlip(
  deed: Deed, state: SaleState,
  deposit: { number: string; name: string; amount_cents: Cents; until: string; tenders: readonly Tender[] },
): void {
  const { ground, db, setting } = deed
  const at = ground.now()
  const totals = totalsOf(state.lines, { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 })
  const paid = add(ZERO, ...depositsOf(ground, db, deed.flowId).map((one) => one.balance_cents))
  const documentId = ground.newId()
  recordDocument(db, {
    id: documentId, kind: 'slip', number: deposit.number, at, total_cents: deposit.amount_cents, summary: deposit.name,
    body: depositPaper(
      {
        number: deposit.number, at, who: deed.staff?.name ?? '', name: deposit.name, lines: state.lines, totals, amount_cents: deposit.amount_cents,
        due_cents: cents(Math.max(0, totals.gross_cents - paid)), heldUntil: deposit.until, tenders: deposit.tenders,
      },
      setting,
    ),
  })
  const cash = deposit.tenders.some((tender) => tender.kind === 'cash')
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: cash, at })
}

/** What is left of a deposit, in the ways it came in. */
export interface DepositLeft {
  readonly number: string
  readonly shares: readonly { readonly kind: TenderKind; readonly amount_cents: number }[]
}

/** What of a deposit would go back now. Refused for a number that is no deposit, and when nothing is left on it. */
export function depositLeft({ ground, db }: { readonly ground: Ground; readonly db: Reading }, text: string): Result<DepositLeft> {
  const deposit = balanceOf(ground, db, text)
  if (deposit === null || deposit.kind !== 'deposit') return refused('no-such-credit', { number: text })
  if (deposit.balance_cents === 0) return refused('credit-spent', { number: deposit.number })
  let left: number = deposit.balance_cents
  const shares = movesOfCredit(db, deposit.number).flatMap(({ kind, amount_cents }) => {
    const back = Math.min(left, amount_cents)
    if (back <= 0) return []
    left -= back
    return [{ kind, amount_cents: back }]
  })
  return ok({ number: deposit.number, shares })
}

/**
 * Gives a deposit back as it came: cash out of the drawer, a card beside the till, with a slip each. The goods stay in
 * their cart, which can then be voided. Refused without the right, for a number that is no deposit, and when nothing is
 * left on it.
 */
export function cancelDeposit(deed: Deed, text: string): Result<null> {
  const left = depositLeft(deed, text)
  if (!left.ok) return left
  const authority = deed.authority('pay-out')
  return authority === null ? refused('no-right', { right: 'pay-out' }) : giveDepositBack(deed, left.value, authority)
}

/** Books a deposit of which the terminal has said that the card has its money back; what came in cash goes with it. */
export function bookDepositBack(deed: Deed, number: string, authority: Authority): void {
  const left = depositLeft(deed, number)
  const booked = left.ok ? giveDepositBack(deed, left.value, authority) : left
  if (!booked.ok) throw new Error(`the deposit ${number} went back and was not booked: ${booked.fault.code}`)
}

function giveDepositBack(deed: Deed, { number, shares }: DepositLeft, authority: Authority): Result<null> {
  for (const { kind, amount_cents } of shares) {
    const moved = moveMoney(deed, { what: 'deposit-out', kind, amount_cents, reason: '', credit: number, authority })
    if (!moved.ok) return moved
  }
  const amount_cents = shares.reduce((sum, share) => sum + share.amount_cents, 0)
  const taken = giveBack(deed, { number, amount_cents, becauseOf: number, tenderId: null })
  return taken.ok ? ok(null) : taken
}

/** The cart that a deposit lies on, while it is parked or open. */
export function cartOfDeposit(deed: Deed, flowId: string): 'parked' | 'open' | null {
  const flow = flowOf(deed.db, flowId)
  return flow?.kind === 'sale' && (flow.status === 'parked' || flow.status === 'open') ? flow.status : null
}
