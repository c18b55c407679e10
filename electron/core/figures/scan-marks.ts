import { frontOf } from '../desk/going-on.ts'
import type { Ground } from '../ground.ts'
import type { Found } from '../scans/found.ts'
import type { Scan } from '../scans/knowledge.ts'
import { sql, type Writing } from '../store/store.ts'

const INSERT = 'INSERT INTO scan_marks (at, flow_id, screen, via, what) VALUES (?, ?, ?, ?, ?)'

/**
 * Remembers that something was scanned or typed, in the transaction of the scan. What it was is not kept: the figures
 * need the moment, the way, and whether it was a serial. One that two makers gave out is a serial too.
 */
export function markScan(ground: Ground, db: Writing, scan: Scan, found: Found): void {
  const { screen, flowId } = frontOf(db)
  const isSerial = found.is === 'many' && found.hits.length > 0
  sql(db, INSERT).run(ground.now(), flowId, screen, scan.channel === 'keyboard' ? 'typed' : 'scanned', isSerial ? 'unit' : found.is)
}
