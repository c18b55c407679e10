import type { TagSeen } from './reader.ts'

/**
 * Which tags lie on the pad, worked out from sightings and times. Pure: the caller hands in every sighting with its
 * time, and the time of every `alive` of the reader. A tag is named by its EPC, or its UID with NFC.
 *
 * - Present: enough sightings within the window, strong enough. Gone: no sighting for a while; only then may the same
 *   tag be added again.
 * - Strays: what is read while the field opens over an empty pad belongs to a shelf or a bag; it stays muted until it
 *   has been away for long.
 * - Signal strength alone never decides between two tags: when the threshold runs between tags that are nearly as
 *   strong as each other, both are shown as `unsure`, and a person chooses.
 */
export interface PresenceOptions {
  /** `cart`: every tag that lies there is added. `one`: a single piece is wanted, as at a return. */
  readonly mode: 'cart' | 'one'
  readonly sightings_min: number
  readonly window_ms: number
  /** On a pad at 15 to 18 dBm. Readers that tell no signal strength are judged by sightings alone. */
  readonly threshold_dbm: number
  readonly gone_ms: number
  /** Of a time in which the reader itself was silent, no more than this counts: nobody was looking. */
  readonly blind_ms: number
  readonly learn_ms: number
  readonly stray_gone_ms: number
  readonly ambiguous_db: number
}

export const PAD: PresenceOptions = {
  mode: 'cart',
  sightings_min: 2,
  window_ms: 400,
  threshold_dbm: -55,
  gone_ms: 1_200,
  blind_ms: 1_000,
  learn_ms: 2_000,
  stray_gone_ms: 5_000,
  ambiguous_db: 6,
}

/** A bin full of pieces hides each of them for longer. */
export const BIN: PresenceOptions = { ...PAD, gone_ms: 2_500 }

export type PresenceEvent =
  | { readonly kind: 'added'; readonly tag: string; readonly rssi_dbm: number | null; readonly antenna: number | null }
  | { readonly kind: 'removed'; readonly tag: string }
  /** Learning is over; `strays` are muted. A screen may offer to take one in after all. */
  | { readonly kind: 'learned'; readonly strays: readonly string[] }
  /** The tags nobody can tell apart by strength, all of them each time; empty when the question is settled. */
  | { readonly kind: 'unsure'; readonly tags: readonly string[] }
  /** More tags than a pad can hold: something is wrong with power or place. */
  | { readonly kind: 'crowded' }

interface Known {
  readonly is: 'seen' | 'unsure' | 'present' | 'stray'
  /** The sightings of the last window, oldest first. */
  readonly sightings: readonly { readonly at_ms: number; readonly rssi_dbm: number | null }[]
  readonly last_ms: number
  readonly antenna: number | null
}

export interface Presence {
  readonly at: 'closed' | 'learning' | 'watching'
  /** The reader is away: nothing is added, nothing goes. */
  readonly held: boolean
  readonly options: PresenceOptions
  readonly opened_ms: number
  readonly now_ms: number
  readonly tags: ReadonlyMap<string, Known>
  readonly crowded: boolean
  /** Tags that belong to the flow already: learning never takes them for the shelf's. */
  readonly ours: ReadonlySet<string>
}

/** How a field opens. `learn: false` takes at once what lies there, but for the strays that are known from before. */
export interface Opening {
  readonly learn: boolean
  readonly strays?: readonly string[]
  readonly ours?: readonly string[]
}

export type PresenceStep = readonly [Presence, readonly PresenceEvent[]]

export const TAGS_MAX = 500
const SIGHTINGS_MAX = 16

export function closedPresence(options: PresenceOptions = PAD): Presence {
  return { at: 'closed', held: false, options, opened_ms: 0, now_ms: 0, tags: new Map(), crowded: false, ours: new Set() }
}

/** The field opens over a pad that should be empty. */
export function openPresence(before: Presence, at_ms: number, how: Opening): Presence {
  const at = how.learn && before.options.learn_ms > 0 ? 'learning' : 'watching'
  const ours = new Set(how.ours)
  const known = (how.strays ?? []).filter((tag) => !ours.has(tag)).slice(0, TAGS_MAX)
  const tags = new Map(known.map((tag) => [tag, { is: 'stray', sightings: [], last_ms: at_ms, antenna: null } as const]))
  return { ...closedPresence(before.options), at, opened_ms: at_ms, now_ms: at_ms, tags, ours }
}

/** The flow is over; what lies on the pad is nobody's business any more. */
export function closePresence(before: Presence): Presence {
  return closedPresence(before.options)
}

/** The reader has gone (cable, power): nothing is taken from the cart for that. */
export function holdPresence(before: Presence): Presence {
  return before.at === 'closed' ? before : { ...before, held: true }
}

/** The reader is back: every tag gets the full time to be seen again, and learning its full time too. */
export function resumePresence(before: Presence, at_ms: number): Presence {
  if (!before.held) return before
  const tags = new Map([...before.tags].map(([tag, known]) => [tag, { ...known, sightings: [], last_ms: at_ms }]))
  return { ...before, held: false, opened_ms: at_ms, now_ms: at_ms, tags }
}

/** One sighting, at a time never before the last one given. */
export function sighted(before: Presence, seen: TagSeen, at_ms: number): PresenceStep {
  const tag = seen.epc ?? seen.uid
  const [ticked, events] = passed(before, at_ms)
  if (tag === null || ticked.at === 'closed' || ticked.held) return [ticked, events]
  const known = ticked.tags.get(tag)
  if (known === undefined && ticked.tags.size >= TAGS_MAX)
    return ticked.crowded ? [ticked, events] : [{ ...ticked, crowded: true }, [...events, { kind: 'crowded' }]]
  const sightings = [
    ...(known?.sightings ?? []).filter((one) => at_ms - one.at_ms <= ticked.options.window_ms),
    { at_ms, rssi_dbm: seen.rssi_dbm },
  ].slice(-SIGHTINGS_MAX)
  const is = known?.is ?? (ticked.at === 'learning' && !ticked.ours.has(tag) ? 'stray' : 'seen')
  const tags = new Map(ticked.tags)
  tags.set(tag, { is, sightings, last_ms: at_ms, antenna: seen.antenna })
  const [next, decided] = decide({ ...ticked, tags })
  return [next, events.length === 0 ? decided : [...events, ...decided]]
}

/** The reader has looked at its field. While it is silent, nothing goes: a reader's death is not a lifted piece. */
export function passed(before: Presence, at_ms: number): PresenceStep {
  if (before.at === 'closed' || before.held) return [before, []]
  const now_ms = Math.max(at_ms, before.now_ms)
  const learnt = before.at === 'learning' && now_ms - before.opened_ms >= before.options.learn_ms
  const seenTags = excused(before, now_ms)
  const leaving = [...seenTags].filter(([, known]) => now_ms - known.last_ms > patience(before.options, known))
  if (!learnt && leaving.length === 0) return [{ ...before, now_ms, tags: seenTags }, []]
  const tags = new Map(seenTags)
  for (const [tag] of leaving) tags.delete(tag)
  const events: PresenceEvent[] = leaving
    .filter(([, known]) => known.is === 'present')
    .map(([tag]) => ({ kind: 'removed', tag }))
  if (learnt) events.push({ kind: 'learned', strays: strayTags(tags) })
  const settled: Presence = { ...before, at: learnt ? 'watching' : before.at, now_ms, tags, crowded: false }
  const [next, decided] = decide(settled)
  const unsureLeft = leaving.some(([, known]) => known.is === 'unsure')
  const told = unsureLeft && !decided.some((event) => event.kind === 'unsure')
  return [next, [...events, ...decided, ...(told ? [{ kind: 'unsure', tags: unsureTags(next.tags) } as const] : [])]]
}

/** The tags with a long silence of the reader taken off their absence. */
function excused(presence: Presence, now_ms: number): ReadonlyMap<string, Known> {
  const blind_ms = now_ms - presence.now_ms - presence.options.blind_ms
  if (blind_ms <= 0) return presence.tags
  return new Map([...presence.tags].map(([tag, known]) => [tag, { ...known, last_ms: known.last_ms + blind_ms }]))
}

/** A person says that this tag belongs to the cart: an unsure one, or a stray that was there before. */
export function chosen(before: Presence, tag: string): PresenceStep {
  return judged(before, tag, 'present')
}

/** A person says that this tag does not: it is muted like a stray until it has been away. */
export function dismissed(before: Presence, tag: string): PresenceStep {
  return judged(before, tag, 'stray')
}

/**
 * What the next flow begins beside: the shelf's tags, and what the customer before has not taken away yet. Null while
 * nobody has learnt what lies there.
 */
export function leftBehind(presence: Presence): readonly string[] | null {
  if (presence.at !== 'watching') return null
  return [...presence.tags].filter(([, known]) => known.is !== 'seen').map(([tag]) => tag)
}

/** The tags in the cart, in the order they came. */
export function presentTags(presence: Presence): readonly string[] {
  return tagsThatAre(presence.tags, 'present')
}

function judged(before: Presence, tag: string, is: 'present' | 'stray'): PresenceStep {
  const known = before.tags.get(tag)
  if (known === undefined || known.is === is) return [before, []]
  const tags = new Map(before.tags)
  tags.delete(tag)
  tags.set(tag, { ...known, is })
  const events: PresenceEvent[] = []
  if (is === 'present') events.push(added(tag, known))
  if (known.is === 'present') events.push({ kind: 'removed', tag })
  const [next, decided] = decide({ ...before, tags })
  if (known.is === 'unsure' && !decided.some((event) => event.kind === 'unsure'))
    events.push({ kind: 'unsure', tags: unsureTags(next.tags) })
  return [next, [...events, ...decided]]
}

/** Looks at every tag that is neither in the cart nor muted, and settles what can be settled. */
function decide(presence: Presence): PresenceStep {
  if (presence.at !== 'watching' || presence.held) return [presence, []]
  const open = [...presence.tags].filter(([, known]) => known.is === 'seen' || known.is === 'unsure')
  if (open.length === 0) return [presence, []]
  const taken = presence.options.mode === 'one' && tagsThatAre(presence.tags, 'present').length > 0
  const verdicts = open.map(([tag, known]) => [tag, known, taken ? 'seen' : verdict(presence, tag, known)] as const)
  const changes = verdicts.filter(([, known, is]) => known.is !== is)
  if (changes.length === 0) return [presence, []]
  const tags = new Map(presence.tags)
  const events: PresenceEvent[] = []
  for (const [tag, known, is] of changes) {
    tags.delete(tag)
    tags.set(tag, { ...known, is })
    if (is === 'present') events.push(added(tag, known))
  }
  const asked = changes.some(([, known, is]) => known.is === 'unsure' || is === 'unsure')
  if (asked) events.push({ kind: 'unsure', tags: unsureTags(tags) })
  return [{ ...presence, tags }, events]
}

function verdict(presence: Presence, tag: string, known: Known): 'seen' | 'unsure' | 'present' {
  const { sightings_min, window_ms, threshold_dbm, ambiguous_db, mode } = presence.options
  const recent = known.sightings.filter((one) => presence.now_ms - one.at_ms <= window_ms)
  // A question once asked stays until it is answered or the tag has gone; a gap between readings is no answer.
  if (recent.length < sightings_min) return known.is === 'unsure' ? 'unsure' : 'seen'
  const level = levelOf(known)
  if (level === null) return mode === 'one' && others(presence, tag).length > 0 ? 'unsure' : 'present'
  const strong = level >= threshold_dbm
  const near = others(presence, tag).filter(
    (other) => other.level !== null && Math.abs(other.level - level) < ambiguous_db,
  )
  const rivals = mode === 'one' ? near : near.filter((other) => other.level! >= threshold_dbm !== strong)
  // In the cart a weak tag beside one already taken is asked about, but does not put the taken one in doubt.
  const doubted = rivals.some((rival) => rival.is !== 'present' || !strong)
  if (doubted && (strong || rivals.some((rival) => rival.level! >= threshold_dbm))) return 'unsure'
  if (!strong) return 'seen'
  const outshone = mode === 'one' && others(presence, tag).some((other) => other.level !== null && other.level > level)
  return outshone ? 'seen' : 'present'
}

function others(presence: Presence, tag: string) {
  return [...presence.tags]
    .filter(([other, known]) => other !== tag && known.is !== 'stray')
    .map(([other, known]) => ({ tag: other, is: known.is, level: levelOf(known) }))
}

/** The mean strength of the latest sightings; null when the reader tells none. */
function levelOf(known: Known): number | null {
  let sum = 0
  let count = 0
  for (const { rssi_dbm } of known.sightings) {
    if (rssi_dbm === null) continue
    sum += rssi_dbm
    count++
  }
  return count === 0 ? null : sum / count
}

function patience(options: PresenceOptions, known: Known): number {
  return known.is === 'stray' ? options.stray_gone_ms : options.gone_ms
}

function added(tag: string, known: Known): PresenceEvent {
  return { kind: 'added', tag, rssi_dbm: known.sightings.at(-1)?.rssi_dbm ?? null, antenna: known.antenna }
}

function tagsThatAre(tags: ReadonlyMap<string, Known>, is: Known['is']): readonly string[] {
  return [...tags].filter(([, known]) => known.is === is).map(([tag]) => tag)
}

function unsureTags(tags: ReadonlyMap<string, Known>): readonly string[] {
  return tagsThatAre(tags, 'unsure').toSorted()
}

function strayTags(tags: ReadonlyMap<string, Known>): readonly string[] {
  return tagsThatAre(tags, 'stray').toSorted()
}
