import { Role } from '../../contract/roles.ts'
import type { StaffMember } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { hashSecret } from '../people/secret-hash.ts'
import { change, type Tell } from '../sync/feed.ts'
import { putRecord, recordOf, recordsOf } from './put-record.ts'

/** A person of the tills as their mirrors hold them. */
export interface StaffRecord {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly store_id: string | null
  readonly pin_hash: string
  readonly badge: string | null
  readonly demo_pin: string | null
}

/** No PIN fits it: the person can be seen, and cannot sign in before a PIN is set. */
const NO_PIN = '-'

const staffView = (row: StaffRecord, active: boolean): StaffMember => ({
  id: row.id, name: row.name, role: Role.parse(row.role), storeId: row.store_id, badge: row.badge, hasPin: row.pin_hash !== NO_PIN, active,
})

/** Everybody of the tills, those who left last. */
export async function listStaff(db: Query): Promise<StaffMember[]> {
  const here = (await recordsOf<StaffRecord>(db, 'staff')).map((row) => staffView(row, true))
  const left = (await db.query<{ body: string }>('SELECT body FROM staff_left ORDER BY staff_id')).map((row) => staffView(JSON.parse(row.body) as StaffRecord, false))
  return [...here, ...left].sort((a, b) => Number(b.active) - Number(a.active) || (a.name < b.name ? -1 : 1))
}

/** Writes a person; one who is no longer active is taken from every till. */
export function saveStaff(office: Office, who: string, given: Omit<StaffMember, 'hasPin' | 'id'> & { id: string | null }): Promise<StaffMember[]> {
  return change(office, async (tx, tell) => {
    const id = given.id ?? newId()
    const before = await staffOf(tx, id)
    const row: StaffRecord = {
      id, name: given.name, role: given.role, store_id: given.storeId, badge: given.badge,
      pin_hash: before?.pin_hash ?? NO_PIN, demo_pin: before?.demo_pin ?? null,
    }
    await writeStaff(tx, tell, row, given.active, instant(office.now_ms()))
    await logAct(tx, office, who, given.active ? 'staff-saved' : 'staff-left', given.name)
    return listStaff(tx)
  })
}

/** Sets a PIN. It is hashed before the transaction begins, because that takes a third of a second. */
export async function setPin(office: Office, who: string, id: string, pin: string): Promise<StaffMember[]> {
  const pin_hash = await hashSecret(pin)
  return change(office, async (tx, tell) => {
    const before = await recordOf<StaffRecord>(tx, 'staff', { id })
    if (before === null) throw new HubRefusal('no-such-thing')
    await writeStaff(tx, tell, { ...before, pin_hash, demo_pin: null }, true, '')
    await logAct(tx, office, who, 'pin-set', before.name)
    return listStaff(tx)
  })
}

async function staffOf(tx: Query, id: string): Promise<StaffRecord | null> {
  const here = await recordOf<StaffRecord>(tx, 'staff', { id })
  if (here !== null) return here
  const [left] = await tx.query<{ body: string }>('SELECT body FROM staff_left WHERE staff_id = $1', [id])
  return left === undefined ? null : (JSON.parse(left.body) as StaffRecord)
}

/** The write itself, for callers that save many in one change. */
export async function writeStaff(tx: Query, tell: Tell, row: StaffRecord, active: boolean, now: string): Promise<void> {
  await putRecord(tx, tell, { kind: 'staff', key: { id: row.id }, row: active ? { ...row } : null })
  await tx.query('DELETE FROM staff_left WHERE staff_id = $1', [row.id])
  if (!active) await tx.query('INSERT INTO staff_left (staff_id, body, left_at) VALUES ($1, $2, $3)', [row.id, JSON.stringify(row), now])
}
