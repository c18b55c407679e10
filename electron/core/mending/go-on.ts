import Database from 'better-sqlite3'
import { v7 } from 'uuid'
import { keepBlock } from '../own-numbers/issue-number.ts'
import { ownBlock } from '../own-numbers/own-block.ts'
import { recordEvent, type NewEvent } from '../store/journal.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import type { Reading, Writing } from '../store/store.ts'
import { hubPlace, progressOf, saveProgress } from '../sync/progress.ts'
import type { Rebuilt } from './rebuild.ts'

interface KeptTill {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** Numbers of pieces that may have been given unseen: so many are left out, and none is given twice. */
const NUMBERS_LEFT_OUT = 100_000

/**
 * How a mended till goes on, in one transaction on the new file. `letters` where numbers may have been given that nobody
 * knows of: then they stand in front of every number from now on, and the journal goes on as another incarnation behind
 * the last event the centre has (`atCentre`), so that neither a number nor a place in the journal is ever used twice.
 */
export function goOn(file: string, rebuilt: Rebuilt, letters: string | null, atCentre: number, now: string): void {
  const db = new Database(file)
  try {
    db.pragma('synchronous = FULL')
    db.transaction(() => {
      // Who was signed in, and what lay in front, belongs to a moment that is over.
      for (const key of ['session', 'grant', 'front'] as const) setMeta(db as Writing, key, null)
      if (letters !== null) underOtherLetters(db as Writing, letters, atCentre, now)
      for (const body of rebuilt.behindGap) recordEvent(db as Writing, eventAgain(body))
    }).immediate()
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

function underOtherLetters(db: Writing, letters: string, atCentre: number, now: string): void {
  const till = metaValue<KeptTill>(db, 'till')
  if (till !== null) setMeta(db, 'till', { ...till, code: letters, name: till.name === till.code ? letters : till.name })
  db.prepare('UPDATE number_blocks SET next = min(last + 1, next + ?)').run(NUMBERS_LEFT_OUT)
  // A sale that was paid is not asked for its money again, whatever the last state of its counter was.
  db.prepare(
    `UPDATE flows SET status = 'done' WHERE status IN ('open', 'parked')
     AND id IN (SELECT flow_id FROM sales UNION SELECT flow_id FROM returns UNION SELECT flow_id FROM exchanges)`,
  ).run()
  if (hubPlace(db) === null) {
    // A block whose row is lost would begin from its first number again.
    keepBlock(db, { ...ownBlock(till?.code ?? letters, now), next: NUMBERS_LEFT_OUT + 1 }, now)
    return
  }
  const { inc } = progressOf(db)
  saveProgress(db, { inc: v7(), follows: { inc, seq: atCentre, hash: hashAt(db, atCentre) }, acked: atCentre, answered: 0 })
}

function hashAt(db: Reading, seq: number): string {
  const hash = db.prepare('SELECT hash FROM journal WHERE seq = ?').pluck().get(seq) as Buffer | undefined
  return (hash ?? Buffer.alloc(32)).toString('hex')
}

/** What the event said, without what tied it to its place: it has lost the event it followed. */
function eventAgain(body: string): NewEvent {
  const { v: _v, seq: _seq, p: _p, claim: _claim, ...said } = JSON.parse(body) as NewEvent & Record<'v' | 'seq' | 'p' | 'claim', unknown>
  return said
}
