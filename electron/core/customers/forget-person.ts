import type { PersonDetails } from '../../../contract/customer.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { withoutName } from '../papers/name-on-paper.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import { sql, type Reading, type Store, type Writing } from '../store/store.ts'
import type { CustomerKey } from './customer-key.ts'
import { customerRow, eraseRow, idsByKey, sealedIds } from './customer-rows.ts'
import { fullName, fullNameFindings } from './findings.ts'
import { NamedPapers, type Named } from './named-papers.ts'

/**
 * What is known of the person goes, also the name on papers that are kept: on those of his own sales, carts, deposits
 * and credits whatever was written there, and where his full name stands on what is linked to nobody. What is linked to
 * somebody else who is known stays, and where such a person has the same name so does all that is linked to nobody. What
 * was bought, paid and promised stays. Where nobody can read what was sealed, the papers of his own alone lose it.
 */
export function forgetPerson(db: Writing, key: CustomerKey | null, id: string, at: string, named = new NamedPapers()): void {
  // The bytes of a name would else stay behind in the file.
  db.pragma('secure_delete = ON')
  try {
    forgetOwn(db, [id], at)
    const name = key === null ? '' : nameOf(db, key, id)
    if (key !== null && fullName(name) !== '' && !hasNamesake(db, key, id, name)) forgetNamed(db, id, name, named.saying(db, name), at)
    eraseRow(db, id, at)
  } finally {
    db.pragma('secure_delete = OFF')
  }
}

/**
 * The papers of whoever was erased at a till of an earlier day, which left the names on them, once. A till where nobody
 * was erased writes nothing. Their old bytes are wiped in the file and its log.
 */
export function forgetOnOldPapers(store: Store, at: string): void {
  if (metaValue<boolean>(store.reading, 'old-papers-forgot') === true) return
  const erased = sql(store.reading, 'SELECT id FROM customers WHERE erased_at IS NOT NULL').pluck().all() as string[]
  if (erased.length === 0) return
  store.reading.pragma('secure_delete = ON')
  try {
    store.write((db) => {
      forgetOwn(db, erased, at)
      setMeta(db, 'old-papers-forgot', true)
    })
    store.reading.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    store.reading.pragma('secure_delete = OFF')
  }
}

const FLOWS_OF = `SELECT flow_id, customer_id FROM flow_customers
  UNION ALL SELECT s.flow_id, c.customer_id FROM sale_customers c JOIN sales s ON s.id = c.sale_id`

/** Numbers of papers and of promises, and whose they surely are: goods of a sale that were kept, what was promised to a person or in a cart. */
const NUMBERS_OF = `SELECT s.number, c.customer_id FROM sale_customers c JOIN sales s ON s.id = c.sale_id
  UNION ALL SELECT number, customer_id FROM credits WHERE customer_id IS NOT NULL
  UNION ALL SELECT e.number, f.customer_id FROM (${FLOWS_OF}) f JOIN credit_entries e ON e.because_of = f.flow_id AND e.what = 'issued'`

/** The same of carts put aside. Apart, as no index finds them by their number. */
const CARTS_OF = `SELECT 'P-' || substr(flow_id, -8) AS number, customer_id FROM (${FLOWS_OF})`

function forgetOwn(db: Writing, ids: readonly string[], at: string): void {
  const own = sql(db, `SELECT number FROM (${NUMBERS_OF} UNION ALL ${CARTS_OF}) WHERE customer_id IN (SELECT value FROM json_each(?))`).pluck().all(JSON.stringify(ids)) as string[]
  const papers = sql(db, "SELECT id FROM documents WHERE number = ? AND kind IN ('slip', 'credit', 'ownership')")
  for (const number of new Set(own)) {
    for (const id of papers.pluck().all(number) as string[]) takeNameOff(db, id, () => true, at)
    forgetHolder(db, number)
  }
  const flows = sql(db, `SELECT flow_id FROM (${FLOWS_OF}) WHERE customer_id IN (SELECT value FROM json_each(?))`).pluck().all(JSON.stringify(ids)) as string[]
  for (const flowId of flows) forgetFlowName(db, flowId)
}

function forgetNamed(db: Writing, id: string, name: string, { papers, credits }: Named, at: string): void {
  const numbers = [...papers.map(({ number }) => number), ...credits]
  const others = new Set([...ofOthers(db, id, NUMBERS_OF, numbers), ...ofOthers(db, id, CARTS_OF, numbers.filter((number) => number.startsWith('P-')))])
  for (const paper of papers) if (!others.has(paper.number)) takeNameOff(db, paper.id, (said) => fullName(said) === fullName(name), at)
  for (const number of credits) if (!others.has(number)) forgetHolder(db, number)
  const waiting = sql(db, "SELECT id, name FROM flows WHERE status IN ('open', 'parked') AND name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM flow_customers WHERE flow_id = id)")
  for (const flow of waiting.all() as { id: string; name: string }[]) if (fullName(flow.name) === fullName(name)) forgetFlowName(db, flow.id)
}

/** Those of these numbers that are linked to somebody else who is known. */
function ofOthers(db: Reading, id: string, from: string, numbers: readonly string[]): string[] {
  if (numbers.length === 0) return []
  const known = 'EXISTS (SELECT 1 FROM customers o WHERE o.id = customer_id AND o.sealed IS NOT NULL AND o.id <> ?)'
  return sql(db, `SELECT number FROM (${from}) WHERE number IN (SELECT value FROM json_each(?)) AND ${known}`).pluck().all(JSON.stringify(numbers), id) as string[]
}

function takeNameOff(db: Writing, id: string, isMeant: (name: string) => boolean, at: string): void {
  const paper = sql(db, 'SELECT kind, summary, body FROM documents WHERE id = ?').get(id) as { kind: string; summary: string; body: string }
  const blanked = withoutName(JSON.parse(paper.body) as ReceiptDocument, isMeant)
  if (blanked === null) return
  // The line of a statement names the piece; of the others, the person.
  const summary = paper.kind === 'ownership' ? paper.summary : ''
  sql(db, 'INSERT INTO names_taken_off (document_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING').run(id, at)
  sql(db, 'UPDATE documents SET summary = ?, body = ? WHERE id = ?').run(summary, JSON.stringify(blanked), id)
}

const forgetHolder = (db: Writing, number: string): void =>
  void sql(db, 'UPDATE credits SET holder = NULL, customer_id = NULL WHERE number = ? AND (holder IS NOT NULL OR customer_id IS NOT NULL)').run(number)

/** The name of a cart, and the last notice in it, which tells for whom it was put aside. */
const forgetFlowName = (db: Writing, flowId: string): void =>
  void sql(db, "UPDATE flows SET name = NULL, state = json_set(state, '$.notice', NULL) WHERE id = ? AND name IS NOT NULL").run(flowId)

function nameOf(db: Reading, key: CustomerKey, id: string): string {
  const sealed = customerRow(db, id)?.sealed ?? null
  const text = sealed === null ? null : key.open(sealed, id)
  return text === null ? '' : (JSON.parse(text) as PersonDetails).name
}

/** Whether somebody else who is known here has the same full name. */
function hasNamesake(db: Reading, key: CustomerKey, id: string, name: string): boolean {
  const lists = fullNameFindings(name).map((finding) => new Set(idsByKey(db, key.finding(finding), -1)))
  const [first = sealedIds(db), ...others] = lists
  return [...first].some((other) => other !== id && others.every((list) => list.has(other)) && fullName(nameOf(db, key, other)) === fullName(name))
}
