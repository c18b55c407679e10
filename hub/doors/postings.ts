import { csvText } from '../../contract/csv.ts'
import { localDay } from '../../contract/epcis/local-time.ts'
import { HOUR_MS } from '../../contract/durations.ts'
import { add, cents, ZERO, type Cents } from '../../contract/money.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'

/**
 * One line for the books: `amount_cents` goes from the credit account to the debit account. What is sold and what is
 * paid meet on the clearing account, which is zero for each day, store and currency: nothing is lost between them.
 */
export interface Posting {
  readonly day: string
  readonly storeId: string
  readonly currency: string
  readonly debit: string
  readonly credit: string
  readonly amount_cents: Cents
  /** In basis points; null where there is no tax in it. */
  readonly tax_bp: number | null
  readonly text: string
  /** How many receipts it is the sum of. */
  readonly documents: number
}

/** Accounts of the German SKR03 frame; another frame is one table like this one. */
export const ACCOUNTS = {
  clearing: '1590',
  rounding: '2660',
  transit: '1360',
  tender: { cash: '1000', card: '1361', voucher: '1605', 'store-credit': '1605', deposit: '1710' } as Readonly<Record<string, string>>,
  otherTender: '1369',
  revenue: { 1900: '8400', 700: '8300', 0: '8100' } as Readonly<Record<number, string>>,
  otherRevenue: '8200',
} as const

/** A row of money of a till, as postings read it. */
export interface MoneyRow {
  readonly book: string
  readonly store_id: string
  readonly day: string
  readonly row: Readonly<Record<string, string | number | null>>
}

const BOOKS = ['sales', 'returns', 'tenders', 'sale_taxes', 'return_taxes', 'money_moves']
/** A local day is never further from Greenwich than this. */
const ZONE_MS_MAX = 15 * HOUR_MS

/** The postings of one ISO day by the clocks of the stores. */
export async function postingsOfDay(db: Query, day: string): Promise<Posting[]> {
  const midnight = Date.parse(day)
  const rows = await db.query<{ book: string; store_id: string; at: string; body: string }>(
    'SELECT book, store_id, at, body FROM booked WHERE book = ANY ($1::text[]) AND at >= $2 AND at < $3 ORDER BY book, at',
    [BOOKS, new Date(midnight - ZONE_MS_MAX).toISOString(), new Date(midnight + 24 * HOUR_MS + ZONE_MS_MAX).toISOString()],
  )
  const stores = await storesOf(db)
  const money = rows.map((row): MoneyRow => ({
    book: row.book, store_id: row.store_id, day: localDay(row.at, stores.get(row.store_id)?.time_zone ?? 'UTC'), row: JSON.parse(row.body) as MoneyRow['row'],
  }))
  return postingsOf(money.filter((row) => row.day === day), new Map([...stores].map(([id, store]) => [id, store.currency])))
}

/** Sums rows of money to postings; pure. `currencies`: of the stores, for rows of tax that name none. */
export function postingsOf(rows: readonly MoneyRow[], currencies: ReadonlyMap<string, string>): Posting[] {
  const sums = new Map<string, Posting>()
  for (const money of rows) {
    const currency = String(money.row['currency'] ?? currencies.get(money.store_id) ?? 'EUR')
    for (const entry of entriesOf(money)) {
      if (entry.amount === 0) continue
      // A negative amount goes the other way, so that every line of the books is positive.
      const [debit, credit] = entry.amount < 0 ? [entry.credit, entry.debit] : [entry.debit, entry.credit]
      const key = [money.day, money.store_id, currency, debit, credit, entry.text].join('|')
      const before = sums.get(key)
      sums.set(key, {
        day: money.day, storeId: money.store_id, currency, debit, credit, tax_bp: entry.tax_bp, text: entry.text,
        amount_cents: add(before?.amount_cents ?? ZERO, cents(Math.abs(entry.amount))), documents: (before?.documents ?? 0) + 1,
      })
    }
  }
  return [...sums.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

const keyOf = (row: Posting): string => [row.day, row.storeId, row.currency, row.text, row.debit, row.credit].join('|')

interface Entry {
  readonly debit: string
  readonly credit: string
  readonly amount: number
  readonly tax_bp: number | null
  readonly text: string
}

function entriesOf({ book, row }: MoneyRow): Entry[] {
  const whole = (name: string): number => (typeof row[name] === 'number' ? row[name] : 0)
  const { clearing, rounding, transit } = ACCOUNTS
  const tender = ACCOUNTS.tender[String(row['kind'])] ?? ACCOUNTS.otherTender
  const rate = whole('rate_bp')
  const revenue = ACCOUNTS.revenue[rate] ?? ACCOUNTS.otherRevenue
  switch (book) {
    case 'tenders': {
      const text = `${row['return_id'] === null || row['return_id'] === undefined ? 'Sales' : 'Refunds'} ${String(row['kind'])}`
      return [{ debit: tender, credit: clearing, amount: whole('amount_cents'), tax_bp: null, text }]
    }
    case 'sale_taxes':
      return [{ debit: clearing, credit: revenue, amount: whole('gross_cents'), tax_bp: rate, text: `Revenue ${rate / 100} %` }]
    case 'return_taxes':
      return [{ debit: clearing, credit: revenue, amount: whole('gross_cents'), tax_bp: rate, text: `Returned ${rate / 100} %` }]
    case 'sales':
      return [{ debit: clearing, credit: rounding, amount: whole('rounding_cents'), tax_bp: null, text: 'Cash rounding' }]
    case 'returns':
      return [{ debit: clearing, credit: rounding, amount: -whole('rounding_cents'), tax_bp: null, text: 'Cash rounding' }]
    case 'money_moves':
      return [{ debit: tender, credit: transit, amount: whole('amount_cents'), tax_bp: null, text: `Money moved: ${String(row['what'])}` }]
    default:
      return []
  }
}

/** What is left on the clearing account; zero where every tender has its sale. */
export const clearingOf = (rows: readonly Posting[]): number =>
  rows.reduce((sum, row) => sum + (row.debit === ACCOUNTS.clearing ? row.amount_cents : 0) - (row.credit === ACCOUNTS.clearing ? row.amount_cents : 0), 0)

const amountText = (amount: Cents, sign: ',' | '.'): string => {
  const text = String(amount).padStart(3, '0')
  return `${text.slice(0, -2)}${sign}${text.slice(-2)}`
}

/** One line a posting, with a point for the cents. */
export function postingsCsv(rows: readonly Posting[]): string {
  const head = ['day', 'store', 'currency', 'debit', 'credit', 'amount', 'tax_percent', 'text', 'documents']
  const lines = rows.map((row) => [
    row.day, row.storeId, row.currency, row.debit, row.credit, amountText(row.amount_cents, '.'), row.tax_bp === null ? '' : String(row.tax_bp / 100), row.text, String(row.documents),
  ])
  return csvText([head, ...lines])
}

/** Columns in the order and with the names of a DATEV batch of bookings; without its header line, which names the client. */
export function postingsDatev(rows: readonly Posting[]): string {
  const head = ['Umsatz (ohne Soll/Haben-Kz)', 'Soll/Haben-Kennzeichen', 'WKZ Umsatz', 'Konto', 'Gegenkonto (ohne BU-Schlüssel)', 'Belegdatum', 'Belegfeld 1', 'Buchungstext']
  const lines = rows.map((row) => [
    amountText(row.amount_cents, ','), 'S', row.currency, row.debit, row.credit, `${row.day.slice(8, 10)}${row.day.slice(5, 7)}`, `Z-${row.storeId}-${row.day}`.slice(0, 36), row.text.slice(0, 60),
  ])
  return csvText([head, ...lines], ';')
}
