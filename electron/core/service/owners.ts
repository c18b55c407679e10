import { createHash, randomInt } from 'node:crypto'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { OwnerView } from '../../../contract/service-view.ts'
import { maskedName } from '../customers/masked.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import { tell } from './claims.ts'

export interface PersonNamed {
  readonly name: string
  readonly contact: string
}

export type TransferProof = { readonly by: 'both-present' } | { readonly by: 'code'; readonly code: string }

interface OwnerRow {
  readonly n: number
  readonly since: string
  readonly how: OwnerView['how']
  readonly person: Buffer | null
}

/** Letters that cannot be taken for digits, read out over the telephone or typed from paper. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXY346789'
const CODE_LENGTH = 10

const newestOwner = (db: Reading, unitId: string): OwnerRow | null =>
  (sql(db, 'SELECT n, since, how, person FROM unit_owners WHERE unit_id = ? ORDER BY n DESC LIMIT 1').get(unitId) as OwnerRow | undefined) ?? null

/**
 * The present owner, and nobody before him: earlier owners' data is nobody's business at a counter. Masked where the
 * person at the till may not see customers; null where nobody is known by name.
 */
export function ownerOf(ground: Ground, key: CustomerKey | null, unit: KnownUnit, seesPeople: boolean): OwnerView | null {
  const row = newestOwner(ground.store.reading, unit.id)
  if (!row?.person || key === null) return null
  const opened = key.open(row.person, aboutOwner(unit.id, row.n))
  if (opened === null) return null
  const { name, contact } = JSON.parse(opened) as PersonNamed
  return { since: row.since, how: row.how, name: seesPeople ? name : maskedName(name), contact: seesPeople ? contact : '' }
}

export const ownersBefore = (ground: Ground, unitId: string): number =>
  Math.max(0, (sql(ground.store.reading, 'SELECT count(*) AS n FROM unit_owners WHERE unit_id = ?').get(unitId) as { n: number }).n - 1)

/**
 * A code for the owner, on paper once and nowhere else; an older one of the same piece no longer works. Where one was
 * given out and not used, somebody answers for it: whoever holds that paper finds it worthless.
 */
export function makeOwnerCode(deed: Deed, unitId: string): Result<{ code: string }> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  const { title } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return refused('not-sold')
  const now = deed.ground.now()
  const ended = sql(deed.db, 'UPDATE owner_codes SET used_at = ? WHERE unit_id = ? AND used_at IS NULL').run(now, unitId)
  if (ended.changes > 0 && deed.authority('flag-unit') === null) return refused('no-right', { right: 'flag-unit' })
  const code = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
  sql(deed.db, 'INSERT INTO owner_codes VALUES (?, ?, ?, NULL)').run(hashOf(code), unitId, now)
  return ok({ code: `${code.slice(0, 5)}-${code.slice(5)}` })
}

/**
 * The piece has a new owner. Refuses what is looked for, what is not with an owner, and a code that is wrong, of
 * another piece, or used. The cover goes with the piece: it protects the thing, not the person.
 */
export function transferUnit(deed: Deed, key: CustomerKey | null, unitId: string, to: PersonNamed, proof: TransferProof): Result<KnownUnit> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  const { title } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return refused('not-sold')
  if (judgeUnit(deed.ground, 'transfer', unit, null).verdict.outcome === 'refuse') return refused('piece-looked-for')
  if (key === null) return refused('customers-locked')
  if (proof.by === 'code' && !useCode(deed, unitId, proof.code)) return refused('wrong-code')
  const now = deed.ground.now()
  recordOwner(deed, key, unitId, proof.by, to, now)
  tell(deed, unitId, 'transferred', { date: now, proof: proof.by }, (facts) => ({
    ...facts, title: { is: 'transferred', purchase: title.purchase, transferredAt: now },
  }))
  return ok(unit)
}

function recordOwner(deed: Deed, key: CustomerKey, unitId: string, how: OwnerView['how'], person: PersonNamed, at: string): void {
  const n = (newestOwner(deed.db, unitId)?.n ?? 0) + 1
  const sealed = key.seal(JSON.stringify(person), aboutOwner(unitId, n))
  sql(deed.db, 'INSERT INTO unit_owners VALUES (?, ?, ?, ?, ?, ?)').run(unitId, n, at, how, sealed, deed.staff?.staffId ?? null)
}

/** Everything known of the owners of a piece is erased; that there were owners, and since when, stays. */
export const eraseOwners = (db: Writing, unitId: string): void =>
  void sql(db, 'UPDATE unit_owners SET person = NULL WHERE unit_id = ? AND person IS NOT NULL').run(unitId)

/** Another holder for a plan. Refuses a contract that is not on this piece. */
export function changeHolder(deed: Deed, key: CustomerKey | null, unitId: string, contractNumber: string, to: PersonNamed): Result<null> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  const layer = unit.facts.cover.find((one) => one.contractNumber === contractNumber)
  if (!layer) return refused('no-such-contract')
  if (key === null) return refused('customers-locked')
  const { n } = sql(deed.db, 'SELECT coalesce(max(n), 0) + 1 AS n FROM plan_holders WHERE contract_number = ?').get(contractNumber) as { n: number }
  const sealed = key.seal(JSON.stringify(to), `plan ${contractNumber} ${n}`)
  sql(deed.db, 'INSERT INTO plan_holders VALUES (?, ?, ?, ?, ?, ?)').run(contractNumber, n, unitId, deed.ground.now(), sealed, deed.staff?.staffId ?? null)
  tell(deed, unitId, 'cover-moved', { layer: layer.layer, contract: contractNumber, holder: n, until: layer.end }, (facts) => facts)
  return ok(null)
}

/** True when the code was this piece's and had not been used; it is used now. */
function useCode(deed: Deed, unitId: string, code: string): boolean {
  const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const used = sql(deed.db, 'UPDATE owner_codes SET used_at = ? WHERE code_hash = ? AND unit_id = ? AND used_at IS NULL').run(deed.ground.now(), hashOf(plain), unitId)
  return used.changes === 1
}

/** Ten letters of twenty-eight are forty-eight bits from a good source: a plain hash of them cannot be turned back in time. */
const hashOf = (code: string): string => createHash('sha256').update(`owner-code ${code}`).digest('base64')
const aboutOwner = (unitId: string, n: number): string => `owner ${unitId} ${n}`
