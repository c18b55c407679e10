import { sql, type Reading } from '../../electron/core/store/store.ts'

/** Stands beside one till, outlives its crashes, and remembers what it showed and what it gave out on paper. */
export class Witness {
  readonly #till: string
  /** The newest version of each unit that was ever shown here. */
  readonly #shown = new Map<string, number>()
  /** The hash of each event when its receipt was printed, by its number. */
  readonly #printed = new Map<number, string>()

  constructor(till: string) {
    this.#till = till
  }

  /** I7: no row is ever shown older than it was. */
  seesMirror(db: Reading): void {
    const rows = sql(db, 'SELECT id, ver FROM units UNION ALL SELECT id, ver FROM unit_tombstones').all() as { id: string; ver: number }[]
    for (const { id, ver } of rows) {
      const before = this.#shown.get(id) ?? 0
      if (ver < before) throw new Error(`I7: till ${this.#till} shows ${id} at version ${ver} after ${before}`)
      this.#shown.set(id, ver)
    }
  }

  /** A centre that was put back to an older day shows older rows, and may. */
  forgetMirror(): void {
    this.#shown.clear()
  }

  /** A transaction returned, so its receipt leaves the printer. */
  seesPaper(db: Reading): void {
    const after = Math.max(0, ...this.#printed.keys())
    const rows = sql(db, 'SELECT seq, hash FROM journal WHERE seq > ?').all(after) as { seq: number; hash: Buffer }[]
    for (const { seq, hash } of rows) this.#printed.set(seq, hash.toString('hex'))
  }

  /** An older disk was put in: what came after it is on another disk, and no longer this till's to show. */
  forgetPaper(db: Reading): void {
    this.#printed.clear()
    this.seesPaper(db)
  }

  /** I13: after a crash the file is whole, and every receipt that was printed is in it as it was printed. */
  looksAtBooks(db: Reading): void {
    const integrity = db.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') throw new Error(`I13: the file of ${this.#till} is not whole: ${String(integrity)}`)
    const rows = sql(db, 'SELECT seq, hash FROM journal').all() as { seq: number; hash: Buffer }[]
    const kept = new Map(rows.map(({ seq, hash }) => [seq, hash.toString('hex')]))
    for (const [seq, hash] of this.#printed)
      if (kept.get(seq) !== hash) throw new Error(`I13: ${this.#till} has lost event ${seq}, which was printed`)
  }
}
