import type { CreditKind } from '../../../contract/credit.ts'
import type { Cents } from '../../../contract/money.ts'
import { sql, type Reading, type Writing } from './store.ts'

export interface CreditRow {
  readonly number: string
  readonly kind: CreditKind
  readonly currency: string
  readonly holder: string | null
  readonly customer_id: string | null
  readonly issued_at: string
  readonly store_id: string
  readonly till_id: string
  readonly expires_on: string | null
}

/** What the centre last said of a promise, and what it had heard of this till when it said so. */
export interface ToldCredit {
  readonly number: string
  readonly balance_cents: number
  readonly as_of: string
  readonly knows_up_to: number
  readonly sure_until: string | null
  readonly blocked: number
}

export interface NewEntry {
  readonly id: string
  readonly number: string
  readonly what: 'issued' | 'spent' | 'given-back'
  /** Positive when something is added, negative when it is taken. */
  readonly amount_cents: number
  readonly becauseOf: string
  readonly tenderId: string | null
  readonly staffId: string | null
  readonly at: string
}

export const creditRow = (db: Reading, number: string): CreditRow | null =>
  (sql(db, 'SELECT * FROM credits WHERE number = ?').get(number) as CreditRow | undefined) ?? null

export const toldCredit = (db: Reading, number: string): ToldCredit | null =>
  (sql(db, 'SELECT * FROM credits_told WHERE number = ?').get(number) as ToldCredit | undefined) ?? null

export function recordCredit(db: Writing, credit: CreditRow): void {
  sql(
    db,
    `INSERT INTO credits VALUES (@number, @kind, @currency, @holder, @customer_id, @issued_at, @store_id, @till_id, @expires_on)
     ON CONFLICT (number) DO NOTHING`,
  ).run(credit)
}

/** Refused by the file itself (throws) when more would be taken than is left, or when the tender has taken before. */
export function recordEntry(db: Writing, entry: NewEntry): number {
  const done = sql(
    db,
    `INSERT INTO credit_entries (id, number, what, amount_cents, because_of, tender_id, staff_id, at)
     VALUES (@id, @number, @what, @amount_cents, @becauseOf, @tenderId, @staffId, @at)`,
  ).run(entry)
  return Number(done.lastInsertRowid)
}

/** Writes the centre's word over its last one; an older word than the one that is there changes nothing. */
export function recordTold(db: Writing, told: ToldCredit): void {
  sql(
    db,
    `INSERT INTO credits_told VALUES (@number, @balance_cents, @as_of, @knows_up_to, @sure_until, @blocked)
     ON CONFLICT (number) DO UPDATE SET balance_cents = excluded.balance_cents, as_of = excluded.as_of,
       knows_up_to = excluded.knows_up_to, sure_until = excluded.sure_until, blocked = excluded.blocked
     WHERE excluded.as_of >= credits_told.as_of AND excluded.knows_up_to >= credits_told.knows_up_to`,
  ).run(told)
}

/** The centre's last word, and what this till did since that the centre had not heard of. */
export const creditBalance = (db: Reading, number: string): number =>
  (
    sql(
      db,
      `SELECT coalesce((SELECT balance_cents FROM credits_told WHERE number = @number), 0)
         + coalesce((SELECT sum(amount_cents) FROM credit_entries WHERE number = @number
             AND n > coalesce((SELECT knows_up_to FROM credits_told WHERE number = @number), 0)), 0) AS balance`,
    ).get({ number }) as { balance: number }
  ).balance

export interface EntryRow {
  readonly n: number
  readonly id: string
  readonly number: string
  readonly what: NewEntry['what']
  readonly amount_cents: number
  readonly because_of: string
  readonly tender_id: string | null
  readonly staff_id: string | null
  readonly at: string
}

export const entriesOfCredit = (db: Reading, number: string): EntryRow[] =>
  sql(db, 'SELECT * FROM credit_entries WHERE number = ? ORDER BY n').all(number) as EntryRow[]

export const creditOfTender = (db: Reading, tenderId: string): string | null =>
  (sql(db, 'SELECT number FROM credit_entries WHERE tender_id = ?').get(tenderId) as { number: string } | undefined)?.number ?? null

/** The flow in which a promise was made, such as the cart that a deposit lies on; null for a number of nobody. */
export const flowOfCredit = (db: Reading, number: string): string | null =>
  (sql(db, "SELECT because_of FROM credit_entries WHERE number = ? AND what = 'issued' ORDER BY n LIMIT 1").pluck().get(number) as string | undefined) ?? null

/** The promises that were given out because of a sale, a return or a cart, in the order they were. */
export const creditsBecauseOf = (db: Reading, becauseOf: string): string[] =>
  (sql(db, "SELECT number FROM credit_entries WHERE because_of = ? AND what = 'issued' ORDER BY n").all(becauseOf) as { number: string }[]).map(
    (row) => row.number,
  )

/** The vouchers that were bought with a sale, by number and worth, in the order in which they were given out. */
export const vouchersOfSale = (db: Reading, saleId: string): { number: string; amount_cents: Cents }[] =>
  sql(
    db,
    `SELECT e.number, e.amount_cents FROM credit_entries e JOIN credits c ON c.number = e.number
     WHERE e.because_of = ? AND e.what = 'issued' AND c.kind = 'voucher' ORDER BY e.n`,
  ).all(saleId) as { number: string; amount_cents: Cents }[]
