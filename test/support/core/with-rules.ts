import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Policy } from '../../../contract/policy.ts'

/** Other rules in the demo mirror of a folder, before a till starts on it. */
export function withRules(dataDir: string, change: (policy: Policy) => Policy): void {
  const db = new Database(join(dataDir, 'mirror.db'))
  const row = db.prepare('SELECT version, document FROM policies').get() as { version: string; document: string }
  db.prepare('UPDATE policies SET document = ? WHERE version = ?').run(JSON.stringify(change(JSON.parse(row.document) as Policy)), row.version)
  db.close()
}
