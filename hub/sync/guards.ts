import type { EventBody } from '../../contract/sync/event-body.ts'
import type { Flag, UnitFacts } from '../../contract/unit.ts'
import { aliasesOf, factsOf, newUnit, withFacts, type HubUnit } from './units.ts'
import { isReservation, ReservationEnd } from '../../contract/reservation.ts'
import { matchKey } from '../../contract/identity/match-key.ts'
import { FROM_SALE } from '../../contract/stock-by-serial.ts'

/** What the guard says of one event about one unit. `unit` is the unit after it; null where nothing changes. */
interface Judgement {
  readonly verdict: string
  readonly unit: HubUnit | null
  /** Set where two facts of the world do not fit: a person decides, and the unit is neither sold nor refunded until then. */
  readonly conflict: boolean
}

/** `open`: nobody has settled its case yet. */
export interface Before {
  readonly verdict: string
  readonly caseId: string | null
  readonly open: boolean
}

export interface Circumstance {
  readonly till: string
  readonly inc: string
  /** Journals this one goes on from, each with the last of its events that is in this one too: of a mended till. */
  readonly goesOnFrom: ReadonlyMap<string, number>
  /** Another till holds a live lease on the unit. */
  readonly claimedByOther: boolean
  /** What became of this till's event before this one on the same unit. */
  readonly before: Before | null
  /** The centre's time, as an instant. It ends promises to keep a piece, and decides nothing else. */
  readonly now: string
}

const NOTED: Judgement = { verdict: 'noted', unit: null, conflict: false }

/** The facts an event speaks of. What it does not speak of stays as the centre knows it: the till may be days behind. */
type Fact = 'custody' | 'title' | 'condition' | 'flags' | 'cover' | 'set' | 'parts'
const SPEAKS_OF: Readonly<Record<string, readonly Fact[]>> = {
  commissioned: ['custody', 'title', 'condition', 'cover'], received: ['custody', 'title', 'condition'], stocked: ['custody'],
  moved: ['custody'], held: ['flags'], released: ['flags'], sold: ['custody', 'title', 'condition', 'cover'],
  voided: ['custody', 'title', 'condition'], returned: ['custody', 'title', 'condition', 'parts'], inspected: ['condition'],
  routed: ['custody', 'condition'], exchanged: ['cover'], refunded: [], transferred: ['title', 'cover'], claimed: ['custody', 'cover'],
  'sent-to-repair': ['custody'], 'back-from-repair': ['custody', 'condition', 'cover'], replaced: ['custody', 'title', 'condition', 'cover'],
  'cover-added': ['cover'], 'cover-moved': ['cover'], counted: ['custody'], missed: ['custody'], found: ['custody'], lost: ['custody'],
  flagged: ['flags'], unflagged: ['flags'], remedied: ['flags'], shipped: ['custody'],
  'to-be-sent': ['custody'], packed: ['custody'], delivered: ['custody'], 'came-back': ['custody'], 'lost-under-way': ['custody'],
  retired: ['custody'], corrected: ['custody', 'title', 'condition', 'cover'],
  kitted: ['set', 'parts'], unkitted: ['set'],
}

/** Kinds that may bring a unit into being which the centre has never seen. */
const BRINGS_INTO_BEING = new Set(['commissioned', 'received', 'stocked', 'found', 'counted'])
const STOPS_A_SALE = { 'stolen-own': 'sold-while-stolen', 'stolen-reported': 'sold-while-stolen', recall: 'sold-while-recalled' } as const
const DISPUTED = 'disputed'

/**
 * One event against what is true. Pure and total: the same unit, event and circumstance give the same judgement on
 * every process of the centre. First applied wins, except that a live lease wins over a sale or a refund without one;
 * clocks never decide. A conflict changes nothing but the hold it puts on the unit.
 */
export function judge(unit: HubUnit | null, event: EventBody, how: Circumstance): Judgement {
  if (event.kind === 'relabelled' && unit !== null) return relabelled(unit, event)
  if (event.facts === null || event.unitId === null) return NOTED
  if (event.kind === 'sold' && how.claimedByOther) return conflict('sold-over-claim')
  if (event.kind === 'returned' && how.claimedByOther) return conflict('refund-over-claim')
  if (unit === null) return unknownUnit(event, how)
  // Each till that sells a piece nobody received brings it into being under the same key: what it is by now stays so.
  if (event.kind === 'commissioned' && event.params['from'] === FROM_SALE) return NOTED
  // What follows an act that was itself in conflict is part of that case, not another one.
  if (how.before !== null && how.before.open && isConflict(how.before.verdict)) return { verdict: 'after-conflict', unit: null, conflict: false }
  if (isMissedElsewhere(unit, event)) return NOTED
  const against = objection(unit, event, how)
  if (against !== null) return conflict(against)
  return { verdict: 'accepted', unit: withFacts(unit, merged(unit, event, event.facts, how.now), { till: how.till, inc: how.inc, seq: event.seq }), conflict: false }
}

/** A new label is found at every till; the one it takes the place of is known, and known to be no longer valid. */
function relabelled(unit: HubUnit, { params }: EventBody): Judgement {
  const { to, from, why } = params
  if (typeof to !== 'string' || to === '') return NOTED
  const others = aliasesOf(unit).filter(({ value }) => value !== to)
  const ended = others.map((alias) => (alias.value === from ? { ...alias, retired_why: typeof why === 'string' ? why : '' } : alias))
  const label = { value: to, kind: 'own', retired_why: null, match_key: keyWhereItDiffers(to) }
  return { verdict: 'accepted', unit: { ...unit, aliases: JSON.stringify([...ended, label]), ver: unit.ver + 1 }, conflict: false }
}

const conflict = (verdict: string): Judgement => ({ verdict, unit: null, conflict: true })
export const isConflict = (verdict: string): boolean => !['accepted', 'noted', 'held'].includes(verdict)

function unknownUnit(event: EventBody, how: Circumstance): Judgement {
  const facts = event.facts
  if (facts === null || event.unit === undefined || !BRINGS_INTO_BEING.has(event.kind) || event.unitId === null) return conflict('unknown-unit')
  const aliases = event.unit.aliases.map((alias) => ({
    value: alias.value, kind: alias.kind, retired_why: alias.retiredWhy, match_key: keyWhereItDiffers(alias.value),
  }))
  const made = newUnit(event.unitId, event.unit.productId, aliases, facts)
  return { verdict: 'accepted', unit: withFacts(made, facts, { till: how.till, inc: how.inc, seq: event.seq }), conflict: false }
}

const keyWhereItDiffers = (value: string): string | null => {
  const key = matchKey(value, 'loose')
  return key === value ? null : key
}

/** Why the event cannot be true beside what is known; null: it can. */
function objection(unit: HubUnit, event: EventBody, how: Circumstance): string | null {
  const told = event.facts?.title
  const saleId = told && 'purchase' in told ? told.purchase.saleId : null
  switch (event.kind) {
    case 'sold': {
      if (unit.title === 'sold' || unit.title === 'transferred') return 'double-sale'
      const flag = factsOf(unit).flags.find(({ kind }) => kind in STOPS_A_SALE)
      return flag ? STOPS_A_SALE[flag.kind as keyof typeof STOPS_A_SALE] : null
    }
    case 'returned':
      return againstComingBack(unit, saleId)
    case 'replaced':
      // In an exchange the piece has come back by the event before; at the service desk this is how it comes back.
      return event.params['with'] === undefined && unit.title === 'returned' && unit.sale_id === saleId ? null : againstComingBack(unit, saleId)
    case 'voided':
      return unit.title === 'sold' && isOwnDoing(unit, how) ? null : 'void-of-other-sale'
    case 'transferred':
      return unit.sale_id !== null && unit.sale_id === saleId ? null : 'transfer-of-unsold'
    case 'received':
    case 'commissioned':
      return null
    default:
      // A piece cannot be put somewhere by a till that does not know that it was sold meanwhile, or come back, or both.
      if (told === undefined || !(SPEAKS_OF[event.kind] ?? []).includes('custody')) return null
      return told.is !== unit.title || (isOfParcel(event) && saleId !== unit.sale_id) ? 'facts-differ' : null
  }
}

/** It is sent to the buyer of one sale: what became of the parcel is nothing of the piece once somebody else has bought it. */
const isOfParcel = ({ kind, facts }: EventBody): boolean =>
  kind === 'delivered' || (facts?.custody.at === 'with-customer' && facts.custody.parcel !== undefined)

/** What the piece is now was made by an event of this till's journal, or of one it goes on from. */
const isOwnDoing = ({ owner_till, owner_inc, owner_seq }: HubUnit, { till, inc, goesOnFrom }: Circumstance): boolean =>
  owner_till === till && (owner_inc === inc || (owner_seq ?? Infinity) <= (goesOnFrom.get(owner_inc ?? '') ?? 0))

/** A count says nothing of a piece that has left the store's shelves meanwhile: the till had not heard of it. */
const isMissedElsewhere = (unit: HubUnit, { kind, storeId }: EventBody): boolean =>
  kind === 'missed' && !((unit.custody === 'in-stock' || unit.custody === 'in-cart') && unit.store_id === storeId)

/** Why a piece cannot come back of this sale: it has already, was never sold, or was sold by another. */
function againstComingBack(unit: HubUnit, saleId: string | null): string | null {
  if (unit.title === 'returned') return 'double-refund'
  if (unit.title !== 'sold' && unit.title !== 'transferred') return 'refund-of-unsold'
  return unit.sale_id === saleId ? null : 'refund-other-sale'
}

/** What an event speaks of: a piece let go of is in nobody's hands but its owner's where it was handed back to one. */
const spokenOf = ({ kind }: EventBody, told: UnitFacts): readonly Fact[] =>
  kind === 'released' && told.custody.at === 'with-customer' ? ['custody', 'flags'] : (SPEAKS_OF[kind] ?? [])

function merged(unit: HubUnit, event: EventBody, told: UnitFacts, now: string): UnitFacts {
  const known = factsOf(unit)
  const speaks = spokenOf(event, told)
  return {
    custody: speaks.includes('custody') ? told.custody : known.custody,
    title: speaks.includes('title') ? told.title : known.title,
    condition: speaks.includes('condition') ? told.condition : known.condition,
    cover: speaks.includes('cover') ? told.cover : known.cover,
    flags: withoutEnded(speaks.includes('flags') ? mergedFlags(known.flags, told.flags, event) : known.flags, now),
    ...setAndParts(speaks.includes('set') ? told.partOf : known.partOf, speaks.includes('parts') ? { ...known.parts, ...told.parts } : known.parts),
    ...(known.sensed === undefined ? {} : { sensed: known.sensed }),
  }
}

const setAndParts = (partOf: string | undefined, parts: UnitFacts['parts']): Pick<UnitFacts, 'partOf' | 'parts'> => ({
  ...(partOf === undefined ? {} : { partOf }), ...(parts === undefined || Object.keys(parts).length === 0 ? {} : { parts }),
})

/** A promise whose day has passed holds nothing: it goes with the next change of the piece, and no piece gathers them. */
const withoutEnded = (flags: readonly Flag[], now: string): Flag[] => flags.filter((flag) => !isReservation(flag) || flag.until > now)

/** A till adds a flag it has put on, and takes away only the one it names: it may not know of the others. */
function mergedFlags(known: readonly Flag[], told: readonly Flag[], event: EventBody): Flag[] {
  const named = event.params['flag']
  if (event.kind === 'unflagged' || event.kind === 'released') {
    const slip = event.params['number']
    // A piece that was kept for a customer is let go of by the number of the slip; what else holds it goes on.
    const isOfSlip = ReservationEnd.safeParse(event.params['reason']).success || known.some((flag) => isReservation(flag) && flag.reference === slip)
    if (event.kind === 'released' && isOfSlip)
      return known.filter((flag) => !isReservation(flag) || flag.reference !== slip)
    const off = typeof named === 'string' ? named : event.kind === 'released' ? 'hold' : ''
    return known.filter((flag) => flag.kind !== off || flag.reason === DISPUTED || isReservation(flag))
  }
  const fresh = told.filter((flag) => !known.some(({ kind, reference }) => kind === flag.kind && reference === flag.reference))
  const kept = event.kind === 'remedied' ? known.filter(({ kind }) => kind !== 'recall') : known
  return [...kept, ...fresh]
}

/** The unit with the hold of a case on it: every till then asks staff before it is sold or refunded. */
export function disputed(unit: HubUnit, caseId: string, at: string): HubUnit {
  const facts = factsOf(unit)
  const hold: Flag = { kind: 'hold', source: 'centre', at, reason: DISPUTED, reference: caseId }
  return { ...withFacts(unit, { ...facts, flags: [...facts.flags, hold] }), home: unit.home, disputed: true }
}

/** The unit without the hold of a case that a person has closed. */
export function settled(unit: HubUnit, caseId: string): HubUnit {
  const facts = factsOf(unit)
  const flags = facts.flags.filter((flag) => flag.reason !== DISPUTED || flag.reference !== caseId)
  return { ...withFacts(unit, { ...facts, flags }), home: unit.home, disputed: flags.some(({ reason }) => reason === DISPUTED) }
}
