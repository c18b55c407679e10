import type { CreditKind, CreditTrouble, CreditView } from '../../../contract/credit.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { cents, type Cents } from '../../../contract/money.ts'
import { dayIn } from '../../../contract/days.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { creditPaper } from '../papers/credit-paper.ts'
import {
  creditBalance, creditRow, recordCredit, recordEntry, recordTold, toldCredit, type CreditRow, type ToldCredit,
} from '../store/credits.ts'
import { nextNumber } from '../store/meta.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import type { Reading, Writing } from '../store/store.ts'
import { creditNumber, readCreditNumber } from './credit-number.ts'
import { moneyRules } from '../../../contract/money-rules.ts'
import { tillEvent } from './till-event.ts'

/** What is promised, and for what. */
export interface CreditWish {
  readonly kind: CreditKind
  readonly amount_cents: number
  /** The id of the sale, the return or the flow that it comes of. */
  readonly becauseOf: string
  /** The name that stands on the paper; null for whoever holds it. */
  readonly holder: string | null
  readonly customerId?: string | null
  /** Somebody paid for it: what the policy lets one promise hold that is given away is no limit then. */
  readonly isPaid?: boolean
}

export interface IssuedCredit {
  readonly number: string
  readonly documentId: string
}

/**
 * Gives out a voucher, a store credit or a deposit of a number of this till's own: promise, first entry, event, paper
 * with its code and print job are rows of the deed's transaction. Amounts in minor units of the store's currency.
 * Refuses an amount that is not above nothing or over what the policy lets one promise hold.
 *
 * For a refund as store credit: `issueCredit(deed, { kind: 'store-credit', amount_cents, becauseOf: returnId, holder: null })`
 * beside the return's own tender of kind `store-credit`.
 */
export function issueCredit(deed: Deed, wish: CreditWish): Result<IssuedCredit> {
  const { ground, db } = deed
  const rules = moneyRules(ground.policy())
  if (!Number.isSafeInteger(wish.amount_cents) || wish.amount_cents <= 0) return refused('amount-out-of-range')
  if (wish.kind === 'voucher' && wish.isPaid !== true && wish.amount_cents > rules.creditUpTo_cents) return refused('amount-out-of-range')
  const at = ground.now()
  const series = `credit-${wish.kind}`
  const credit: CreditRow = {
    number: creditNumber(ground.till.code, wish.kind, nextNumber(db, series)), kind: wish.kind, currency: ground.place.currency,
    holder: wish.holder, customer_id: wish.customerId ?? null, issued_at: at, store_id: ground.place.id, till_id: ground.till.id,
    expires_on: wish.kind === 'deposit' ? null : lastDay(ground, at, rules.creditYears),
  }
  recordCredit(db, credit)
  recordEntry(db, {
    id: ground.newId(), number: credit.number, what: 'issued', amount_cents: wish.amount_cents, becauseOf: wish.becauseOf,
    tenderId: null, staffId: deed.staff?.staffId ?? null, at,
  })
  tillEvent(deed, 'credit-issued', {
    number: credit.number, kind: credit.kind, amount_cents: wish.amount_cents, because: wish.becauseOf,
    ...(credit.expires_on === null ? {} : { expires: credit.expires_on }),
  })
  return ok({ number: credit.number, documentId: creditDocument(deed, credit, wish.amount_cents, at) })
}

/** The voucher by its usual name. */
export const issueVoucher = (deed: Deed, wish: Omit<CreditWish, 'kind'>): Result<IssuedCredit> =>
  issueCredit(deed, { ...wish, kind: 'voucher' })

/** Vouchers of a year end together, on the last day of the last year in which they are taken. */
function lastDay(ground: Ground, at: string, years: number | null): string | null {
  return years === null ? null : `${Number(dayIn(at, ground.place.time_zone).slice(0, 4)) + years}-12-31`
}

/** A deposit has the paper of its goods; the others have one of their own, which is printed at once. */
function creditDocument(deed: Deed, credit: CreditRow, amount_cents: number, at: string): string {
  const { ground, db, setting } = deed
  if (credit.kind === 'deposit') return ''
  const id = ground.newId()
  recordDocument(db, {
    id, kind: 'credit', number: credit.number, at, total_cents: amount_cents, summary: credit.holder ?? '',
    body: creditPaper({ ...credit, amount_cents, at, who: deed.staff?.name ?? '' }, setting),
  })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId: id, copy: false, drawer: false, at })
  return id
}

/**
 * What this till knows of a promise now, by its number as scanned or typed; null when nobody here has heard of it or
 * the number is mistyped. Of one that another till gave out no more may be taken than the policy risks while the centre
 * cannot be asked; all of it while the centre keeps it for us.
 */
export function balanceOf(ground: Ground, db: Reading, text: string): CreditView | null {
  const number = readCreditNumber(text)
  const credit = number === null ? null : creditRow(db, number)
  if (credit === null) return null
  const told = toldCredit(db, credit.number)
  const own = credit.till_id === ground.till.id
  const balance_cents = cents(Math.max(0, creditBalance(db, credit.number)))
  const sure = own || (told !== null && told.sure_until !== null && told.sure_until > ground.now())
  const risked = sure ? balance_cents : Math.min(balance_cents, Math.max(0, moneyRules(ground.policy()).offlineCreditUpTo_cents))
  const trouble = troubleOf(ground, credit, told, balance_cents, risked)
  return {
    number: credit.number, kind: credit.kind, currency: credit.currency, holder: credit.holder, balance_cents,
    spendable_cents: trouble === null ? cents(risked) : cents(0), trouble, expiresOn: credit.expires_on, own, asOf: told?.as_of ?? null,
  }
}

function troubleOf(ground: Ground, credit: CreditRow, told: ToldCredit | null, balance: Cents, risked: number): CreditTrouble | null {
  if (credit.currency !== ground.place.currency) return 'credit-other-currency'
  if (told !== null && told.blocked !== 0) return 'credit-blocked'
  if (credit.expires_on !== null && credit.expires_on < dayIn(ground.now(), ground.place.time_zone)) return 'credit-expired'
  if (balance === 0) return 'credit-spent'
  return risked === 0 ? 'online-needed' : null
}

export interface Redemption {
  readonly number: string
  readonly amount_cents: number
  /** The id of the sale, or of whatever else it is taken for. */
  readonly becauseOf: string
  /** A tender takes once, also when its step is tried again. Null where there is none. */
  readonly tenderId: string | null
}

/**
 * Takes from a promise inside the deed's transaction, after looking again at what is left; what the till would risk is
 * asked again too. Answers what is left on it. Refuses what nobody knows, what is spent, ended, blocked or in another
 * currency, and more than may be taken here. The file itself refuses (throws) a second taking by the same tender.
 */
export function redeem(deed: Deed, wish: Redemption): Result<{ left_cents: Cents }> {
  return take(deed, wish, 'spent')
}

/** Takes from a promise what is given back in money, as when a deposit is cancelled. Same rules as `redeem`. */
export function giveBack(deed: Deed, wish: Redemption): Result<{ left_cents: Cents }> {
  return take(deed, wish, 'given-back')
}

function take(deed: Deed, wish: Redemption, what: 'spent' | 'given-back'): Result<{ left_cents: Cents }> {
  const { ground, db } = deed
  const credit = balanceOf(ground, db, wish.number)
  if (credit === null) return refused('no-such-credit', { number: wish.number })
  const mayTake = mayRedeem(credit, wish.amount_cents)
  if (!mayTake.ok) return mayTake
  recordEntry(db, {
    id: ground.newId(), number: credit.number, what, amount_cents: -wish.amount_cents, becauseOf: wish.becauseOf,
    tenderId: wish.tenderId, staffId: deed.staff?.staffId ?? null, at: ground.now(),
  })
  const left_cents = cents(credit.balance_cents - wish.amount_cents)
  tillEvent(deed, 'credit-spent', { number: credit.number, kind: credit.kind, amount_cents: wish.amount_cents, left_cents, because: wish.becauseOf })
  return ok({ left_cents })
}

/** The rule alone, for whoever has looked already: whether so much may be taken from it here and now. */
export function mayRedeem(credit: CreditView, amount_cents: number): Result<null> {
  const params = { number: credit.number, currency: credit.currency, limit_cents: credit.spendable_cents }
  if (!Number.isSafeInteger(amount_cents) || amount_cents <= 0) return refused('amount-out-of-range')
  if (credit.trouble !== null) return refused(credit.trouble, { ...params, ...(credit.expiresOn === null ? {} : { date: credit.expiresOn }) })
  if (amount_cents <= credit.spendable_cents) return ok(null)
  return credit.spendable_cents < credit.balance_cents ? refused('online-needed', params) : refused('amount-out-of-range')
}

/**
 * What the centre says of a promise, given out here or elsewhere. `knows_up_to` is the number of the last entry of this
 * till that the centre had heard of when it said so; what came after is taken off its word.
 */
export function tellCredit(db: Writing, credit: CreditRow, told: Omit<ToldCredit, 'number'>): void {
  recordCredit(db, credit)
  recordTold(db, { number: credit.number, ...told })
}
