import type { ParcelState, ParcelStep } from '../../../contract/parcel.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { StepRow } from './parcel-rows.ts'

export interface ParcelNow {
  readonly state: ParcelState
  /** Since when it stands so; of a parcel that was called off, when that was. */
  readonly since: string
  /** The pieces that were scanned into it. */
  readonly packed: ReadonlySet<string>
  readonly carrier: string
  readonly tracking: string
  /** The step that an undo takes back; null where none stands. */
  readonly last: StepRow | null
}

/** How a parcel with these pieces stands after these steps, in the order in which they happened. Pure, and total. */
export function parcelNow(steps: readonly StepRow[], unitIds: readonly string[]): ParcelNow {
  const standing: StepRow[] = []
  for (const step of steps) {
    if (step.step === 'undone') standing.pop()
    else standing.push(step)
  }
  const last = standing.at(-1) ?? null
  const handedOver = standing.findLast(({ step }) => step === 'handed-over')
  const packed = new Set(standing.flatMap(({ step, unit_id }) => (step === 'packed' && unit_id !== null ? [unit_id] : [])))
  return {
    state: stateAfter(last?.step ?? null, unitIds.every((unitId) => packed.has(unitId))),
    since: steps.at(-1)?.at ?? '',
    packed,
    carrier: handedOver?.carrier ?? '',
    tracking: handedOver?.tracking ?? '',
    last,
  }
}

function stateAfter(last: ParcelStep | null, isAllPacked: boolean): ParcelState {
  switch (last) {
    case null:
    case 'undone':
      return 'called-off'
    case 'to-be-sent':
    case 'packed':
      return isAllPacked ? 'packed' : 'waiting'
    case 'handed-over':
      return 'under-way'
    case 'delivered':
    case 'came-back':
    case 'lost':
      return last
    default:
      return unreachable(last)
  }
}
