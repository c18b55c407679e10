import type { Intent, Question } from '../../../contract/verdict.ts'

/** What one answer says to one intent. */
export type Say = 'fine' | 'ask' | 'refuse'

/** Answers, or `answer/reason` where the reason matters; `*` is every other answer of that question. */
type Table = Readonly<Record<string, Say>>

const EVERYTHING_FINE: Table = { '*': 'fine' }
const NEVER_STOLEN: Table = { flagged: 'refuse', clear: 'fine', unknown: 'ask' }
const NEVER_FAKE: Table = { counterfeit: 'refuse', suspect: 'ask', '*': 'fine' }

/**
 * The handbook: for each intent and question, which answers are fine, which ask a colleague and which refuse.
 * An answer that stands in no table asks a colleague: what nobody thought of is never waved through.
 */
export const SAYS: Readonly<Record<Intent, Readonly<Record<Question, Table>>>> = {
  sell: {
    identity: { 'known-unit': 'fine', ambiguous: 'ask', '*': 'refuse' },
    purchase: { 'ours-not-sold': 'fine', 'already-returned': 'fine', unknown: 'ask', '*': 'refuse' },
    warranty: EVERYTHING_FINE,
    // Our own stock may be sold while the list is old: the piece came to us before it could have been stolen from us.
    stolen: { flagged: 'refuse', '*': 'fine' },
    recall: { affected: 'refuse', '*': 'fine' },
    authenticity: { counterfeit: 'refuse', suspect: 'refuse', '*': 'fine' },
    custody: {
      'may-leave': 'fine',
      'not-here': 'ask',
      'in-transit': 'ask',
      missing: 'ask',
      'on-hold': 'ask',
      unknown: 'ask',
      '*': 'refuse',
    },
  },
  return: {
    identity: { 'known-unit': 'fine', '*': 'ask' },
    purchase: {
      'ours-sold/window-over': 'refuse',
      'ours-sold': 'fine',
      'already-returned': 'refuse',
      'ours-not-sold': 'refuse',
      'not-ours': 'refuse',
      'sold-elsewhere': 'refuse',
      unknown: 'ask',
    },
    warranty: EVERYTHING_FINE,
    stolen: NEVER_STOLEN,
    // A recalled piece is taken back gladly; it goes into quarantine.
    recall: { unknown: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'refuse', suspect: 'ask', '*': 'fine' },
    custody: { 'may-come-back': 'fine', 'with-customer': 'fine', '*': 'ask' },
  },
  check: {
    identity: { 'known-unit': 'fine', 'known-product-unknown-unit': 'ask', ambiguous: 'ask', impossible: 'refuse', unknown: 'ask' },
    purchase: EVERYTHING_FINE,
    warranty: EVERYTHING_FINE,
    stolen: { flagged: 'ask', clear: 'fine', unknown: 'ask' },
    recall: { affected: 'ask', unknown: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'ask', suspect: 'ask', '*': 'fine' },
    custody: { missing: 'ask', '*': 'fine' },
  },
  claim: {
    identity: { 'known-unit': 'fine', '*': 'ask' },
    purchase: { 'ours-sold': 'fine', 'already-returned': 'refuse', 'ours-not-sold': 'refuse', '*': 'ask' },
    warranty: { covered: 'fine', ended: 'refuse', '*': 'ask' },
    stolen: NEVER_STOLEN,
    recall: { unknown: 'ask', '*': 'fine' },
    authenticity: NEVER_FAKE,
    custody: { 'with-customer': 'fine', 'may-come-back': 'fine', '*': 'ask' },
  },
  'trade-in': {
    identity: { impossible: 'refuse', ambiguous: 'ask', '*': 'fine' },
    purchase: { 'ours-not-sold': 'refuse', 'already-returned': 'refuse', '*': 'fine' },
    warranty: EVERYTHING_FINE,
    stolen: NEVER_STOLEN,
    recall: { affected: 'ask', unknown: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'refuse', suspect: 'refuse', 'not-checkable': 'ask', '*': 'fine' },
    custody: { 'with-customer': 'fine', 'may-come-back': 'fine', unknown: 'fine', '*': 'ask' },
  },
  transfer: {
    identity: { 'known-unit': 'fine', '*': 'refuse' },
    purchase: { 'ours-sold': 'fine', '*': 'ask' },
    warranty: EVERYTHING_FINE,
    stolen: NEVER_STOLEN,
    recall: EVERYTHING_FINE,
    authenticity: NEVER_FAKE,
    custody: { 'with-customer': 'fine', '*': 'ask' },
  },
  receive: {
    identity: { impossible: 'refuse', ambiguous: 'ask', '*': 'fine' },
    purchase: { 'ours-sold': 'ask', '*': 'fine' },
    warranty: EVERYTHING_FINE,
    stolen: { flagged: 'refuse', '*': 'fine' },
    recall: { affected: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'refuse', suspect: 'ask', '*': 'fine' },
    custody: { 'with-customer': 'ask', 'in-another-cart': 'ask', retired: 'ask', '*': 'fine' },
  },
}
