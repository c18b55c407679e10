import type { Policy } from '../policy.ts'
import { isReservation, reservationIn } from '../reservation.ts'
import { isSoldUnreceived } from '../stock-by-serial.ts'
import type { Custody, Flag, UnitFacts } from '../unit.ts'
import type { Intent } from '../verdict.ts'
import { unreachable } from '../unreachable.ts'
import { breachFinding, sayOfPlace, unreadFindings, type Told } from './ask-readings.ts'
import type { VerdictFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { heavierOf } from './says.ts'

/**
 * Where is it, and may it go where the intent wants it? A piece can be on hold, in a cart and in repair at once: what
 * weighs most for the intent is told, so that one more flag never hides a graver place.
 */
export function askCustody(intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Finding<'custody'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const { unit } = facts
  if (!unit) return { answer: 'unknown', reason: 'unknown-place', params: {}, evidence: [], ...rest }
  const places: Told[] = [
    ...unit.flags.flatMap((flag) => (isReservation(flag) ? [] : holdFinding(facts, flag))),
    ...keptFinding(unit, now),
    ...cartFinding(facts),
    ...(intent === 'sell' ? [...unfitFinding(facts), ...setFinding(facts)] : []),
    intent === 'sell' && isSoldUnreceived(facts, policy)
      ? { answer: 'may-leave', reason: 'no-stock-by-serial', params: {}, evidence: [] }
      : placeFinding(intent, facts, unit.custody, now),
    ...(intent === 'sell' ? unreadFindings(facts, now) : []),
  ]
  const sayTo = (place: Told) => sayOfPlace(intent, place, facts, policy)
  const weightiest = places.reduce((most, place) => (heavierOf(sayTo(most), sayTo(place)) === sayTo(most) ? most : place))
  return { ...rest, ...weightiest }
}

const HOLDS = ['quarantine', 'hold', 'activation-lock']

function holdFinding(facts: VerdictFacts, flag: Flag): Told[] {
  if (flag.kind === 'cold-chain-excursion') return [breachFinding(facts, flag.reason)]
  return HOLDS.includes(flag.kind) ? [{ answer: 'on-hold', reason: flag.kind === 'hold' ? 'on-hold' : flag.kind, params: {}, evidence: [flag.reason] }] : []
}

/** Kept for a customer. Once it is sold, nobody waits for it any more, whoever forgot to say so. */
function keptFinding({ flags, title }: UnitFacts, now: string): Told[] {
  const kept = title.is === 'sold' || title.is === 'transferred' ? null : reservationIn(flags, now)
  if (kept === null) return []
  return [{ answer: 'on-hold', reason: 'reserved', params: { number: kept.reference ?? '', date: kept.until, store: kept.source }, evidence: [kept.reason] }]
}

const cartFinding = ({ heldBy, here }: VerdictFacts): Told[] =>
  heldBy && heldBy.flowId !== here.flowId
    ? [{ answer: 'in-another-cart', reason: 'in-cart-of', params: { till: heldBy.till }, evidence: [] }]
    : []

/** In stock, and yet not fit to be sold as it is. */
function unfitFinding({ unit }: VerdictFacts): Told[] {
  const onHold = (reason: string): Told[] => [{ answer: 'on-hold', reason, params: {}, evidence: [] }]
  // A recalled piece that was taken back lies in quarantine by its place, also when its flag has been lifted since.
  if (unit?.custody.at === 'in-stock' && unit.custody.area === 'quarantine') return onHold('quarantine')
  if (unit?.condition === 'to-inspect' || unit?.condition === 'damaged' || unit?.condition === 'parts-missing') return onHold(unit.condition)
  return []
}

/** A part of a set is missing from the set when it is sold alone. */
const setFinding = ({ set }: VerdictFacts): Told[] =>
  set === undefined ? [] : [{ answer: 'on-hold', reason: 'part-of-set', params: { set }, evidence: [] }]

function placeFinding(intent: Intent, facts: VerdictFacts, custody: Custody, now: string): Told {
  const store = (id: string) => facts.storeNames[id] ?? id
  const place = (answer: Told['answer'], reason: string, params: Told['params'] = {}): Told =>
    ({ answer, reason, params, evidence: [] })
  const inStock = (storeId: string, area: string) =>
    storeId === facts.here.storeId
      ? place('may-leave', 'in-stock-here', { area })
      : place('not-here', 'other-store', { store: store(storeId) })
  switch (custody.at) {
    case 'in-stock':
      return inStock(custody.storeId, custody.area)
    case 'in-cart':
      // A lease that ran out holds nothing: the cart was left behind.
      return custody.flowId === facts.here.flowId || Date.parse(custody.until) <= Date.parse(now)
        ? inStock(custody.storeId, '')
        : place('in-another-cart', 'in-cart-of', { till: custody.tillId })
    case 'with-customer':
      if (custody.parcel !== undefined)
        return place('being-sent', `parcel-${custody.parcel.is}`, { store: store(custody.parcel.storeId), date: custody.parcel.since })
      return place(BRINGS_BACK.includes(intent) ? 'may-come-back' : 'with-customer', 'with-customer')
    case 'in-repair':
      return place('in-repair', 'in-repair', { place: custody.place })
    case 'in-transit':
      return place('in-transit', 'in-transit', { from: store(custody.fromStoreId), to: store(custody.toStoreId) })
    case 'at-vendor':
      return place('not-here', 'at-vendor', { vendor: custody.vendor })
    case 'missing':
      return place('missing', 'missing-since', { date: custody.since })
    case 'retired':
      return place('retired', 'retired', { why: custody.why })
    case 'expected':
      return custody.storeId === facts.here.storeId || intent !== 'receive'
        ? place('not-here', 'not-received-yet', { store: store(custody.storeId) })
        : place('not-here', 'other-store', { store: store(custody.storeId) })
    case 'unknown':
      return place('unknown', 'unknown-place')
    default:
      return unreachable(custody)
  }
}

/** Intents with which a piece comes from a customer into the shop. */
const BRINGS_BACK: readonly Intent[] = ['return', 'claim', 'trade-in']
