import type { Person } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { bindTag } from '../proofs/tid-binding.ts'
import { recordEvent } from '../store/journal.ts'
import { keepBinding } from './bindings.ts'

/**
 * Binds a piece to the chip that was put on it, both as the reader delivered them. Refuses a piece nobody knows, and a
 * tag that cannot be read, names another piece, or whose chip has no serial (`unreadable-tag`, with the code).
 */
export function commissionTag(
  ground: Ground, tag: { readonly unitId: string; readonly epc: string; readonly tid: string }, person: Person | null,
): Result<{ stid: string }> {
  const unit = unitOf(ground, tag.unitId)
  if (unit === null) return refused('no-such-unit')
  const binding = bindTag(tag.epc, tag.tid)
  if (!binding.ok) return refused('unreadable-tag', { code: binding.code })
  const value = (ai: string): string | null => binding.elements.find(([candidate]) => candidate === ai)?.[1] ?? null
  const isThisPiece = value('01') === unit.product.gtin && unit.aliases.some((alias) => alias.value === value('21'))
  if (!isThisPiece) return refused('unreadable-tag', { code: 'OTHER_PIECE' })
  ground.store.write((db) => {
    const at = ground.now()
    keepBinding(db, unit.id, binding, at)
    recordEvent(db, {
      id: ground.newId(), kind: 'relabelled', unitId: unit.id, at, storeId: ground.place.id, tillId: ground.till.id,
      staffId: person?.staffId ?? null, who: person?.name ?? null, params: { order: binding.stid }, facts: null,
    })
  })
  return ok({ stid: binding.stid })
}
