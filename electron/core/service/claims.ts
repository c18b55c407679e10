import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import type { EventKind } from '../../../contract/journal.ts'
import type { ClaimAct } from '../../../contract/service-view.ts'
import type { CoverLayer, Custody, UnitFacts } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { addMonths, dayIn } from '../../../contract/days.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import { toldFacts, type KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { closeEmptyParcels } from '../parcels/close-empty-parcels.ts'
import { recordEvent } from '../store/journal.ts'
import { nextNumber } from '../store/meta.ts'
import type { Reading } from '../store/store.ts'
import { claimOf, claimsOfUnit, endClaim, openClaims, recordClaim, recordStep, stepsOf, type ClaimRow } from './claim-rows.ts'
import { claimOptions, type EarlierClaim } from './claim-options.ts'
import { mayFollow, standingOf, type Standing } from './claim-steps.ts'

/** How long the work of a repair is answered for, where the law or the workshop gives nothing longer. */
const REPAIR_MONTHS = 12
const LOAN_AREA = 'returns'

/**
 * Takes a piece in. Refuses one that is not with its owner (it is ours, away, or in another claim) and one that is
 * looked for: that is a case for a colleague, not for the workshop.
 */
export function openClaim(deed: Deed, unitId: string, symptom: string, note: string): Result<{ claimId: string; number: string }> {
  const { ground, db } = deed
  const unit = unitOf(ground, unitId)
  if (!unit) return refused('no-such-unit')
  if (symptom.trim() === '') return refused('reason-missing')
  if (openClaims(db).some((claim) => claim.unit_id === unitId)) return refused('claim-open')
  const { title, custody } = unit.facts
  if (title.is === 'ours' || title.is === 'returned' || custody.at === 'in-repair') return refused('not-sold')
  if (judgeUnit(ground, 'claim', unit, null).verdict.findings.stolen.answer === 'flagged') return refused('piece-looked-for')
  const claimId = ground.newId()
  const number = formatNumber(ground, 'claim', nextNumber(db, 'claim'))
  const at = ground.now()
  recordClaim(db, { id: claimId, number, unit_id: unitId, opened_at: at, symptom: symptom.trim(), store_id: ground.place.id, till_id: ground.till.id })
  step(deed, claimId, 'opened', {}, note)
  tell(deed, unitId, 'claimed', { reason: symptom.trim(), number }, (facts) => ({ ...facts, custody: here(deed) }))
  return ok({ claimId, number })
}

/** One act on a claim, refused where it does not fit what came before. */
export function actClaim(deed: Deed, claimId: string, act: ClaimAct): Result<{ unitId: string }> {
  const claim = claimOf(deed.db, claimId)
  if (!claim) return refused('no-such-claim')
  const standing = standingOf(stepsOf(deed.db, claimId))
  const may = mayFollow(standing, act.do)
  if (may === 'loan-out') return refused('loan-out')
  if (!may) return refused('not-in-this-state')
  const unit = unitOf(deed.ground, claim.unit_id)
  if (!unit) return refused('no-such-unit')
  const done = carryOut(deed, { claim, standing, unit }, act)
  return done.ok ? ok({ unitId: claim.unit_id }) : done
}

interface InHand {
  readonly claim: ClaimRow
  readonly standing: Standing
  readonly unit: KnownUnit
}

function carryOut(deed: Deed, { claim, standing, unit }: InHand, act: ClaimAct): Result<null> {
  const { number } = claim
  const done = (params: Record<string, string> = {}): Result<null> => ok(step(deed, claim.id, act.do, params, act.note))
  switch (act.do) {
    case 'decide':
      return decide(deed, { claim, unit }, act)
    case 'send':
      tell(deed, unit.id, 'sent-to-repair', { place: act.to, reason: standing.basis ?? 'none', number }, (facts) => ({ ...facts, custody: { at: 'in-repair', place: act.to } }))
      return done({ to: act.to })
    case 'receive-back':
      tell(deed, unit.id, 'back-from-repair', { from: standing.away ?? '', to: deed.ground.place.name, number }, (facts) => ({ ...facts, custody: here(deed) }))
      return done({ repaired: act.repaired ? 'yes' : 'no' })
    case 'replace':
      return replace(deed, { claim, unit }, act)
    case 'lend':
      return lend(deed, claim, act)
    case 'take-loan-back':
      tell(deed, standing.loanUnitId ?? '', 'moved', { from: `loan ${number}`, to: LOAN_AREA }, (facts) => ({
        ...facts, condition: 'open-box', custody: { at: 'in-stock', storeId: deed.ground.place.id, area: LOAN_AREA },
      }))
      return done({ unitId: standing.loanUnitId ?? '' })
    case 'hand-back':
      return handBack(deed, { claim, standing, unit }, act.note)
    case 'note':
      return done()
    default:
      return unreachable(act)
  }
}

/** What was decided must be open at this moment: no promise that has ended, no remedy the law gives only later. */
function decide(deed: Deed, { claim, unit }: Pick<InHand, 'claim' | 'unit'>, act: Extract<ClaimAct, { do: 'decide' }>): Result<null> {
  const { ground } = deed
  const today = dayIn(ground.now(), ground.place.time_zone)
  const options = claimOptions(unit.facts.cover, today, ground.policy(), earlierClaims(deed.db, unit.id, claim.id))
  const option = options.find(({ basis }) => basis === act.basis)
  if (!option?.remedies.includes(act.remedy)) return refused('remedy-not-open')
  const usedBefore = stepsOf(deed.db, claim.id).some(({ what, params }) => what === 'decide' && params['basis'] === act.basis)
  if (act.basis !== 'none' && !usedBefore) countClaim(deed, unit, act.basis)
  return ok(step(deed, claim.id, 'decide', { basis: act.basis, remedy: act.remedy }, act.note))
}

/** A claim is counted on the layer that carries it. Its dates stay as they are: nothing here restarts a period. */
function countClaim(deed: Deed, unit: KnownUnit, basis: CoverLayer['layer']): void {
  const today = dayIn(deed.ground.now(), deed.ground.place.time_zone)
  const carrying = unit.facts.cover.find((layer) => layer.layer === basis && layer.voidWhy === null && layer.start <= today && layer.end >= today)
  if (!carrying) return
  tell(deed, unit.id, 'cover-moved', { layer: basis, claims: carrying.claimsUsed + 1, until: carrying.end }, (facts) => ({
    ...facts,
    cover: [...facts.cover.filter((layer) => !isSame(layer, carrying)), ...sameKind(unit, facts, carrying), { ...carrying, claimsUsed: carrying.claimsUsed + 1 }],
  }))
}

/** Layers told of one kind replace all that follow by rule, so the others of that kind have to be told with it. */
const sameKind = (unit: KnownUnit, facts: UnitFacts, carrying: CoverLayer): CoverLayer[] =>
  unit.facts.cover.filter((layer) => layer.layer === carrying.layer && !isSame(layer, carrying) && !facts.cover.some((told) => isSame(told, layer)))

const isSame = (a: CoverLayer, b: CoverLayer): boolean => a.layer === b.layer && a.start === b.start && a.contractNumber === b.contractNumber

/**
 * Another piece of the same product goes out for this one. The purchase moves with it, and so does what is left of
 * each layer, with the claims it has carried: a replacement inherits the cover, it does not begin one.
 */
function replace(deed: Deed, { claim, unit }: Pick<InHand, 'claim' | 'unit'>, act: Extract<ClaimAct, { do: 'replace' }>): Result<null> {
  const { ground } = deed
  const fresh = unitOf(ground, act.withUnitId)
  if (!fresh || fresh.id === unit.id) return refused('no-such-unit')
  if (fresh.product.id !== unit.product.id) return refused('another-product')
  if (judgeUnit(ground, 'sell', fresh, null).verdict.outcome !== 'accept') return refused('piece-not-free')
  const { title } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return refused('not-sold')
  const at = ground.now()
  const serial = (piece: KnownUnit): string => piece.aliases[0]?.value ?? piece.id
  tell(deed, unit.id, 'replaced', { number: claim.number, with: serial(fresh) }, (facts) => ({
    ...facts,
    custody: { at: 'in-stock', storeId: ground.place.id, area: 'quarantine' },
    title: { is: 'returned', purchase: title.purchase, returnedAt: at, returnNumber: claim.number },
    condition: 'damaged',
    cover: [],
  }))
  closeEmptyParcels(deed)
  tell(deed, fresh.id, 'sold', { receipt: title.purchase.receiptNumber, price_cents: title.purchase.paid_cents, currency: title.purchase.currency, store: ground.place.name, date: at, instead: serial(unit) }, (facts) => ({
    ...facts, custody: { at: 'with-customer' }, title: { ...title }, cover: [...unit.facts.cover],
  }))
  tell(deed, fresh.id, 'cover-moved', { number: claim.number, from: serial(unit) }, (facts) => facts)
  step(deed, claim.id, 'replace', { unitId: fresh.id, serial: serial(fresh) }, act.note)
  return ok(endClaim(deed.db, claim.id) ?? null)
}

function lend(deed: Deed, claim: ClaimRow, act: Extract<ClaimAct, { do: 'lend' }>): Result<null> {
  const loan = unitOf(deed.ground, act.unitId)
  if (!loan || loan.id === claim.unit_id) return refused('no-such-unit')
  if (judgeUnit(deed.ground, 'sell', loan, null).verdict.outcome !== 'accept') return refused('piece-not-free')
  tell(deed, loan.id, 'moved', { from: deed.ground.place.name, to: `loan ${claim.number}` }, (facts) => ({ ...facts, custody: { at: 'with-customer' } }))
  return ok(step(deed, claim.id, 'lend', { unitId: loan.id }, act.note))
}

/** The owner has it again. A repair is answered for from this day on, and no other layer begins anew. */
function handBack(deed: Deed, { claim, standing, unit }: InHand, note: string): Result<null> {
  const { ground } = deed
  tell(deed, unit.id, 'released', { number: claim.number }, (facts) => ({ ...facts, custody: { at: 'with-customer' } }))
  const mended = standing.repaired && (standing.remedy === 'repair' || standing.remedy === 'paid-repair')
  if (mended) {
    const start = dayIn(ground.now(), ground.place.time_zone)
    const guarantee: CoverLayer = {
      layer: 'repair', start, end: addMonths(start, REPAIR_MONTHS), basis: 'delivery', country: null, contractNumber: claim.number, claimsUsed: 0, voidWhy: null,
    }
    tell(deed, unit.id, 'cover-added', { layer: 'repair', until: guarantee.end, contract: claim.number }, (facts) => ({ ...facts, cover: [...facts.cover, guarantee] }))
    if (standing.basis === 'legal') lengthenGuarantee(deed, unit, claim)
  }
  step(deed, claim.id, 'hand-back', {}, note)
  return ok(endClaim(deed.db, claim.id) ?? null)
}

/** Sales before this day have the guarantee they had (Directive (EU) 2024/1799, art. 22). */
const LENGTHENED_FROM = '2026-07-31'

/** A repair under the legal guarantee lengthens it, by as much as the law of the sale says, and once: it restarts nothing. */
function lengthenGuarantee(deed: Deed, unit: KnownUnit, claim: ClaimRow): void {
  const legal = unit.facts.cover.find((layer) => layer.layer === 'legal' && layer.voidWhy === null)
  const law = legal === undefined || legal.country === null ? undefined : deed.ground.policy().legalGuarantee[legal.country]
  const added = law?.afterRepairMonths ?? 0
  if (legal === undefined || law === undefined || added === 0 || legal.start < LENGTHENED_FROM || legal.end > addMonths(legal.start, law.months)) return
  const end = addMonths(legal.start, law.months + added)
  tell(deed, unit.id, 'cover-added', { layer: 'legal', until: end, contract: claim.number }, (facts) => ({
    ...facts, cover: [...facts.cover.filter((layer) => !isSame(layer, legal)), { ...legal, end }],
  }))
}

/** What was decided on earlier claims of the piece at this till. */
export const earlierClaims = (db: Reading, unitId: string, but: string | null): EarlierClaim[] =>
  claimsOfUnit(db, unitId).filter(({ id }) => id !== but).flatMap(({ id }) => {
    const { basis, remedy } = standingOf(stepsOf(db, id))
    return basis === null || remedy === null ? [] : [{ basis, remedy }]
  })

const here = (deed: Deed): Custody => ({ at: 'in-repair', place: deed.ground.place.name })

function step(deed: Deed, claimId: string, what: ClaimAct['do'] | 'opened', params: Record<string, string>, note: string): null {
  recordStep(deed.db, claimId, deed.staff?.staffId ?? null, { at: deed.ground.now(), who: deed.staff?.name ?? '', what, params, note })
  return null
}

/** One event of a piece with what is true of it afterwards. */
export function tell(deed: Deed, unitId: string, kind: EventKind, params: Params, after: (facts: UnitFacts) => UnitFacts): void {
  const { ground, db, staff } = deed
  const facts = toldFacts(ground.mirror, db, unitId)
  if (facts === null) throw new Error(`unit ${unitId} is gone`)
  recordEvent(db, {
    id: ground.newId(), kind, unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null, params, facts: after(facts),
  })
}
