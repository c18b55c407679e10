import type { CoverLayer } from '../unit.ts'
import { dayIn } from '../days.ts'
import type { VerdictFacts } from './facts.ts'
import type { Finding } from './finding.ts'

/**
 * Which protection does it still have? Never "ended" while any layer lasts. Of several that last, a promise (maker,
 * plan, repair) is named before the law: it gives more and asks for less proof.
 */
export function askWarranty(facts: VerdictFacts, now: string): Finding<'warranty'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const layers = facts.unit?.cover ?? []
  if (layers.length === 0) return { answer: 'unknown', reason: 'no-dates', params: {}, evidence: [], ...rest }
  const today = dayIn(now, facts.here.timeZone)
  const evidence = layers.map((layer) => `${layer.layer} ${layer.start} – ${layer.end}`)
  // The dates are told; what they mean today is for somebody who knows what day it is.
  if (facts.clock === 'suspect') return { answer: 'unknown', reason: 'clock-suspect', params: { date: now }, evidence, ...rest }
  const valid = layers.filter((layer) => layer.voidWhy === null).sort(longestFirst)
  const lasting = valid.filter((layer) => layer.start <= today && layer.end >= today)
  const best = lasting.find((layer) => layer.layer !== 'legal') ?? lasting[0]
  if (best) {
    const makerEnded = valid.some((layer) => layer.layer === 'maker' && layer.end < today)
    const reason = best.layer === 'legal' && makerEnded ? 'covered-by-law-until' : 'covered-until'
    return { answer: 'covered', reason, params: { layer: best.layer, date: best.end }, evidence, ...rest }
  }
  const coming = valid.filter((layer) => layer.start > today).sort(soonestFirst)[0]
  if (coming)
    return {
      answer: 'not-started', reason: 'not-started', params: { layer: coming.layer, date: coming.start }, evidence,
      ...rest,
    }
  const last = valid[0]
  if (last) return {
    answer: 'ended', reason: 'ended-on', params: { layer: last.layer, date: last.end }, evidence, ...rest,
  }
  return { answer: 'void', reason: 'void-because', params: { why: layers[0]?.voidWhy ?? '' }, evidence, ...rest }
}

const longestFirst = (a: CoverLayer, b: CoverLayer): number => (a.end === b.end ? 0 : a.end < b.end ? 1 : -1)
const soonestFirst = (a: CoverLayer, b: CoverLayer): number => (a.start === b.start ? 0 : a.start < b.start ? -1 : 1)
