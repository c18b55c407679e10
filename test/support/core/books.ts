import { isDeepStrictEqual } from 'node:util'
import { shiftReport } from '../../../electron/core/money/shift-report.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import type { Reading } from '../../../electron/core/store/store.ts'
import { asTold, toldByJournal } from './told-by-journal.ts'

/** Of documents and pieces: each counts what is wrong, and says 0 where all is well. */
const WRONG_DOCUMENTS: Readonly<Record<string, string>> = {
  'a sale twice': 'SELECT count(*) FROM (SELECT flow_id FROM sales GROUP BY flow_id HAVING count(*) > 1)',
  'a gap or a double in the receipt numbers': `SELECT count(*) <> coalesce(max(CAST(substr(number, 5) AS INTEGER)), 0) FROM sales`,
  'a sale without its money': `SELECT count(*) FROM sales s WHERE s.gross_cents + s.rounding_cents <>
     (SELECT coalesce(sum(amount_cents), -1) FROM tenders t WHERE t.sale_id = s.id)`,
  // The tax is in the prices of the lines, or comes on top of them.
  'a sale whose lines do not add up': `SELECT count(*) FROM sales s WHERE s.gross_cents - (SELECT coalesce(sum(total_cents), -1) FROM sale_lines l WHERE l.sale_id = s.id)
     NOT IN (0, (SELECT sum(tax_cents) FROM sale_taxes t WHERE t.sale_id = s.id))`,
  'a sale without its paper': 'SELECT count(*) FROM sales s WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.number = s.number)',
  'a unit sold twice without coming back': `SELECT count(*) FROM (SELECT unit_id FROM sale_lines l WHERE unit_id IS NOT NULL
     GROUP BY unit_id HAVING count(*) > 1 + (SELECT count(*) FROM return_lines r WHERE r.unit_id = l.unit_id))`,
  'a sold unit without its event': `SELECT count(*) FROM sale_lines l WHERE unit_id IS NOT NULL AND NOT EXISTS
     (SELECT 1 FROM journal j WHERE j.unit_id = l.unit_id AND j.kind = 'sold')`,
  // What was sold for nothing comes back for nothing, and no money moves.
  'a return without its money': `SELECT count(*) FROM returns r WHERE -(r.refund_cents + r.rounding_cents) <>
     (SELECT coalesce(sum(amount_cents), 0) FROM tenders t WHERE t.return_id = r.id)`,
  'a paid cart that still holds a unit': `SELECT count(*) FROM holds h JOIN sales s ON s.flow_id = h.flow_id`,
}

/** Documents against their money and their pieces, and the chain of the journal. Answers what is wrong, in words. */
export function wrongDocuments(db: Reading): string[] {
  const broken = brokenAt(db)
  return [...faultsOf(db, WRONG_DOCUMENTS), ...(broken === null ? [] : [`the journal breaks at ${broken}`])]
}

/** The parts sum to the wholes, and a promise of money is kept once. */
const WRONG_MONEY: Readonly<Record<string, string>> = {
  'a sale whose taxes do not add up': 'SELECT count(*) FROM sales s WHERE gross_cents <> (SELECT sum(gross_cents) FROM sale_taxes WHERE sale_id = s.id)',
  'change out of no cash': "SELECT count(*) FROM tenders WHERE kind <> 'cash' AND change_cents <> 0",
  'a promise below nothing': 'SELECT count(*) FROM (SELECT sum(amount_cents) AS left FROM credit_entries GROUP BY number) WHERE left < 0',
  'tenders that the promises do not know': `SELECT (SELECT coalesce(sum(amount_cents), 0) FROM tenders WHERE credit_number IS NOT NULL AND sale_id IS NOT NULL)
     + (SELECT coalesce(sum(amount_cents), 0) FROM credit_entries WHERE what = 'spent')`,
  'a refund as a promise of another amount': `SELECT count(*) FROM tenders t WHERE return_id IS NOT NULL AND credit_number IS NOT NULL
     AND amount_cents + (SELECT sum(amount_cents) FROM credit_entries WHERE number = t.credit_number AND what = 'issued') <> 0`,
  // A deposit is in the drawer, used for its goods, or given back.
  'deposits that moved other money': `SELECT (SELECT coalesce(sum(amount_cents), 0) FROM money_moves WHERE credit_number IS NOT NULL)
     - (SELECT coalesce(sum(e.amount_cents), 0) FROM credit_entries e JOIN credits c ON c.number = e.number WHERE c.kind = 'deposit' AND e.what <> 'spent')`,
  'a line below nothing or unlike its price': `SELECT count(*) FROM sale_lines
     WHERE total_cents < 0 OR discount_cents < 0 OR total_cents + discount_cents <> unit_price_cents * quantity`,
  'a sale of another discount than its lines': 'SELECT count(*) FROM sales s WHERE discount_cents <> (SELECT sum(discount_cents) FROM sale_lines WHERE sale_id = s.id)',
  'a tax below nothing': 'SELECT count(*) FROM sale_taxes WHERE tax_cents < 0 OR gross_cents < 0',
  // What a line was bought with is never more than once given back, nor is more than all of a sale.
  'more given back than was paid': `SELECT count(*) FROM (SELECT s.gross_cents + s.rounding_cents AS paid, sum(l.refund_cents) AS back
     FROM sales s JOIN return_lines l ON l.sale_id = s.id GROUP BY s.id) WHERE back > paid OR back < 0`,
  'a return whose taxes do not add up': 'SELECT count(*) FROM returns r WHERE -refund_cents <> (SELECT coalesce(sum(gross_cents), 0) FROM return_taxes WHERE return_id = r.id)',
  'a return whose lines do not add up': 'SELECT count(*) FROM returns r WHERE refund_cents <> (SELECT sum(refund_cents) FROM return_lines WHERE return_id = r.id)',
}

/** The sums of every shift against what the journal alone tells, and all money against its parts. Answers what is wrong, in words. */
export function wrongMoney(db: Reading, giftProducts: readonly string[]): string[] {
  return [...faultsOf(db, WRONG_MONEY), ...wrongShifts(db), ...wrongGifts(db, giftProducts)]
}

function wrongShifts(db: Reading): string[] {
  return (db.prepare('SELECT id FROM shifts').pluck().all() as string[]).flatMap((id) => {
    const report = shiftReport(db, id)
    if (!report) return [`no report of ${id}`]
    const [told, sums] = [toldByJournal(db, id), asTold(report)]
    const paid = report.tenders.reduce((sum, tender) => sum + tender.in_cents - tender.out_cents, 0)
    const taxed = report.taxes.reduce((sum, tax) => sum + tax.gross_cents, 0)
    return [
      ...(isDeepStrictEqual(told, sums) ? [] : [`shift ${id} reports ${JSON.stringify(sums)}, and the journal tells ${JSON.stringify(told)}`]),
      ...(paid === report.sales.amount_cents + report.rounding_cents - report.returns.amount_cents ? [] : [`shift ${id} took ${paid} for other sums`]),
      ...(taxed === report.sales.amount_cents - report.returns.amount_cents ? [] : [`shift ${id} taxed ${taxed} of other sums`]),
    ]
  })
}

/** Every voucher that was sold was given out, once and for what it cost. */
function wrongGifts(db: Reading, products: readonly string[]): string[] {
  const places = products.map(() => '?').join(', ')
  return faultsOf(db, {
    'vouchers of another worth than was paid for them': `SELECT
       (SELECT coalesce(sum(total_cents), 0) FROM sale_lines WHERE product_id IN (${places}))
       - (SELECT coalesce(sum(e.amount_cents), 0) FROM credit_entries e JOIN credits c ON c.number = e.number
          WHERE c.kind = 'voucher' AND e.what = 'issued' AND e.because_of IN (SELECT id FROM sales))`,
    'something off a voucher': `SELECT coalesce(sum(discount_cents), 0) FROM sale_lines WHERE product_id IN (${places})`,
  }, products)
}

const faultsOf = (db: Reading, wrong: Readonly<Record<string, string>>, values: readonly string[] = []): string[] =>
  Object.entries(wrong).filter(([, sql]) => db.prepare(sql).pluck().get(...values) !== 0).map(([what]) => what)
