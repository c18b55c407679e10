import { unreachable } from '../unreachable.ts'
import type { PersistentDisposition } from './event.ts'
import { param } from './journal-line.ts'
import type { JournalLine } from './journal-line.ts'
import type { Action, BizStep, Disposition } from './vocabulary.ts'

/** What kind of EPCIS event a journal event is, before it is filled with names, times and places. */
export interface Shape {
  readonly type: 'ObjectEvent' | 'TransactionEvent' | 'AssociationEvent' | 'TransformationEvent'
  readonly action: Action
  readonly bizStep?: BizStep
  readonly disposition?: Disposition
  readonly persistent?: PersistentDisposition
}

/** Voids and corrections are no events of their own: they declare that an earlier one was an error. */
export type ErrorKind = 'voided' | 'corrected'

/** A line that is an event of its own. */
export type PlainLine = JournalLine & { kind: Exclude<JournalLine['kind'], ErrorKind> }

const seen = (bizStep?: BizStep, disposition?: Disposition, persistent?: PersistentDisposition): Shape => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  ...(bizStep === undefined ? {} : { bizStep }),
  ...(disposition === undefined ? {} : { disposition }),
  ...(persistent === undefined ? {} : { persistent }),
})

/** An act on paper about the piece: the piece itself did nothing. */
const onPaper = (bizStep: BizStep, disposition?: Disposition): Shape =>
  ({ type: 'TransactionEvent', action: 'ADD', bizStep, ...(disposition === undefined ? {} : { disposition }) })

/** Shapes by what a parameter of the line says. */
type Shapes = ReadonlyMap<string, Shape>

const ON_SHELF = seen('stocking', 'sellable_accessible')
const IN_BACK_ROOM = seen('storing', 'sellable_not_accessible')
const QUARANTINED = seen('holding', 'non_sellable_other')

/** The shape of every journal event (CBV 2.0; a return is a new event, never a correction of the sale). */
export function shapeOf(line: PlainLine): Shape {
  switch (line.kind) {
    case 'commissioned': return { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active' }
    case 'received':
    case 'came-back': return seen('receiving', 'in_progress')
    case 'stocked':
    case 'moved': return BACK_ROOMS.has(param(line, 'area', 'to') ?? '') ? IN_BACK_ROOM : ON_SHELF
    case 'held': return param(line, 'why') === 'reserved' ? seen('reserving', 'reserved') : QUARANTINED
    case 'released': return ON_SHELF
    case 'put-in-cart': return seen('reserving', 'reserved')
    case 'sold': return seen('retail_selling', 'retail_sold')
    case 'returned': return seen('receiving', 'returned')
    case 'inspected': return INSPECTED_AS.get(param(line, 'condition') ?? '') ?? seen('inspecting', 'conformant')
    case 'routed': return ROUTED_TO.get(param(line, 'place', 'to') ?? '') ?? QUARANTINED
    case 'exchanged': return seen('replacing')
    case 'replaced': return seen('replacing', 'inactive')
    case 'refunded': return onPaper('accepting', 'returned')
    case 'authorised':
    case 'price-changed':
    case 'gate-passed':
    // Money of the till is about no piece; asked all the same, it is a thing on paper.
    case 'shift-opened':
    case 'shift-closed':
    case 'settled':
    case 'money-moved':
    case 'drawer-opened':
    case 'kiosk-let-go':
    case 'clock-set-right':
    case 'authority-asked':
    case 'credit-issued':
    case 'credit-spent':
    case 'activation-asked':
    case 'activated':
    case 'activation-failed':
    case 'activation-postponed':
    case 'activation-dropped':
    case 'transferred':
    case 'cover-added':
    case 'cover-moved': return onPaper('other')
    case 'claimed': return onPaper('accepting')
    case 'sent-to-repair': return seen('repairing', 'unavailable')
    case 'back-from-repair': return seen('receiving', 'available')
    case 'tested': return seen('inspecting', Number(param(line, 'failed') ?? 0) > 0 ? 'non_conformant' : 'conformant')
    case 'relabelled': return relabelledShape(line)
    case 'kitted': return { type: 'AssociationEvent', action: 'ADD', bizStep: 'assembling' }
    case 'unkitted': return { type: 'AssociationEvent', action: 'DELETE', bizStep: 'disassembling' }
    case 'counted': return seen(param(line, 'scope') === 'full' ? 'stock_taking' : 'cycle_counting')
    case 'missed': return seen('cycle_counting', 'unknown')
    case 'found': return seen('cycle_counting', 'sellable_not_accessible')
    case 'lost':
    case 'lost-under-way': return seen(undefined, 'unknown')
    case 'flagged': return FLAGGED_AS.get(param(line, 'flag') ?? '') ?? QUARANTINED
    case 'unflagged': return UNFLAGGED_FROM.get(param(line, 'flag') ?? '') ?? seen('inspecting', 'conformant')
    case 'checked': return seen('inspecting')
    // The tag is silent from now on; the piece itself lives on.
    case 'tag-killed': return seen('killing')
    case 'tag-muted': return seen('other')
    case 'cart-voided':
    case 'line-voided': return ON_SHELF
    case 'remedied': return seen('inspecting', 'conformant', { unset: ['recalled'] })
    case 'to-be-sent': return seen('staging_outbound', 'retail_sold')
    case 'packed': return seen('packing', 'retail_sold')
    case 'shipped': return seen('shipping', 'in_transit')
    case 'delivered': return seen('other', 'retail_sold')
    case 'retired': return RETIRED_AS.get(param(line, 'why') ?? '') ?? DECOMMISSIONED
    default: return unreachable(line.kind)
  }
}

/** Areas where customers cannot take a piece. */
const BACK_ROOMS: ReadonlySet<string> = new Set(['back-room', 'returns', 'quarantine', 'workshop'])

const INSPECTED_AS: Shapes = new Map([
  ['damaged', seen('inspecting', 'damaged', { set: ['non_conformant'] })],
  ['parts-missing', seen('inspecting', 'non_conformant')],
  ['wrong-item', seen('inspecting', 'mismatch_instance')],
  ['to-inspect', seen('inspecting', 'in_progress')],
])

const ROUTED_TO: Shapes = new Map([
  ['shelf', ON_SHELF],
  ['inspection', seen('storing', 'returned')],
  ['refurbish', seen('repairing', 'unavailable')],
  ['maker', seen('staging_outbound', 'unavailable')],
  ['customer', seen('other', 'retail_sold')],
])

const STOLEN = seen(undefined, 'stolen', { set: ['stolen'] })
const RECOVERED = seen(undefined, undefined, { unset: ['stolen'] })

const FLAGGED_AS: Shapes = new Map([
  ['stolen-own', STOLEN],
  ['stolen-reported', STOLEN],
  ['recall', seen('holding', 'recalled', { set: ['recalled'] })],
  ['recall-remedied', seen('inspecting', 'conformant', { unset: ['recalled'] })],
  ['counterfeit-suspected', seen('holding', 'non_sellable_other', { set: ['mismatch_instance'] })],
  ['cold-chain-excursion', seen('holding', 'non_sellable_other', { set: ['non_conformant'] })],
])

const UNFLAGGED_FROM: Shapes = new Map([
  ['stolen-own', RECOVERED],
  ['stolen-reported', RECOVERED],
  ['recall', seen(undefined, undefined, { unset: ['recalled'] })],
  ['counterfeit-suspected', seen('inspecting', 'conformant', { unset: ['mismatch_instance'] })],
  ['cold-chain-excursion', seen('inspecting', 'conformant', { unset: ['non_conformant'] })],
])

const RETIRED_AS: Shapes = new Map([
  ['destroyed', { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' }],
  ['tag-killed', seen('killing')],
])

const DECOMMISSIONED: Shape = {
  type: 'ObjectEvent', action: 'DELETE', bizStep: 'decommissioning', disposition: 'inactive',
}

/** Under a new serial the piece is, for the world outside, another piece; with a print order a tag was written. */
function relabelledShape(line: JournalLine): Shape {
  if (param(line, 'order') !== null) return onPaper('encoding', 'encoded')
  return param(line, 'from') !== null && param(line, 'to') !== null
    ? { type: 'TransformationEvent', action: 'ADD', bizStep: 'repairing', disposition: 'conformant' }
    : seen('other')
}
