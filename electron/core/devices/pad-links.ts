import { sql, type Reading, type Writing } from '../store/store.ts'

/** Which line of this flow each tag put there. */
export function linksOf(db: Reading, flowId: string): Map<string, string> {
  const rows = sql(db, 'SELECT tag, line_id FROM pad_links WHERE flow_id = ?').all(flowId) as { tag: string; line_id: string }[]
  return new Map(rows.map(({ tag, line_id }) => [tag, line_id]))
}

export function keepLink(db: Writing, flowId: string, tag: string, lineId: string): void {
  sql(
    db,
    'INSERT INTO pad_links (flow_id, tag, line_id) VALUES (?, ?, ?) ON CONFLICT (flow_id, tag) DO UPDATE SET line_id = excluded.line_id',
  ).run(flowId, tag, lineId)
}

export function dropLink(db: Writing, flowId: string, tag: string): void {
  sql(db, 'DELETE FROM pad_links WHERE flow_id = ? AND tag = ?').run(flowId, tag)
}

/** What is sold or voided is linked to no pad any more. */
export function dropEndedLinks(db: Writing): void {
  sql(db, "DELETE FROM pad_links WHERE flow_id NOT IN (SELECT id FROM flows WHERE status IN ('open', 'parked'))").run()
}
