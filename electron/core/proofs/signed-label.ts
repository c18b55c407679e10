import { createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { isCalendarDay } from '../../../contract/identity/dates.ts'
import { buildDigitalLink, parseDigitalLink } from '../../../contract/identity/digital-link.ts'
import type { Element } from '../../../contract/identity/element.ts'
import { refused } from '../../../contract/identity/outcome.ts'
import type { Code, Outcome } from '../../../contract/identity/outcome.ts'

/**
 * The shop's own signed label: a Digital Link with one more parameter, printed as a QR code.
 *
 *   https://id.gs1.org/01/09521234543213/21/S1?sig=k1.20261122.20281122.<86 characters>
 *
 * The Ed25519 signature covers every character in front of it, so nothing can be changed, not even the host.
 * It proves who issued the label; a photograph of a label verifies too, which the history of the unit must catch.
 */
const PARAMETER = 'sig='
const SIGNATURE_CHARACTERS = 86
const SEALED = /^(.*[?&]sig=([A-Za-z0-9_-]{1,16})\.(\d{8})\.(\d{8})\.)([A-Za-z0-9_-]{86})$/
/** Ed25519 hashes by itself: Node wants to be told that no digest comes first. */
const NO_DIGEST = null

/** A key that signs: its private half never leaves the place where labels are issued. */
export interface LabelSigner {
  /** 1–16 letters, digits, hyphens or underscores. */
  readonly keyId: string
  readonly privateKey: KeyObject
}

/** A public key that this till trusts. */
export interface TrustedLabelKey {
  readonly keyId: string
  /** The 32 bytes of the Ed25519 key in base64url. */
  readonly publicKey: string
}

/** What a label was found to be. `tampered` covers a changed text and a forged signature: they cannot be told apart. */
export type LabelProof =
  | {
    readonly is: 'proven', readonly elements: readonly Element[], readonly keyId: string,
    readonly issuedOn: string, readonly expiresOn: string,
  }
  | { readonly is: 'not-signed' }
  | { readonly is: 'refused', readonly why: 'malformed' | 'unknown-key' | 'tampered' | 'expired' | 'not-yet-valid' }
  | { readonly is: 'refused', readonly why: 'bad-content', readonly code: Code }

/**
 * Issues a label for these elements, valid from and including `issuedOn` up to and including `expiresOn` (ISO days).
 * Refuses elements that name no single piece (`MISSING_SERIAL`) or that a Digital Link cannot hold (`UNSUPPORTED`),
 * a key id that could not be read back (`FORMAT`) and days that do not exist or are in the wrong order (`DATE`).
 */
export function issueSignedLabel(
  elements: readonly Element[], signer: LabelSigner, issuedOn: string, expiresOn: string,
): Outcome<{ text: string }> {
  if (!isSerialised(elements)) return refused('MISSING_SERIAL')
  const link = buildDigitalLink(elements)
  if (link === null) return refused('UNSUPPORTED')
  const parsed = parseDigitalLink(link)
  if (!parsed.ok) return parsed
  if (!/^[A-Za-z0-9_-]{1,16}$/.test(signer.keyId)) return refused('FORMAT')
  if (!isDay(issuedOn) || !isDay(expiresOn) || expiresOn < issuedOn) return refused('DATE')
  const join = link.includes('?') ? '&' : '?'
  const sealed = `${link}${join}${PARAMETER}${signer.keyId}.${compact(issuedOn)}.${compact(expiresOn)}.`
  const signature = sign(NO_DIGEST, Buffer.from(sealed, 'utf8'), signer.privateKey)
  return { ok: true, text: sealed + signature.toString('base64url') }
}

/**
 * Verifies a scanned label offline on the given ISO day against the keys that the till trusts.
 * A text without the parameter is `not-signed`; with it, all but a whole, trusted, valid label is refused with why.
 */
export function verifySignedLabel(text: string, trusted: readonly TrustedLabelKey[], today: string): LabelProof {
  if (!/[?&]sig=/.test(text)) return { is: 'not-signed' }
  const [, sealed = '', keyId = '', issued = '', expires = '', signature = ''] = SEALED.exec(text) ?? []
  if (sealed === '' || !isCanonical(signature)) return { is: 'refused', why: 'malformed' }
  const key = trusted.find((candidate) => candidate.keyId === keyId)
  if (key === undefined) return { is: 'refused', why: 'unknown-key' }
  if (!isSignedBy(key, sealed, signature)) return { is: 'refused', why: 'tampered' }
  const [issuedOn, expiresOn] = [isoDay(issued), isoDay(expires)]
  if (today < issuedOn) return { is: 'refused', why: 'not-yet-valid' }
  if (today > expiresOn) return { is: 'refused', why: 'expired' }
  const link = parseDigitalLink(text)
  if (!link.ok) return { is: 'refused', why: 'bad-content', code: link.code }
  return { is: 'proven', elements: link.elements, keyId, issuedOn, expiresOn }
}

/** The public half of a signer as a till stores it. */
export function trustedKeyOf(signer: LabelSigner): TrustedLabelKey {
  const { x = '' } = createPublicKey(signer.privateKey).export({ format: 'jwk' })
  return { keyId: signer.keyId, publicKey: x }
}

function isSignedBy(key: TrustedLabelKey, sealed: string, signature: string): boolean {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' })
  return verify(NO_DIGEST, Buffer.from(sealed, 'utf8'), publicKey, Buffer.from(signature, 'base64url'))
}

/** The last of 86 characters has four bits that mean nothing; only their zero form is the signature that was issued. */
function isCanonical(signature: string): boolean {
  return signature.length === SIGNATURE_CHARACTERS
    && Buffer.from(signature, 'base64url').toString('base64url') === signature
}

/** Keys that name one piece by themselves, and those that need a serial beside them. */
const SERIALISED_ALONE = new Set(['00', '8003', '8004', '8017', '8018', '253', '255'])

function isSerialised(elements: readonly Element[]): boolean {
  const ais = new Set(elements.map(([ai]) => ai))
  if (ais.has('01') || ais.has('8006')) return ais.has('21') || ais.has('235')
  return ais.has('8010') ? ais.has('8011') : [...ais].some((ai) => SERIALISED_ALONE.has(ai))
}

function isDay(day: string): boolean {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  return isCalendarDay(Number(year), Number(month), Number(date))
}

const compact = (day: string): string => day.replaceAll('-', '')

const isoDay = (digits: string): string => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
