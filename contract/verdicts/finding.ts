import type { Flag, FlagKind } from '../unit.ts'
import type { Findings } from '../verdict.ts'
import type { OutsideAnswer, VerdictFacts } from './facts.ts'

/** One question answered, as the contract has it. */
export type Finding<Q extends keyof Findings> = Findings[Q]

/** The first flag of these kinds, in the order of the kinds: the graver kind stands first. */
export function flagOf(facts: VerdictFacts, kinds: readonly FlagKind[]): Flag | null {
  for (const kind of kinds) {
    const flag = facts.unit?.flags.find((candidate) => candidate.kind === kind)
    if (flag) return flag
  }
  return null
}

export function answersFrom<A extends OutsideAnswer['asks']>(
  facts: VerdictFacts,
  asks: A,
): readonly Extract<OutsideAnswer, { asks: A }>[] {
  return (facts.outside ?? []).filter((answer): answer is Extract<OutsideAnswer, { asks: A }> => answer.asks === asks)
}
