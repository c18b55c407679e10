import type { ClaimAct, ClaimBasis, ClaimState, ClaimStep, Remedy } from '../../../contract/service-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'

/** Where a claim stands, as its steps tell. */
export interface Standing {
  readonly state: ClaimState
  readonly basis: ClaimBasis | null
  readonly remedy: Remedy | null
  readonly away: string | null
  readonly loanUnitId: string | null
  /** Back and mended: the work carries a guarantee from the day the owner has the piece again. */
  readonly repaired: boolean
}

const OPENED: Standing = { state: 'open', basis: null, remedy: null, away: null, loanUnitId: null, repaired: false }

export const standingOf = (steps: readonly Pick<ClaimStep, 'what' | 'params'>[]): Standing => steps.reduce(after, OPENED)

function after(standing: Standing, { what, params }: Pick<ClaimStep, 'what' | 'params'>): Standing {
  switch (what) {
    case 'opened':
    case 'note':
      return standing
    case 'decide':
      return { ...standing, state: 'decided', basis: params['basis'] as ClaimBasis, remedy: params['remedy'] as Remedy }
    case 'send':
      return { ...standing, state: 'away', away: params['to'] ?? '' }
    case 'receive-back':
      return { ...standing, state: 'back', away: null, repaired: params['repaired'] === 'yes' }
    case 'lend':
      return { ...standing, loanUnitId: params['unitId'] ?? null }
    case 'take-loan-back':
      return { ...standing, loanUnitId: null }
    case 'replace':
    case 'hand-back':
      return { ...standing, state: 'closed' }
    default:
      return unreachable(what)
  }
}

/**
 * Whether an act fits where the claim stands: decided before it is sent, back before it is handed out, and nothing
 * after its end. A piece is not handed back while the shop's own loan is still with the owner.
 */
export function mayFollow(standing: Standing, act: ClaimAct['do']): boolean | 'loan-out' {
  const { state, remedy, loanUnitId } = standing
  if (state === 'closed') return false
  switch (act) {
    case 'decide':
      return state === 'open' || state === 'decided' || state === 'back'
    case 'send':
      return state === 'decided' || state === 'back'
    case 'receive-back':
      return state === 'away'
    case 'replace':
      return remedy === 'replace' && state !== 'away' && (loanUnitId === null || 'loan-out')
    case 'lend':
      return loanUnitId === null
    case 'take-loan-back':
      return loanUnitId !== null
    case 'hand-back':
      return state !== 'away' && (loanUnitId === null || 'loan-out')
    case 'note':
      return true
    default:
      return unreachable(act)
  }
}
