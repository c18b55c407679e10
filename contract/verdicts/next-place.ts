import type { Condition } from '../unit.ts'
import type { Findings, Intent, NextPlace, Outcome } from '../verdict.ts'
import { unreachable } from '../unreachable.ts'
import { isBroken } from './ask-readings.ts'

/** Counterfeit, or flagged as perhaps so: told as quietly as a theft. A contradiction alone accuses nobody. */
export const isFake = (findings: Findings): boolean =>
  findings.authenticity.answer === 'counterfeit' ||
  (findings.authenticity.answer === 'suspect' && findings.authenticity.reason === 'counterfeit-suspected')

/** Where the piece goes next. What is ours and what is dangerous does not leave again by the door it came in. */
export function nextPlace(intent: Intent, outcome: Outcome, findings: Findings, condition: Condition | null): NextPlace {
  if (findings.stolen.answer === 'flagged') return 'police-hold'
  if (isFake(findings)) return 'quarantine'
  const recalled = findings.recall.answer === 'affected'
  const ours = findings.purchase.answer === 'ours-not-sold' || findings.purchase.answer === 'already-returned'
  switch (intent) {
    case 'sell':
      return outcome === 'accept' ? 'customer' : recalled ? 'quarantine' : stayPlace(findings)
    case 'check':
      return 'stay'
    case 'return':
    case 'trade-in':
      if (recalled) return 'quarantine'
      return ours || outcome !== 'refuse' ? 'inspection' : 'customer'
    case 'claim':
      if (recalled) return 'quarantine'
      if (ours) return 'inspection'
      return outcome === 'accept' ? 'maker' : outcome === 'refuse' ? 'customer' : 'inspection'
    case 'transfer':
      return ours ? 'stay' : 'customer'
    case 'receive':
      if (recalled) return 'quarantine'
      if (outcome === 'refuse') return 'maker'
      if (outcome === 'ask-staff') return stayPlace(findings) === 'quarantine' ? 'quarantine' : 'inspection'
      return condition === null || condition === 'new' || condition === 'open-box' || condition === 'refurbished' ? 'shelf' : 'inspection'
    default:
      return unreachable(intent)
  }
}

/** Where a piece of ours waits that may not be sold. */
function stayPlace({ custody }: Findings): NextPlace {
  if (custody.answer !== 'on-hold') return 'stay'
  if (custody.reason === 'quarantine' || isBroken(custody)) return 'quarantine'
  return custody.reason === 'to-inspect' ? 'inspection' : 'stay'
}
