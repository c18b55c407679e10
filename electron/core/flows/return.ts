import { unreachable } from '../../../contract/unreachable.ts'
import { doubtsOf, inHand, planOf } from './return-doubts.ts'
import { FRESH_PIECE, unitPiece, withoutPart, withPiece, withUnitPiece } from './return-pieces.ts'
import { payOut, stepPayout } from './return-payout.ts'
import { lookAt } from './return-looked-at.ts'
import { EMPTY_RETURN, type Piece, type ReturnFacts, type ReturnInput, type ReturnState, type ReturnStep } from './return-state.ts'
import { scanned } from './return-scan.ts'
import { say } from './say.ts'

/** Decides one step of a return at the counter. Pure: what it wants done is carried out in the same transaction. */
export function stepReturn(state: ReturnState, input: ReturnInput, facts: ReturnFacts): ReturnStep {
  const no: ReturnStep = { state, intents: [], refused: 'not-in-this-state' }
  // What has its document is over; what comes next is a return of its own.
  if (state.at === 'done') return no
  switch (input.do) {
    case 'scanned':
      return state.at === 'paying-out' ? { ...no, refused: 'money-first' } : scanned(state, input.found, facts)
    case 'take-unit':
      return state.at === 'paying-out' ? no : plain(withUnitPiece(EMPTY_RETURN, unitPiece(facts, input.unitId, input.text, input.shown), facts))
    case 'choose':
      if (state.at !== 'scan' || !state.question?.unitIds.includes(input.choice)) return no
      if (state.pieces.some((piece) => piece.unitId === input.choice)) return plain({ ...state, question: null, notice: say(facts, 'again', 'same-unit') })
      return plain(withUnitPiece(state, unitPiece(facts, input.choice, state.question.text, 'scanned'), facts))
    case 'dismiss-question':
      return plain({ ...state, question: null })
    case 'take-line':
      return takeLine(state, input, facts)
    case 'take-stranger':
      return takeStranger(state, facts)
    case 'add-piece':
      if (state.at !== 'assess') return no
      return plain({ ...state, at: state.receipt === null ? 'scan' : 'lines', inHand: null, notice: null, approval: null })
    case 'go-to-piece':
      if (!['scan', 'lines', 'assess'].includes(state.at) || !state.pieces.some(({ pieceId }) => pieceId === input.pieceId)) return no
      return plain({ ...state, at: 'assess', inHand: input.pieceId, question: null, stranger: null, notice: null })
    case 'remove-piece':
      return removePiece(state, input.pieceId)
    case 'part-not-here': {
      const without = withoutPart(state, input.pieceId)
      return without === null ? no : plain(without)
    }
    case 'set-quantity': case 'give-reason': case 'grade': case 'answer': case 'count-accessory': case 'all-in-order':
    case 'note-part': case 'photo-taken': case 'drop-photo': case 'route':
      return lookAt(state, input, facts)
    case 'pay-as':
      if (state.at !== 'assess' || (input.as === 'store-credit' && !facts.rules.storeCredit)) return no
      return plain({ ...state, payAs: input.as, approval: input.as === state.payAs ? state.approval : null, notice: null })
    case 'approved':
      return approved(state, input, facts)
    case 'refund':
      return payOut(state, facts)
    case 'terminal-read': case 'ask-terminal-again': case 'cancel-terminal': case 'terminal-said':
      return stepPayout(state, input, facts)
    case 'hand-over':
      return handOver(state, facts)
    case 'undo':
      return undo(state, facts)
    case 'start-over':
      return state.at === 'paying-out' ? no : plain(EMPTY_RETURN)
    default:
      return unreachable(input)
  }
}

const plain = (state: ReturnState): ReturnStep => ({ state, intents: [] })

function takeLine(state: ReturnState, asked: { lineId: string; quantity: number }, facts: ReturnFacts): ReturnStep {
  const no: ReturnStep = { state, intents: [], refused: 'not-in-this-state' }
  if (state.at !== 'lines' || state.receipt === null) return no
  const line = facts.linesOf(state.receipt).find(({ lineId }) => lineId === asked.lineId)
  if (!line) return no
  const taken = state.pieces.find((piece) => (line.unitId === null ? piece.lineId === line.lineId : piece.unitId === line.unitId))
  if (taken) return plain({ ...state, at: 'assess', inHand: taken.pieceId, notice: null })
  if (asked.quantity > line.left) return { ...no, refused: 'more-than-bought', left: line.left }
  if (line.unitId !== null) return plain(withUnitPiece(state, unitPiece(facts, line.unitId, state.receipt, 'picked'), facts))
  return plain(withPiece(state, {
    ...FRESH_PIECE, pieceId: facts.newId(), is: 'goods', unitId: null, lineId: line.lineId, productId: line.productId,
    text: state.receipt, shown: 'scanned', quantity: asked.quantity,
  }))
}

function takeStranger(state: ReturnState, facts: ReturnFacts): ReturnStep {
  if (state.at !== 'scan' || state.stranger === null) return { state, intents: [], refused: 'not-in-this-state' }
  if (!facts.mayTakeStranger) return plain({ ...state, notice: say(facts, 'stop', 'enough-without-record') })
  const { productId, serial, text } = state.stranger
  return plain(withPiece(state, {
    ...FRESH_PIECE, pieceId: facts.newId(), is: 'stranger', unitId: null, productId, serial, text, shown: 'scanned',
  }))
}

function removePiece(state: ReturnState, pieceId: string): ReturnStep {
  const removed = state.pieces.find((piece) => piece.pieceId === pieceId)
  // A part of a set that is here goes with its set, or is said to be missing.
  if (!['scan', 'lines', 'assess'].includes(state.at) || removed === undefined || removed.ofSet !== undefined)
    return { state, intents: [], refused: 'not-in-this-state' }
  const pieces = state.pieces.filter((piece) => piece !== removed && piece.ofSet !== pieceId)
  const last = pieces.at(-1)
  if (last === undefined) return plain({ ...EMPTY_RETURN, at: state.receipt === null ? 'scan' : 'lines', receipt: state.receipt })
  return plain({ ...state, at: 'assess', pieces, inHand: last.pieceId, approval: null, notice: null })
}

/** Who approves, approves what is there now: every doubt that stands, and a piece whose number could not be read. */
function approved(state: ReturnState, by: Extract<ReturnInput, { do: 'approved' }>, facts: ReturnFacts): ReturnStep {
  if (state.at !== 'assess') return { state, intents: [], refused: 'not-in-this-state' }
  const covers = doubtsOf(state, facts)
  const pieces = state.pieces.map((piece) => (piece.is === 'unit' && piece.shown === 'picked' ? { ...piece, shown: 'excepted' as const } : piece))
  const approval = { staffId: by.staffId, name: by.name, reason: by.reason, covers, upTo_cents: planOf(state, facts)?.amount_cents ?? 0 }
  return plain({ ...state, pieces, approval, notice: null })
}

function handOver(state: ReturnState, facts: ReturnFacts): ReturnStep {
  const hand = inHand(state, facts)
  if (state.at !== 'assess' || hand === null) return { state, intents: [], refused: 'not-in-this-state' }
  const caseId = facts.newId()
  return {
    state: { ...state, at: 'handed-over', caseId, notice: null },
    intents: [{ want: 'hand-over', caseId, piece: hand.piece, verdict: hand.known.verdict }],
  }
}

/** Takes back one thing at a time: the approval first, then what was said of the piece in hand, then the piece. */
function undo(state: ReturnState, facts: ReturnFacts): ReturnStep {
  const piece = state.pieces.find(({ pieceId }) => pieceId === state.inHand)
  if (state.at !== 'assess' || piece === undefined) return { state, intents: [], refused: 'nothing-to-undo' }
  const now = (change: Partial<Piece>): ReturnStep =>
    plain({ ...state, notice: null, pieces: state.pieces.map((one) => (one === piece ? { ...one, ...change } : one)) })
  if (state.approval !== null) return plain({ ...state, approval: null, notice: null })
  if (piece.next !== null) return now({ next: null })
  const { seen } = piece
  const [...without] = seen.without ?? []
  const missed = without.pop()
  if (missed !== undefined) {
    const part: Piece = { ...unitPiece(facts, missed, piece.text, 'picked'), ofSet: piece.pieceId }
    const whole = { ...piece, seen: { ...seen, without } }
    return plain({ ...state, notice: null, pieces: [...state.pieces.map((one) => (one === piece ? whole : one)), part] })
  }
  if (seen.present.length + seen.absent.length > 0) return now({ seen: { ...seen, present: [], absent: [] } })
  if (Object.keys(seen.answers).length > 0) return now({ seen: { ...seen, answers: {} } })
  if (seen.condition !== null) return now({ seen: { ...seen, condition: null } })
  if (piece.reason !== null) return now({ reason: null })
  return removePiece(state, piece.pieceId)
}

