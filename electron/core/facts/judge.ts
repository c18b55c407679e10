import type { RefundOffer } from '../../../contract/return-view.ts'
import { limitsIn } from '../../../contract/sensors/product-limits.ts'
import type { Intent, Verdict } from '../../../contract/verdict.ts'
import { clockIsSuspect } from '../clock/suspect-clock.ts'
import type { Ground } from '../ground.ts'
import type { Product } from '../mirror/mirror.ts'
import { stolenNumberIn } from '../mirror/stolen-numbers.ts'
import type { Found } from '../scans/found.ts'
import { holderOf } from '../store/flows.ts'
import { elsewhere } from '../sync/leases.ts'
import { leaseLeft_ms } from '../sync/progress.ts'
import type { ProofBreach } from '../tags/proof.ts'
import { proofOf, type ReadProof } from '../tags/readings.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { OutsideAnswer, VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { contradictionsOf } from './history.ts'
import { knownUnit, type KnownUnit } from './known-unit.ts'

/** A verdict together with what it was decided on: kept as evidence. */
export interface Judged {
  readonly verdict: Verdict
  readonly facts: VerdictFacts
}

export const unitOf = (ground: Ground, unitId: string): KnownUnit | null =>
  knownUnit(
    ground.mirror, ground.store.reading, unitId, { country: ground.place.country, timeZone: ground.place.time_zone }, ground.policy(),
  )

/** How the piece came to be known, and what was seen of it that cannot be true of the right one. */
interface FoundBy extends Partial<Pick<Extract<VerdictFacts['identity'], { is: 'unit' }>, 'matchedBy' | 'retiredLabel'>> {
  readonly contradictions?: readonly string[]
}

/** Looks at everything this till knows of a unit and decides. `flowId` is the flow that asks. */
export const judgeUnit = (ground: Ground, intent: Intent, unit: KnownUnit, flowId: string | null, by?: FoundBy): Judged =>
  judged(ground, intent, unit, flowId, ground.outside.of(unit.id), by)

/** The same as it may be written down: an answer from outside that may not be kept is kept as the fact that there was one. */
export const judgeToKeep = (ground: Ground, intent: Intent, unit: KnownUnit, flowId: string | null, by?: FoundBy): Judged =>
  judged(ground, intent, unit, flowId, ground.outside.toKeep(unit.id), by)

function judged(ground: Ground, intent: Intent, unit: KnownUnit, flowId: string | null, told: readonly OutsideAnswer[], by?: FoundBy): Judged {
  const now = ground.now()
  const holder = holderOf(ground.store.reading, unit.id, now)
  const read = proofOf(ground.store.reading, unit.id, now)
  const facts: VerdictFacts = {
    ...worldOf(ground, flowId),
    identity: { is: 'unit', matchedBy: by?.matchedBy ?? null, retiredLabel: by?.retiredLabel ?? null },
    product: productOf(unit.product),
    unit: unit.facts,
    price_cents: unit.price_cents,
    ...setOf(ground, unit),
    heldBy: heldBy(ground, unit, holder, flowId, now),
    contradictions: [...contradictionsOf(ground, unit.id), ...(by?.contradictions ?? []), ...(read?.says === 'suspect' ? [wordOf(read.how)] : [])],
    outside: [...(read === null ? [] : provenBy(read)), ...told, ...onStolenListUnheard(ground, unit)],
    source: unit.local ? 'till' : 'mirror',
  }
  return { verdict: decide(intent, facts, ground.policy(), now), facts }
}

function productOf({ category, tracking, durable, limits: column }: Product): VerdictFacts['product'] {
  const limits = limitsIn(column)
  return { category, tracking, durable, ...(limits === null ? {} : { limits }) }
}

/** Under which name the piece it is packed with is known. */
function setOf(ground: Ground, { facts: { partOf } }: KnownUnit): Pick<VerdictFacts, 'set'> {
  if (partOf === undefined) return {}
  const productId = ground.mirror.productIdOf(partOf)
  return { set: (productId === null ? null : ground.mirror.product(productId)?.name) ?? partOf }
}

/** Another till of the store that has the piece in hand, by what the line of the store tells. */
function heldElsewhere(ground: Ground, unitId: string): VerdictFacts['heldBy'] {
  const tillId = ground.claims.holderOf(unitId)
  return tillId === null || tillId === ground.till.id ? null : { flowId: `at-${tillId}`, till: ground.claims.nameOf(tillId) }
}

/** Whether the piece lies in a cart: here, or at another till as far as the centre and the line of the store have told. */
export function isInACart(ground: Ground, unit: KnownUnit): boolean {
  const now = ground.now()
  return heldBy(ground, unit, holderOf(ground.store.reading, unit.id, now), null, now) !== null
}

/** A cart here, or one at another till of which the centre told: our own hold does not hide that one. */
function heldBy(ground: Ground, unit: KnownUnit, holder: string | null, flowId: string | null, now: string): VerdictFacts['heldBy'] {
  if (holder !== null && holder !== flowId) return { flowId: holder, till: ground.till.name }
  const { title } = unit.facts
  const away = elsewhere(ground.store.reading, unit.id, now, title.is === 'sold' || title.is === 'transferred')
  if (away !== null) return { flowId: 'elsewhere', till: away.till }
  return heldElsewhere(ground, unit.id) ?? (holder === null ? null : { flowId: holder, till: ground.till.name })
}

/** A broken rule as the rules of a history are told: `tag-differs`. */
const wordOf = (breach: ProofBreach): string => breach.toLowerCase().replaceAll('_', '-')

/** A key of ours spoke for the piece. A chip whose own number agrees does not: such numbers can be copied. */
function provenBy(read: ReadProof): OutsideAnswer[] {
  if (read.says !== 'proven') return []
  const register = `${PROOF_NAMES[read.how]} ${read.detail}`
  return [{ asks: 'authenticity', said: 'genuine', register, at: read.at, reference: read.detail }]
}

/** Names of techniques, the same in every language. */
const PROOF_NAMES = { 'sun-tap': 'NFC', 'signed-label': 'Ed25519' } as const

/** Decides on a number that no unit of ours answers to. */
export function judgeStranger(ground: Ground, intent: Intent, found: Found, flowId: string | null): Judged {
  const facts: VerdictFacts = {
    ...worldOf(ground, flowId),
    identity: strangerIdentity(found),
    product: found.is === 'product' ? productOf(found.product) : null,
    unit: null,
    heldBy: null,
    contradictions: [],
    outside: onStolenList(ground, found),
    source: 'mirror',
  }
  return { verdict: decide(intent, facts, ground.policy(), ground.now()), facts }
}

/** The shop's own list of stolen numbers, asked about a piece that is not the shop's: a hit is a hit, and no hit says nothing. */
const onStolenList = (ground: Ground, found: Found): OutsideAnswer[] =>
  listedAsStolen(ground, found.is === 'product' ? (found.strangeSerial ?? '') : found.text)

/** The same of a piece that came into being here and of which the centre has not told yet: its flags are not on it. */
const onStolenListUnheard = (ground: Ground, unit: KnownUnit): OutsideAnswer[] =>
  ground.mirror.productIdOf(unit.id) === null ? unit.aliases.flatMap(({ value }) => listedAsStolen(ground, value)) : []

function listedAsStolen(ground: Ground, number: string): OutsideAnswer[] {
  const listed = stolenNumberIn(ground.mirror, number, ground.now().slice(0, 10))
  if (listed === null) return []
  return [{ asks: 'stolen', said: 'listed', register: ground.place.name, at: listed.since, reference: listed.reference }]
}

function strangerIdentity(found: Found): VerdictFacts['identity'] {
  if (found.is === 'product') return { is: 'product' }
  if (found.is === 'many') return { is: 'ambiguous', candidates: found.hits.length + found.products.length }
  if (found.is === 'nothing' && (found.why === 'bad-check-digit' || found.why === 'wrong-format')) return { is: 'impossible', why: found.why }
  return { is: 'unknown' }
}

function worldOf(ground: Ground, flowId: string | null) {
  return {
    here: { seat: ground.seat, storeId: ground.place.id, tillId: ground.till.id, timeZone: ground.place.time_zone, flowId },
    asOf: {
      mirror: ground.mirror.about('as_of'),
      stolen: ground.mirror.listAsOf('stolen'),
      recall: ground.mirror.listAsOf('recall'),
    },
    storeNames: ground.storeNames,
    ...(clockIsSuspect(ground) ? { clock: 'suspect' as const } : {}),
    ...((leaseLeft_ms(ground.store.reading, ground.clock.now()) ?? 0) < 0 ? { lease: 'over' as const } : {}),
  }
}

/** What was really paid for this piece, back to the tender it was really paid with. */
export function refundOf(unit: KnownUnit): RefundOffer | null {
  const { title } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return null
  const { purchase } = title
  return { amount_cents: purchase.paid_cents, currency: purchase.currency, to: purchase.tender, receiptNumber: purchase.receiptNumber }
}
