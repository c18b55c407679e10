import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { instant } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from './office.ts'
import { refuseWithoutFactor } from './sign-in.ts'
import { closeSessionsOf, openSession, type Signed } from './sessions.ts'

const QUESTION_MS = 5 * 60_000

/** Where the page came from; a passkey is bound to its host name. */
export interface Place {
  readonly origin: string
  readonly host: string
}

type Json = Readonly<Record<string, unknown>>

/** A passkey was unlocked with finger, face or PIN of its owner, so by itself it is two factors. */
export async function passkeyQuestion(office: Office, place: Place): Promise<Json> {
  const options = await generateAuthenticationOptions({ rpID: place.host, userVerification: 'required' })
  await remember(office, options.challenge, null)
  return { ...options }
}

/** Signs in whoever holds the passkey. Refuses `passkey` for an unknown one, a used question and a copied counter. */
export async function passkeySignIn(office: Office, place: Place, answer: Json): Promise<string> {
  const response = answer as unknown as AuthenticationResponseJSON
  const [key] = await office.db.query<{ credential_id: string; person_id: string; public_key: Buffer; counter: number; transports: string; active: boolean }>(
    'SELECT k.*, p.active FROM passkey k JOIN person p ON p.id = k.person_id WHERE k.credential_id = $1', [typeof answer['id'] === 'string' ? answer['id'] : ''],
  )
  if (key === undefined || !key.active) throw new HubRefusal('passkey')
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => use(office, challenge, null),
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
    requireUserVerification: true,
  }).catch(refusedPasskey)
  if (!verified.verified) throw new HubRefusal('passkey')
  await office.db.query('UPDATE passkey SET counter = $2 WHERE credential_id = $1', [key.credential_id, verified.authenticationInfo.newCounter])
  return openSession(office.db, key.person_id, 2, office.now_ms())
}

export async function newPasskeyQuestion(office: Office, place: Place, signed: Signed): Promise<Json> {
  await refuseWithoutFactor(office, signed)
  const known = await office.db.query<{ credential_id: string }>('SELECT credential_id FROM passkey WHERE person_id = $1', [signed.personId])
  const options = await generateRegistrationOptions({
    rpName: 'Countermark', rpID: place.host, userName: signed.name, userID: new TextEncoder().encode(signed.personId),
    excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await remember(office, options.challenge, signed.personId)
  return { ...options }
}

/** Keeps a new passkey; from now on the person can sign in with it alone, and with the password no more than before. */
export async function addPasskey(office: Office, place: Place, signed: Signed, answer: Json, label: string): Promise<string> {
  await refuseWithoutFactor(office, signed)
  const response = answer as unknown as RegistrationResponseJSON
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => use(office, challenge, signed.personId),
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    requireUserVerification: true,
  }).catch(refusedPasskey)
  if (!verified.verified) throw new HubRefusal('passkey')
  const { credential } = verified.registrationInfo
  await office.db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO passkey (credential_id, person_id, public_key, counter, transports, label, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [credential.id, signed.personId, Buffer.from(credential.publicKey), credential.counter, JSON.stringify(credential.transports ?? []), label, instant(office.now_ms())],
    )
    await closeSessionsOf(tx, signed.personId)
    await logAct(tx, office, signed.name, 'second-factor-set', 'passkey')
  })
  return openSession(office.db, signed.personId, 2, office.now_ms())
}

async function remember(office: Office, challenge: string, personId: string | null): Promise<void> {
  const now_ms = office.now_ms()
  await office.db.query('DELETE FROM passkey_question WHERE until_ms < $1', [now_ms])
  await office.db.query('INSERT INTO passkey_question (challenge, person_id, until_ms) VALUES ($1, $2, $3)', [challenge, personId, now_ms + QUESTION_MS])
}

/** A question is answered once: taking it is deleting it. */
async function use(office: Office, challenge: string, personId: string | null): Promise<boolean> {
  const taken = await office.db.touch(
    'DELETE FROM passkey_question WHERE challenge = $1 AND until_ms > $2 AND person_id IS NOT DISTINCT FROM $3',
    [challenge, office.now_ms(), personId],
  )
  return taken === 1
}

/** The library throws for every answer it does not take: to the person all of them are one refusal. */
function refusedPasskey(): never {
  throw new HubRefusal('passkey')
}
