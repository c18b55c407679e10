import type { HubPerson } from '../contract/people-calls.ts'
import type { HubRole } from '../contract/allowed.ts'
import { HubRole as HubRoles } from '../contract/allowed.ts'
import { DAY_MS } from '../../contract/durations.ts'
import { Language } from '../../contract/ids.ts'
import type { Database, Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { bareCode, newTypedCode } from '../typed-code.ts'
import { logAct, type Office } from './office.ts'
import { closeSessionsOf, digestOf, type Signed } from './sessions.ts'

const INVITED_MS = DAY_MS
const STARTED_AT_ONCE_MS = 30_000
/** Eighty bits, for a day. */
const CODE_GROUPS = 4

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly language: string | null
  readonly active: boolean
  readonly password_hash: string
  readonly totp_sealed: Buffer | null
  readonly totp_next_sealed: Buffer | null
  readonly totp_step: number
  readonly seen_at: string | null
  readonly passkeys: number
}

const COLUMNS = `p.id, p.name, p.role, p.language, p.active, p.password_hash, p.totp_sealed, p.totp_next_sealed, p.totp_step, p.seen_at,
  (SELECT count(*) FROM passkey k WHERE k.person_id = p.id) AS passkeys`

/** How a name is compared: case, width and blanks do not make another person. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ')

export async function personById(db: Query, id: string): Promise<PersonRow | null> {
  return (await db.query<PersonRow>(`SELECT ${COLUMNS} FROM person p WHERE p.id = $1`, [id]))[0] ?? null
}

export async function personByName(db: Query, name: string): Promise<PersonRow | null> {
  return (await db.query<PersonRow>(`SELECT ${COLUMNS} FROM person p WHERE p.name_key = $1`, [nameKey(name)]))[0] ?? null
}

export const personView = (row: PersonRow): HubPerson => ({
  id: row.id,
  name: row.name,
  role: HubRoles.parse(row.role),
  language: row.language === null ? null : Language.parse(row.language),
  active: row.active,
  hasTotp: row.totp_sealed !== null,
  passkeys: row.passkeys,
  lastSeenAt: row.seen_at,
})

export const allPersons = async (db: Query): Promise<HubPerson[]> =>
  (await db.query<PersonRow>(`SELECT ${COLUMNS} FROM person p ORDER BY p.name_key`)).map(personView)

export const isNobodyThere = async (db: Query): Promise<boolean> => (await db.query('SELECT id FROM person LIMIT 1')).length === 0

/** A code with which one person comes in and chooses a password. Shown once; only its digest is kept. */
export async function invite(db: Query, office: Pick<Office, 'now_ms'>, role: HubRole, madeBy: string): Promise<{ code: string; until: string }> {
  const code = newTypedCode(CODE_GROUPS)
  const until_ms = office.now_ms() + INVITED_MS
  await db.query('INSERT INTO invitation (digest, role, made_by, until_ms) VALUES ($1, $2, $3, $4)', [digestOf(bareCode(code)), role, madeBy, until_ms])
  return { code, until: instant(until_ms) }
}

/**
 * At the first start, and at every further one until somebody came: a code for the owner; the ones before it are void.
 * Null where somebody is there, also one who just comes in with an earlier code; `elsewhere` where another process that
 * started in the same half minute has made it. Which one does is settled by whoever writes the one row first; the mark
 * beside the time lets a process know its own row where it did not hear that the row was written.
 */
export async function inviteOwner(db: Database, office: Pick<Office, 'now_ms'>): Promise<{ readonly code: string } | 'elsewhere' | null> {
  if (!(await isNobodyThere(db))) return null
  const now_ms = office.now_ms()
  const mine = `${instant(now_ms)} ${newId()}`
  return db.transaction(async (tx) => {
    const first = await tx.touch(
      `INSERT INTO hub_meta (key, value) VALUES ('owner-invited', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value
       WHERE hub_meta.value = excluded.value OR hub_meta.value NOT BETWEEN $2 AND $3`, [mine, instant(now_ms - STARTED_AT_ONCE_MS), instant(now_ms + STARTED_AT_ONCE_MS)],
    )
    if (first === 0) return 'elsewhere'
    await tx.query("UPDATE invitation SET until_ms = 0 WHERE made_by = 'start' AND used_by IS NULL")
    return (await isNobodyThere(tx)) ? { code: (await invite(tx, office, 'owner', 'start')).code } : null
  })
}

/** Changes what a person may. Refuses to take the last owner's place away; whoever is changed signs in again. */
export async function changePerson(office: Office, signed: Signed, id: string, role: HubRole, active: boolean): Promise<void> {
  await office.db.transaction(async (tx) => {
    const person = await personById(tx, id)
    if (person === null) throw new HubRefusal('no-such-thing')
    const owners = await tx.query<{ id: string }>("SELECT id FROM person WHERE role = 'owner' AND active FOR UPDATE")
    const staysOwner = role === 'owner' && active
    if (!staysOwner && owners.length === 1 && owners[0]?.id === id) throw new HubRefusal('last-owner')
    await tx.query('UPDATE person SET role = $2, active = $3 WHERE id = $1', [id, role, active])
    await closeSessionsOf(tx, id)
    await logAct(tx, office, signed.name, 'person-changed', `${person.name}: ${role}${active ? '' : ', out'}`)
  })
}
