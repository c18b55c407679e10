import { HOUR_MS, MINUTE_MS } from '../durations.ts'
import type { Params } from '../ids.ts'
import type { Policy } from '../policy.ts'
import { breachesOf, lackOf, stillOutside } from '../sensors/breach.ts'
import type { SensedSeries } from '../sensors/sensed.ts'
import type { Intent } from '../verdict.ts'
import type { VerdictFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { heavierOf, sayOf, type Say } from './says.ts'

/** What is told of a piece by its readings, with the sensor as its source and the last reading as its age. */
export type Told = Pick<Finding<'custody'>, 'answer' | 'reason' | 'params' | 'evidence'> & Partial<Pick<Finding<'custody'>, 'source' | 'asOf'>>

/** A flag that somebody put on by hand says no more than its name; a breach says what, for how long and when. */
export function breachFinding({ unit }: VerdictFacts, reason: string): Told {
  const [breach] = breachesOf(unit?.sensed ?? [])
  if (breach === undefined) return { answer: 'on-hold', reason: 'cold-chain-excursion', params: {}, evidence: [reason] }
  return {
    answer: 'on-hold', reason: breach.how, params: { ...howLong(breach.outside_ms), ...(breach.value === null ? {} : { value: breach.value }), date: breach.from },
    evidence: [reason], source: breach.source, asOf: breach.asOf === '' ? null : breach.asOf,
  }
}

/** For under an hour the minutes are told, else the hours, to the tenth. */
const howLong = (outside_ms: number): Params =>
  ({ minutes: Math.round(outside_ms / MINUTE_MS), hours: outside_ms < HOUR_MS ? 0 : Math.round((outside_ms / HOUR_MS) * 10) / 10 })

/** What speaks against a sale though nobody has flagged it: readings that are missing, old, or end outside of the limits. */
export function unreadFindings({ unit, product }: VerdictFacts, now: string): Told[] {
  const sensed = unit?.sensed ?? []
  const still = stillOutside(sensed, now)
  const lack = lackOf(sensed, product?.limits ?? null, now)
  return [...(still === null ? [] : [outsideFinding(still)]), ...(lack === null ? [] : [lackFinding(lack)])]
}

const outsideFinding = ({ outSince, source, last }: SensedSeries): Told =>
  ({ answer: 'on-hold', reason: 'still-outside', params: { date: outSince ?? '' }, evidence: [], source, asOf: last?.[0] ?? null })

function lackFinding({ reason, last }: NonNullable<ReturnType<typeof lackOf>>): Told {
  const told: Told = { answer: 'on-hold', reason, params: {}, evidence: [] }
  return last === null ? { ...told, asOf: null } : { ...told, source: last.source, asOf: last.last?.[0] ?? null }
}

const BROKEN = ['cold-chain-excursion', 'too-warm', 'too-cold', 'too-humid', 'too-dry', 'knocked', 'sensor-alarm']
const UNREAD = ['still-outside', 'no-readings', 'readings-old']

export const isBroken = ({ answer, reason }: { answer: string; reason: string }): boolean => answer === 'on-hold' && BROKEN.includes(reason)

/** What an answer about the place of a piece says: by the handbook, and by the shop's own rule where sensors have spoken. */
export function sayOfPlace(intent: Intent, place: Pick<Told, 'answer' | 'reason'>, facts: VerdictFacts, policy: Policy): Say {
  const say = sayOf(intent, 'custody', place, facts.here.seat)
  // Whoever only looks is told as well: a piece that was too warm is not one that nothing speaks against.
  if (intent === 'check' && isBroken(place)) return heavierOf(say, 'ask')
  if (intent !== 'sell' || place.answer !== 'on-hold') return say
  if (isBroken(place)) return policy.sensors?.broken === 'ask' ? 'ask' : 'refuse'
  if (UNREAD.includes(place.reason)) return heavierOf(say, policy.sensors?.unread === 'stop' ? 'refuse' : 'ask')
  return say
}
