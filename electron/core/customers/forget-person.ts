import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { withoutName } from '../papers/name-on-paper.ts'
import { sql, type Writing } from '../store/store.ts'
import { eraseRow } from './customer-rows.ts'
import { isSameName } from './findings.ts'

/**
 * What is known of the person goes, also the name on papers that are kept: on those of his own sales, deposits and
 * credits whatever was written there, on every other where his full name stands. What was bought, paid and promised
 * stays. `name` is empty where nobody can read what was sealed: then the papers of his own alone lose it.
 */
export function forgetPerson(db: Writing, person: { readonly id: string; readonly name: string }, at: string): void {
  // The bytes of a name would else stay behind in the file.
  db.pragma('secure_delete = ON')
  try {
    takeNameOffPapers(db, person, at)
    eraseRow(db, person.id, at)
  } finally {
    db.pragma('secure_delete = OFF')
  }
}

interface PaperRow {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly summary: string
  readonly body: string
}

function takeNameOffPapers(db: Writing, { id, name }: { readonly id: string; readonly name: string }, at: string): void {
  const own = new Set((sql(db, OWN_NUMBERS).all({ id }) as { number: string }[]).map(({ number }) => number))
  const isHis = (number: string, said: string): boolean => own.has(number) || isSameName(said, name)
  const papers = sql(db, "SELECT id, kind, number, summary, body FROM documents WHERE kind IN ('slip', 'credit', 'ownership')").all() as PaperRow[]
  for (const paper of papers) {
    const blanked = withoutName(JSON.parse(paper.body) as ReceiptDocument, (said) => isHis(paper.number, said))
    if (blanked === null) continue
    // The line of a statement names the piece; of the others, the person.
    const summary = paper.kind === 'ownership' ? paper.summary : ''
    sql(db, 'INSERT INTO names_taken_off (document_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING').run(paper.id, at)
    sql(db, 'UPDATE documents SET summary = ?, body = ? WHERE id = ?').run(summary, JSON.stringify(blanked), paper.id)
  }
  const holders = sql(db, 'SELECT number, holder FROM credits WHERE holder IS NOT NULL').all() as { number: string; holder: string }[]
  const forget = sql(db, 'UPDATE credits SET holder = NULL, customer_id = NULL WHERE number = ?')
  for (const { number, holder } of holders) if (isHis(number, holder)) forget.run(number)
}

/** Numbers of the papers that are surely the person's: goods of his sales that were kept, and what was promised to him or in his carts. */
const OWN_NUMBERS = `
  SELECT s.number FROM sale_customers c JOIN sales s ON s.id = c.sale_id WHERE c.customer_id = @id
  UNION SELECT number FROM credits WHERE customer_id = @id
  UNION SELECT number FROM credit_entries WHERE what = 'issued' AND because_of IN (
    SELECT flow_id FROM flow_customers WHERE customer_id = @id
    UNION SELECT s.flow_id FROM sale_customers c JOIN sales s ON s.id = c.sale_id WHERE c.customer_id = @id)`
