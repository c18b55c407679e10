import { isMeant } from '../../../contract/campaign.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { ClaimView, ServiceDeskView, UnitService } from '../../../contract/service-view.ts'
import { unitCard } from '../desk/flow-views.ts'
import { dayIn } from '../../../contract/days.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import { pieceOf, type KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { allCampaigns, campaignsOfProduct, knownIssuesOf } from '../recalls/campaigns.ts'
import { pullList, reachOf } from '../recalls/pull-list.ts'
import { questionsFor } from '../returns/condition-questions.ts'
import { ownUnit } from '../returns/own-units.ts'
import { partsOf, wholeOf } from '../sets/set-of.ts'
import { photosOfClaim } from './claim-photos.ts'
import { claimsOfUnit, openClaims, stepsOf, type ClaimRow } from './claim-rows.ts'
import { claimOptions } from './claim-options.ts'
import { standingOf } from './claim-steps.ts'
import { earlierClaims } from './claims.ts'
import { ownersBefore } from './owners.ts'

/** The list of the service desk: what is in hand, and what has to come off the shelves. */
export function serviceDesk(ground: Ground): ServiceDeskView {
  return {
    claims: openClaims(ground.store.reading).map((claim) => claimView(ground, claim)),
    pulls: pullList(ground),
    campaigns: allCampaigns(ground.mirror.reading).map((campaign) => {
      const product = ground.mirror.product(campaign.productId)
      const { reference, reason, remedy, openedOn, stopUse } = campaign
      return { reference, product: product ? fullName(product.brand, product.name) : '', reason, remedy, openedOn, stopUse, ...reachOf(ground, campaign) }
    }),
  }
}

/** Everything the desk knows of one piece. `ownerOf` tells of the owner what the person at the till may see. */
export function unitService(ground: Ground, unitId: string, ownerOf: (unit: KnownUnit) => UnitService['owner']): Result<UnitService> {
  const unit = unitOf(ground, unitId)
  const told = ground.mirror.unit(unitId) ?? ownUnit(ground.store.reading, unitId)
  if (!unit || !told) return refused('no-such-unit')
  const db = ground.store.reading
  const today = dayIn(ground.now(), ground.place.time_zone)
  const piece = pieceOf(told, unit.aliases)
  const { verdict } = judgeUnit(ground, 'claim', unit, null)
  return ok({
    unit: unitCard(unit),
    verdict,
    cover: unit.facts.cover,
    options: claimOptions(unit.facts.cover, today, ground.policy(), earlierClaims(db, unitId, null)),
    claims: claimsOfUnit(db, unitId).map((claim) => claimView(ground, claim)),
    campaigns: campaignsOfProduct(ground.mirror.reading, unit.product.id)
      .filter((campaign) => isMeant(campaign.rule, piece))
      .map(({ reference, reason, remedy, source, openedOn, stopUse }) => ({
        reference, reason, remedy, source, openedOn, stopUse,
        remediedAt: unit.facts.flags.find((flag) => flag.kind === 'recall-remedied' && flag.reference === reference)?.at ?? null,
      })),
    knownIssues: knownIssuesOf(ground.mirror.reading, unit.product.id, piece).map(({ id, symptom, advice }) => ({ id, symptom, advice })),
    owner: ownerOf(unit),
    ownersBefore: ownersBefore(ground, unitId),
    theft: theftOf(unit),
    set: setOfUnit(ground, unit),
  })
}

function setOfUnit(ground: Ground, unit: KnownUnit): UnitService['set'] {
  const named = (one: KnownUnit) => ({ unitId: one.id, ...nameOf(one, one.id) })
  const whole = wholeOf(ground, unit)
  const onRecord = unit.facts.parts ?? {}
  const asked = questionsFor(ground.policy(), unit.product.category).parts
  return {
    whole: whole && named(whole),
    parts: partsOf(ground, unit.id).map(named),
    numbers: [...new Set([...asked, ...Object.keys(onRecord)])].map((part) => ({ part, number: onRecord[part] ?? null })),
  }
}

function theftOf(unit: KnownUnit): UnitService['theft'] {
  const flag = unit.facts.flags.find(({ kind }) => kind === 'stolen-reported' || kind === 'stolen-own')
  return flag ? { reference: flag.reference ?? '', at: flag.at, source: flag.source } : null
}

export function claimView(ground: Ground, claim: ClaimRow): ClaimView {
  const steps = stepsOf(ground.store.reading, claim.id)
  const { state, basis, remedy, away, loanUnitId } = standingOf(steps)
  const unit = unitOf(ground, claim.unit_id)
  const loan = loanUnitId === null ? null : unitOf(ground, loanUnitId)
  return {
    claimId: claim.id,
    number: claim.number,
    unitId: claim.unit_id,
    ...nameOf(unit, claim.unit_id),
    state,
    openedAt: claim.opened_at,
    symptom: claim.symptom,
    basis,
    remedy,
    away,
    loan: loanUnitId === null ? null : { unitId: loanUnitId, ...nameOf(loan, loanUnitId) },
    photos: photosOfClaim(ground.store.reading, claim.id),
    steps,
  }
}

/** A piece may have left the mirror since; the claim on it has not. */
export const nameOf = (unit: KnownUnit | null, unitId: string): { name: string; serial: string } => ({
  name: unit ? fullName(unit.product.brand, unit.product.name) : '',
  serial: unit?.aliases[0]?.value ?? unitId,
})
