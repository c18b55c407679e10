import type { Params } from '../../../contract/ids.ts'
import type { EventKind } from '../../../contract/journal.ts'
import type { Deed } from '../flows/deed.ts'
import { recordEvent } from '../store/journal.ts'

/** Tells the journal what happened to the money of this till, in the transaction of the deed. Answers its place in the chain. */
export function tillEvent(deed: Pick<Deed, 'ground' | 'db' | 'staff'>, kind: EventKind, params: Params): number {
  const { ground, db, staff } = deed
  return recordEvent(db, {
    id: ground.newId(), kind, unitId: null, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null, params: { currency: ground.place.currency, ...params }, facts: null,
  })
}
