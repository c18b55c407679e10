import { timingSafeEqual } from 'node:crypto'
import { newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { bareCode } from '../typed-code.ts'
import { countTry, type Guesser } from '../wrong-tries.ts'
import { isKnownBrowser } from './known-browsers.ts'
import { logAct, type Office } from './office.ts'
import { nameKey, personById, personByName, type PersonRow } from './persons.ts'
import { hashSecret, isSecret, pretendToCompare } from './secret-hash.ts'
import { closeSessionsOf, digestOf, openSession, type Signed } from './sessions.ts'
import { newTotpSecret, totpAddress, totpStep } from './totp.ts'

const PASSWORD_LENGTH_MIN = 10

const ONE_PERSON = { atOnce: 5, every_ms: 5 * 60_000 }
/** From all places together: a single one is so slow that it never closes a name to the others. */
const OF_NAME = { atOnce: 20, every_ms: 3 * 60_000 }
/** A whole office may come from one address. */
const OF_ADDRESS = { atOnce: 40, every_ms: 22_500 }

/** From where somebody asks: the address, and the secret of a browser that was here before. */
export interface From {
  readonly address: string
  readonly browser: string | null
}

/**
 * Takes up an invitation and signs the new person in with one factor; a second one is set up next. Refuses
 * `wrong-code`, `weak-password`, and `already-there` for a name that somebody has.
 */
export async function join(office: Office, given: { code: string; name: string; password: string }, { address }: From): Promise<string> {
  const now_ms = office.now_ms()
  const isWeak = given.password.length < PASSWORD_LENGTH_MIN || nameKey(given.password) === nameKey(given.name)
  if (isWeak) throw new HubRefusal('weak-password', { least: PASSWORD_LENGTH_MIN })
  const takeBack = await countTry(office.db, [{ who: `invitation ${address}`, pace: ONE_PERSON }, { who: `address ${address}`, pace: OF_ADDRESS }], now_ms)
  const passwordHash = await hashSecret(given.password)
  const id = newId()
  const role = await office.db.transaction(async (tx) => {
    const [taken] = await tx.query<{ role: string }>(
      'UPDATE invitation SET used_by = $2 WHERE digest = $1 AND used_by IS NULL AND until_ms > $3 RETURNING role', [digestOf(bareCode(given.code)), id, now_ms],
    )
    if (taken === undefined) return null
    const isFree = await tx.touch('INSERT INTO person_name (name_key, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [nameKey(given.name), id])
    if (isFree === 0) throw new HubRefusal('already-there', { name: given.name })
    await tx.query(
      'INSERT INTO person (id, name, name_key, role, active, password_hash, made_at) VALUES ($1, $2, $3, $4, true, $5, $6)',
      [id, given.name.trim(), nameKey(given.name), taken.role, passwordHash, new Date(now_ms).toISOString()],
    )
    await logAct(tx, office, given.name, 'joined', taken.role)
    return taken.role
  })
  if (role === null) throw new HubRefusal('wrong-code')
  await takeBack()
  return openSession(office.db, id, 1, now_ms)
}

/**
 * Password and second factor. A wrong name and a wrong password are one refusal and take one time; what is missing is
 * said only to whoever knew the password. Gives the secret for the cookie.
 */
export async function signIn(office: Office, given: { name: string; password: string; code: string | null }, from: From): Promise<string> {
  const { db } = office
  const now_ms = office.now_ms()
  const takeBack = await countTry(db, await guessersOf(office, nameKey(given.name), from), now_ms)
  const person = await personByName(db, given.name)
  const isRight = person === null ? await pretendToCompare(given.password) : await isSecret(given.password, person.password_hash)
  if (person === null || !isRight || !person.active) throw new HubRefusal('wrong-sign-in')
  const sealed = person.totp_sealed
  const code = sealed === null ? '' : (given.code ?? '')
  if (sealed !== null && code !== '' && !(await isNewCode(office, person, sealed, code))) throw new HubRefusal('wrong-code')
  await takeBack()
  if (code !== '') return openSession(db, person.id, 2, now_ms)
  if (sealed === null && person.passkeys === 0) return openSession(db, person.id, 1, now_ms)
  throw new HubRefusal('second-factor-needed', { by: sealed === null ? 'passkey' : 'code' })
}

/**
 * Whose tries this one is counted with. A person's own browser has a count of its own, so strangers who guess at the
 * name close it to strangers alone (device cookies, as OWASP describes them).
 */
async function guessersOf({ db, now_ms }: Office, key: string, { address, browser }: From): Promise<readonly Guesser[]> {
  if (await isKnownBrowser(db, browser, key, now_ms())) return [{ who: `browser ${browser} ${key}`, pace: ONE_PERSON }]
  return [
    { who: `name ${key} ${address}`, pace: ONE_PERSON }, { who: `name ${key}`, pace: OF_NAME }, { who: `address ${address}`, pace: OF_ADDRESS },
  ]
}

/** The step is remembered by compare-and-set: of two who use one code at the same moment only one comes in. */
async function isNewCode(office: Office, person: PersonRow, sealed: Buffer, code: string): Promise<boolean> {
  const secret = office.sealing.open(person.id, sealed)
  const step = totpStep(secret, code.replace(/\s/gu, ''), office.now_ms(), person.totp_step)
  if (step === null) return false
  return (await office.db.touch('UPDATE person SET totp_step = $2 WHERE id = $1 AND totp_step < $2', [person.id, step])) === 1
}

/** Begins with a new authenticator: the one before stays good until the new one has shown its first code. */
export async function beginTotp(office: Office, signed: Signed, shop: string): Promise<{ secret: string; address: string }> {
  await refuseWithoutFactor(office, signed)
  const secret = newTotpSecret()
  await office.db.query('UPDATE person SET totp_next_sealed = $2 WHERE id = $1', [signed.personId, office.sealing.seal(signed.personId, secret)])
  return { secret, address: totpAddress(secret, signed.name, shop) }
}

/** The first code of the new authenticator: from now on it is asked for. Every other session of the person ends. */
export async function confirmTotp(office: Office, signed: Signed, code: string): Promise<string> {
  await refuseWithoutFactor(office, signed)
  const now_ms = office.now_ms()
  const person = await personById(office.db, signed.personId)
  const next = person?.totp_next_sealed ?? null
  if (person === null || next === null) throw new HubRefusal('not-ready')
  const step = totpStep(office.sealing.open(person.id, next), code.replace(/\s/gu, ''), now_ms, 0)
  if (step === null) throw new HubRefusal('wrong-code')
  await office.db.transaction(async (tx) => {
    await tx.query('UPDATE person SET totp_sealed = $2, totp_next_sealed = NULL, totp_step = $3 WHERE id = $1', [person.id, next, step])
    await closeSessionsOf(tx, person.id)
    await logAct(tx, office, person.name, 'second-factor-set', 'authenticator')
  })
  return openSession(office.db, person.id, 2, now_ms)
}

/** Who knows only the password of somebody with a second factor may not add one of his own. */
export async function refuseWithoutFactor(office: Office, signed: Signed): Promise<void> {
  if (signed.factors >= 2) return
  const person = await personById(office.db, signed.personId)
  if (person !== null && (person.totp_sealed !== null || person.passkeys > 0)) throw new HubRefusal('second-factor-needed', { by: 'code' })
}

/** In constant time, for secrets that are compared outside of the database. */
export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
