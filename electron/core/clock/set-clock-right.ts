import { DAY_MS } from '../../../contract/durations.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import { recordEvent } from '../store/journal.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import { bringTriesBack } from '../store/people.ts'
import { forgetGoneAhead } from '../sync/leases.ts'
import { bringHoldsBack } from './bring-holds-back.ts'
import { heldClock } from './held-clock.ts'

/**
 * Lets the till go on from the clock of its machine after records of a future that was none. Nothing recorded is changed:
 * the journal's numbers are its order, and one event in it says who set the time, why, and from which date to which the
 * records step back. Waits that the wrong date had put off for months end in their usual time.
 * Refuses a till that is not held, words that say nothing, and a machine whose clock is behind what the centre dated.
 */
export function setClockRight(
  { ground, db }: Pick<Deed, 'ground' | 'db'>, by: { readonly staffId: string; readonly name: string }, reason: string,
): Result<null> {
  const held = heldClock(ground)
  if (held === null) return refused('not-in-this-state')
  const said = reason.trim()
  if (said === '') return refused('reason-missing')
  const known = ground.mirror.about('as_of')
  if (known !== null && Date.parse(known) - Date.parse(held.machine) > DAY_MS)
    return refused('clock-still-wrong', { machine: held.machine, known })
  const at = held.machine
  recordEvent(db, {
    id: ground.newId(), kind: 'clock-set-right', unitId: null, at, storeId: ground.place.id, tillId: ground.till.id,
    staffId: by.staffId, who: by.name, params: { was: held.recorded, now: at, reason: said }, facts: null,
  })
  bringTriesBack(db, at)
  bringHoldsBack({ ground, db }, at)
  forgetGoneAhead(db, at)
  const session = metaValue<{ readonly lastAt: string }>(db, 'session')
  if (session !== null && session.lastAt > at) setMeta(db, 'session', { ...session, lastAt: at })
  setMeta(db, 'grant', null)
  return ok(null)
}
