import { frontOf } from '../desk/going-on.ts'
import type { Ground } from '../ground.ts'
import type { Scan } from '../scans/knowledge.ts'
import { sql, type Writing } from '../store/store.ts'

const INSERT = 'INSERT INTO scan_marks (at, flow_id, screen, via, what) VALUES (?, ?, ?, ?, ?)'

/**
 * Remembers that something was scanned or typed, in the transaction of the scan. What it was is not kept: the figures
 * need the moment and the way alone.
 */
export function markScan(ground: Ground, db: Writing, scan: Scan, what: string): void {
  const { screen, flowId } = frontOf(db)
  sql(db, INSERT).run(ground.now(), flowId, screen, scan.channel === 'keyboard' ? 'typed' : 'scanned', what)
}

/** Remembers that a colleague had to lend a right. */
export function markLent(ground: Ground, db: Writing, right: string): void {
  const { screen, flowId } = frontOf(db)
  sql(db, INSERT).run(ground.now(), flowId, screen, 'lent', right)
}
