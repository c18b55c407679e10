import type { Seat } from '../roles.ts'
import type { Intent, Question } from '../verdict.ts'

/** What one answer says to one intent. */
export type Say = 'fine' | 'ask' | 'refuse'

/** Answers, or `answer/reason` where the reason matters; `*` is every other answer of that question. */
type Table = Readonly<Record<string, Say>>

interface Answered {
  readonly answer: string
  readonly reason: string
}

const WEIGHT: Readonly<Record<Say, number>> = { fine: 0, ask: 1, refuse: 2 }

/** The heavier of two; the first when they weigh the same. */
export const heavierOf = (first: Say, second: Say): Say => (WEIGHT[second] > WEIGHT[first] ? second : first)

/** What the handbook says to one answer, at this seat. A customer alone is never told more than a clerk would be. */
export function sayOf(intent: Intent, question: Question, finding: Answered, seat: Seat): Say {
  const say = lookUp(SAYS[intent][question], finding) ?? 'ask'
  const alone = seat === 'kiosk' ? lookUp(ALONE[intent]?.[question] ?? {}, finding) : undefined
  return alone === undefined ? say : heavierOf(say, alone)
}

const lookUp = (table: Table, { answer, reason }: Answered): Say | undefined =>
  table[`${answer}/${reason}`] ?? table[answer] ?? table['*']

const EVERYTHING_FINE: Table = { '*': 'fine' }
const NEVER_STOLEN: Table = { flagged: 'refuse', clear: 'fine', unknown: 'ask' }
const NEVER_FAKE: Table = { counterfeit: 'refuse', suspect: 'ask', '*': 'fine' }

/**
 * The handbook: for each intent and question, which answers are fine, which ask a colleague and which refuse.
 * An answer that stands in no table asks a colleague: what nobody thought of is never waved through.
 */
const SAYS: Readonly<Record<Intent, Readonly<Record<Question, Table>>>> = {
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
      'on-hold/quarantine': 'refuse',
      'on-hold/cold-chain-excursion': 'refuse',
      'on-hold': 'ask',
      unknown: 'ask',
      '*': 'refuse',
    },
  },
  return: {
    identity: { 'known-unit': 'fine', '*': 'ask' },
    purchase: {
      'ours-sold/window-over': 'refuse',
      'ours-sold/clock-wrong': 'ask',
      'ours-sold/clock-suspect': 'ask',
      'ours-sold/owner-changed': 'ask',
      'ours-sold/record-too-old': 'ask',
      'ours-sold/lease-over': 'ask',
      'ours-sold/cut-off': 'ask',
      'ours-sold': 'fine',
      'already-returned': 'refuse',
      'ours-not-sold': 'refuse',
      'not-ours': 'refuse',
      'sold-elsewhere': 'refuse',
      unknown: 'ask',
    },
    warranty: EVERYTHING_FINE,
    stolen: NEVER_STOLEN,
    // A recalled piece is taken back gladly, into quarantine: so one that may be recalled is taken back too.
    recall: EVERYTHING_FINE,
    authenticity: { counterfeit: 'refuse', suspect: 'ask', '*': 'fine' },
    // A parcel nobody took, or a buyer who has thought better of it: the piece is in the hand. One that was lost is asked about.
    custody: { 'may-come-back': 'fine', 'being-sent/parcel-lost': 'ask', 'being-sent': 'fine', '*': 'ask' },
  },
  check: {
    identity: {
      'known-unit': 'fine', 'known-product-unknown-unit': 'ask', ambiguous: 'ask', impossible: 'refuse', unknown: 'ask',
    },
    purchase: EVERYTHING_FINE,
    warranty: EVERYTHING_FINE,
    stolen: { flagged: 'ask', clear: 'fine', unknown: 'ask' },
    recall: { affected: 'ask', unknown: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'ask', suspect: 'ask', '*': 'fine' },
    custody: { missing: 'ask', retired: 'ask', 'being-sent/parcel-lost': 'ask', '*': 'fine' },
  },
  claim: {
    identity: { 'known-unit': 'fine', '*': 'ask' },
    purchase: {
      'ours-sold/clock-wrong': 'ask', 'ours-sold/clock-suspect': 'ask', 'ours-sold': 'fine', 'already-returned': 'refuse',
      'ours-not-sold': 'refuse', '*': 'ask',
    },
    warranty: { covered: 'fine', ended: 'refuse', '*': 'ask' },
    stolen: NEVER_STOLEN,
    // The desk is where a recall is remedied: it turns nobody away for one, nor for not knowing of one.
    recall: EVERYTHING_FINE,
    authenticity: NEVER_FAKE,
    custody: { 'may-come-back': 'fine', '*': 'ask' },
  },
  'trade-in': {
    identity: { 'known-unit': 'fine', 'known-product-unknown-unit': 'fine', impossible: 'refuse', '*': 'ask' },
    purchase: {
      'ours-sold/clock-wrong': 'ask', 'ours-sold/clock-suspect': 'ask', 'ours-not-sold': 'refuse', 'already-returned': 'refuse',
      '*': 'fine',
    },
    warranty: EVERYTHING_FINE,
    stolen: NEVER_STOLEN,
    recall: { affected: 'ask', unknown: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'refuse', suspect: 'refuse', 'not-checkable': 'ask', '*': 'fine' },
    custody: { 'may-come-back': 'fine', unknown: 'fine', '*': 'ask' },
  },
  transfer: {
    identity: { 'known-unit': 'fine', '*': 'refuse' },
    purchase: {
      'ours-sold/clock-wrong': 'ask', 'ours-sold/clock-suspect': 'ask', 'ours-sold': 'fine', 'ours-not-sold': 'refuse',
      'already-returned': 'refuse', '*': 'ask',
    },
    warranty: EVERYTHING_FINE,
    stolen: NEVER_STOLEN,
    recall: EVERYTHING_FINE,
    authenticity: NEVER_FAKE,
    custody: { 'with-customer': 'fine', '*': 'ask' },
  },
  receive: {
    identity: { 'known-unit': 'fine', 'known-product-unknown-unit': 'fine', impossible: 'refuse', '*': 'ask' },
    purchase: { 'ours-sold': 'ask', '*': 'fine' },
    warranty: EVERYTHING_FINE,
    stolen: { flagged: 'refuse', '*': 'fine' },
    recall: { affected: 'ask', '*': 'fine' },
    authenticity: { counterfeit: 'refuse', suspect: 'ask', '*': 'fine' },
    custody: {
      // Kept for a customer: that is what it comes for.
      'on-hold/reserved': 'fine',
      // In stock already: the same piece is being counted in a second time, or two pieces carry its number.
      'may-leave': 'ask', 'with-customer': 'ask', 'being-sent': 'ask', 'in-another-cart': 'ask', 'on-hold': 'ask', 'in-repair': 'ask', retired: 'ask',
      'not-here/other-store': 'ask', '*': 'fine',
    },
  },
}

/** Where a customer stands alone, on top of the handbook: what deserves a person, gets one. */
const ALONE: Readonly<Partial<Record<Intent, Readonly<Partial<Record<Question, Table>>>>>> = {
  return: {
    identity: { 'known-unit/known-by-old-label': 'ask' },
    recall: { affected: 'ask', unknown: 'ask' },
    // It lies in our back room or is on the road: somebody has to see how it came to the kiosk.
    custody: { 'being-sent': 'ask' },
  },
}
