import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { namesOn } from '../papers/name-on-paper.ts'
import { sql, type Reading } from '../store/store.ts'
import { fullName } from './findings.ts'

const COUNTED = "SELECT count(*) FROM documents WHERE kind IN ('slip', 'credit', 'ownership')"
/** The line of a slip or a credit is the name on it; where none stands, there is nothing to look for. */
const NAMED = "SELECT id, number, body FROM documents WHERE kind IN ('slip', 'credit', 'ownership') AND (kind = 'ownership' OR summary <> '')"
const HELD = 'SELECT number, holder FROM credits WHERE holder IS NOT NULL'

/** What says a name: the papers, and the promises of money, each by its number. */
export interface Named {
  readonly papers: { readonly id: string; readonly number: string }[]
  readonly credits: string[]
}

/**
 * Which kept papers and promises say which full name, for all who are erased together: they are read once, and anew when
 * a paper was added meanwhile. A promise never gets a holder without a paper.
 */
export class NamedPapers {
  #read = -1
  readonly #byName = new Map<string, Named>()

  saying(db: Reading, name: string): Named {
    const count = sql(db, COUNTED).pluck().get() as number
    if (count !== this.#read) this.#readAll(db)
    this.#read = count
    return this.#byName.get(fullName(name)) ?? { papers: [], credits: [] }
  }

  #readAll(db: Reading): void {
    this.#byName.clear()
    for (const { id, number, body } of sql(db, NAMED).iterate() as IterableIterator<{ id: string; number: string; body: string }>)
      for (const name of namesOn(JSON.parse(body) as ReceiptDocument)) this.#of(name)?.papers.push({ id, number })
    for (const { number, holder } of sql(db, HELD).iterate() as IterableIterator<{ number: string; holder: string }>)
      this.#of(holder)?.credits.push(number)
  }

  /** Null for a text without a letter, which is nobody's name. */
  #of(said: string): Named | null {
    const name = fullName(said)
    if (name === '') return null
    const there = this.#byName.get(name)
    if (there !== undefined) return there
    const made: Named = { papers: [], credits: [] }
    this.#byName.set(name, made)
    return made
  }
}
