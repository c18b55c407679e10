import type { Element } from '../../../contract/identity/element.ts'
import { decodeTid } from '../../../contract/identity/epc/tid.ts'
import { compareTag } from '../proofs/tid-binding.ts'
import type { TagBinding } from '../proofs/tid-binding.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Proof } from './proof.ts'

/** Keeps which chip a piece was commissioned with; a new tag on the same piece takes the place of the old one. */
export function keepBinding(db: Writing, unitId: string, binding: TagBinding, at: string): void {
  sql(
    db,
    `INSERT INTO tag_bindings (unit_id, stid, elements, bound_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (unit_id)
     DO UPDATE SET stid = excluded.stid, elements = excluded.elements, bound_at = excluded.bound_at`,
  ).run(unitId, binding.stid, JSON.stringify(binding.elements), at)
}

export function bindingOf(db: Reading, unitId: string): TagBinding | null {
  const row = sql(db, 'SELECT stid, elements FROM tag_bindings WHERE unit_id = ?').get(unitId) as
    | { stid: string; elements: string }
    | undefined
  return row ? { stid: row.stid, elements: JSON.parse(row.elements) as Element[] } : null
}

/** Pieces whose chip has this tag id, given in hexadecimal. */
export function unitIdsOfTid(db: Reading, tidHex: string): string[] {
  const tid = decodeTid(tidHex)
  if (!tid.ok || tid.stid === null) return []
  const find = sql(db, 'SELECT unit_id AS id FROM tag_bindings WHERE stid = ? ORDER BY unit_id LIMIT 20')
  return (find.all(tid.stid) as { id: string }[]).map((row) => row.id)
}

/** What the chip under a tag says of the piece that the tag claims to be; null where nothing can be compared. */
export function proofByTid(db: Reading, unitId: string, epcHex: string, tidHex: string): Proof | null {
  const compared = compareTag(bindingOf(db, unitId), epcHex, tidHex)
  if (compared.is === 'match') return { says: 'agrees', how: 'tag-id', detail: bindingOf(db, unitId)?.stid ?? '' }
  return compared.is === 'mismatch' ? { says: 'suspect', how: 'TAG_DIFFERS', detail: compared.seen } : null
}
