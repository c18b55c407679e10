import { unreachable } from '../unreachable.ts'
import type { VerdictFacts } from './facts.ts'
import { answersFrom, flagOf, type Finding } from './finding.ts'

/** Which piece is this? */
export function askIdentity(facts: VerdictFacts): Finding<'identity'> {
  const rest = { params: {}, evidence: [], source: facts.source, asOf: facts.asOf.mirror }
  const { identity } = facts
  switch (identity.is) {
    case 'unit':
      return identity.retiredLabel === null
        ? { answer: 'known-unit', reason: 'known', ...rest }
        : { answer: 'known-unit', reason: 'known-by-old-label', ...rest, evidence: [identity.retiredLabel] }
    case 'product':
      return { answer: 'known-product-unknown-unit', reason: 'known-product', ...rest }
    case 'ambiguous':
      return { answer: 'ambiguous', reason: 'ambiguous-number', ...rest, params: { candidates: identity.candidates } }
    case 'impossible':
      return { answer: 'impossible', reason: identity.why, ...rest, source: 'label' }
    case 'unknown':
      return { answer: 'unknown', reason: 'not-known-here', ...rest }
    default:
      return unreachable(identity)
  }
}

/**
 * Is it genuine, and does its history hang together? Consistent is not proven: a printed number can be copied. A proof
 * does not outweigh a flag or a contradiction: then one of the pieces or one of the records is wrong.
 */
export function askAuthenticity(facts: VerdictFacts): Finding<'authenticity'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const told = answersFrom(facts, 'authenticity')
  const outside = (said: (typeof told)[number]['said']) => told.find((answer) => answer.said === said)
  const fake = outside('fake')
  if (fake)
    return {
      answer: 'counterfeit', reason: 'proof-failed', params: { register: fake.register }, evidence: fake.reference === null ? [] : [fake.reference],
      source: fake.register, asOf: fake.at,
    }
  const hit = flagOf(facts, ['counterfeit-suspected'])
  if (hit)
    return {
      answer: 'suspect', reason: 'counterfeit-suspected', params: {}, evidence: [hit.reason], source: hit.source,
      asOf: hit.at,
    }
  if (facts.contradictions.length > 0)
    return { answer: 'suspect', reason: 'contradiction', params: {}, evidence: [...facts.contradictions], ...rest }
  const genuine = outside('genuine')
  if (genuine)
    return {
      answer: 'proven', reason: 'proven-by', params: { register: genuine.register },
      evidence: genuine.reference === null ? [] : [genuine.reference], source: genuine.register, asOf: genuine.at,
    }
  const silent = outside('unreachable') ?? outside('not-kept')
  if (silent)
    return {
      answer: 'not-checkable', reason: silent.said === 'not-kept' ? 'answer-not-kept' : 'register-unreachable', params: { register: silent.register }, evidence: [],
      source: silent.register, asOf: null,
    }
  if (facts.identity.is !== 'unit') return {
    answer: 'not-checkable', reason: 'not-checkable', params: {}, evidence: [], ...rest,
  }
  return { answer: 'consistent', reason: 'consistent', params: {}, evidence: [], ...rest }
}
