import type { Deed } from '../flows/deed.ts'
import { openShift, recordShift } from '../store/shifts.ts'
import { tillEvent } from './till-event.ts'

type Opening = Pick<Deed, 'ground' | 'db' | 'staff'>

/** The open shift; the first money of the day opens one with an empty drawer where nobody has. */
export const shiftInHand = (deed: Opening): string => openShift(deed.db)?.id ?? beginShift(deed, 0)

/** Opens a shift with so much in the drawer, and tells the journal where it begins. */
export function beginShift(deed: Opening, float_cents: number): string {
  const { ground, db, staff } = deed
  const id = ground.newId()
  const opened_at = ground.now()
  const opened_seq = tillEvent(deed, 'shift-opened', { shift: id, float_cents })
  recordShift(db, {
    id, opened_at, opened_by: staff?.name ?? ground.till.name, float_cents, currency: ground.place.currency, opened_seq,
  })
  return id
}
