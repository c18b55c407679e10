import type { Grant, Person } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Right } from '../../../contract/roles.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import type { Reading, Writing } from '../store/store.ts'
import { checkPin } from './session.ts'

/** Long enough to press the key the step-up was for, too short to be found by the next person. */
const GRANT_MS = 60_000

/** Who answers for an act: the person at the till, or a colleague who came for this one act and said why. */
export interface Authority {
  readonly staffId: string
  readonly name: string
  /** What the colleague gave as the reason; null where the person at the till has the right. */
  readonly reason: string | null
  readonly steppedUp: boolean
}

/** The right lent for the next act, or null when nobody lent one or its minute is over. */
export function grantOf(ground: Ground, db: Reading): Grant | null {
  const grant = metaValue<Grant>(db, 'grant')
  return grant !== null && Date.parse(grant.until) > ground.clock.now() ? grant : null
}

/** The rights of the person at the till with the one that was lent, if any. */
export function rightsNow(ground: Ground, person: Person): readonly Right[] {
  const grant = grantOf(ground, ground.store.reading)
  return grant === null ? person.rights : [...person.rights, grant.right]
}

/**
 * A colleague lends one right for one act without signing the cashier out. Refuses a wrong PIN (and keeps the try),
 * a person who has not the right either, and a reason of nothing but blanks.
 */
export async function lendRight(
  ground: Ground, asked: { readonly right: Right; readonly staffId: string; readonly pin: string; readonly reason: string },
): Promise<Result<Grant>> {
  const reason = asked.reason.trim()
  if (reason === '') return refused('reason-missing')
  const lender = await checkPin(ground, asked.staffId, asked.pin)
  if (!lender.ok) return lender
  if (!lender.value.rights.includes(asked.right)) return refused('no-right', { right: asked.right })
  const { staffId, name } = lender.value
  const until = new Date(ground.clock.now() + GRANT_MS).toISOString()
  const grant: Grant = { right: asked.right, staffId, name, reason, until }
  ground.store.write((db) => setMeta(db, 'grant', grant))
  return ok(grant)
}

export function dropGrant(ground: Ground): void {
  ground.store.write((db) => setMeta(db, 'grant', null))
}

/**
 * Who answers for an act that needs `right`, or null when nobody does. The person at the till answers where the right is
 * the person's own and `reaches` says that it is enough for this act (a limit of the role); else who lent it. A lent
 * right is used up by this and told to the journal, in the transaction of the act: when the act is refused, the right is
 * still there and nothing was told.
 */
export function takeAuthority(
  ground: Ground, db: Writing, person: Person | null, right: Right, reaches: (staffId: string) => boolean = () => true,
): Authority | null {
  if (person === null) return null
  if (person.rights.includes(right) && reaches(person.staffId))
    return { staffId: person.staffId, name: person.name, reason: null, steppedUp: false }
  const grant = grantOf(ground, db)
  if (grant?.right !== right || !reaches(grant.staffId)) return null
  setMeta(db, 'grant', null)
  const { staffId, name, reason } = grant
  recordEvent(db, {
    id: ground.newId(), kind: 'authorised', unitId: null, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId, who: name, params: { right, reason, for: person.name }, facts: null,
  })
  return { staffId, name, reason, steppedUp: true }
}

/** A call that was let in by a lent right is done: the right is used up, unless the act has done that itself. */
export function useUpLent(ground: Ground, person: Person | null, right: Right): boolean {
  if (person === null || person.rights.includes(right)) return false
  return ground.store.write((db) => takeAuthority(ground, db, person, right)) !== null
}
