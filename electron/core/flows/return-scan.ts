import { unreachable } from '../../../contract/unreachable.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { Found } from '../scans/found.ts'
import { unitPiece, withUnitPiece } from './return-pieces.ts'
import { EMPTY_RETURN, type Piece, type ReturnFacts, type ReturnState, type ReturnStep } from './return-state.ts'
import { nothingNotice, say } from './say.ts'

const plain = (state: ReturnState): ReturnStep => ({ state, intents: [] })

/** What a scan means to a return: a piece, a receipt with its lines, or the number of a piece that was picked from a list. */
export function scanned(state: ReturnState, found: Found, facts: ReturnFacts): ReturnStep {
  if (state.at === 'assess') return plain(whileAssessing(state, found, facts))
  const goesOn = state.at === 'scan' || state.at === 'lines'
  const fresh: ReturnState = goesOn
    ? { ...state, text: found.text, notice: null, question: null, stranger: null }
    : { ...EMPTY_RETURN, text: found.text }
  switch (found.is) {
    case 'unit':
      return plain(unitScanned(fresh, found.hit.unit.id, found.text, facts))
    case 'many':
      // Two articles under one number: neither is a piece that can come back.
      return plain(found.hits.length === 0
        ? { ...fresh, notice: say(facts, 'info', 'scan-the-serial', { name: found.text }) }
        : { ...fresh, at: 'scan', question: { text: found.text, unitIds: found.hits.map((hit) => hit.unit.id) } })
    case 'receipt':
      return plain(fromReceipt(fresh, found, facts))
    case 'product':
      return plain(goodsScanned(fresh, found, facts))
    case 'nothing':
      return plain({ ...fresh, notice: nothingNotice(found, facts) })
    default:
      return unreachable(found)
  }
}

function unitScanned(state: ReturnState, unitId: string, text: string, facts: ReturnFacts): ReturnState {
  const known = state.pieces.find((piece) => piece.unitId === unitId)
  if (known) return { ...read(state, known), at: 'assess', inHand: known.pieceId, notice: say(facts, 'again', 'same-unit') }
  // With a receipt on the counter, a piece that is not on it is not what was bought with it.
  if (state.at === 'lines' && state.receipt !== null && !facts.linesOf(state.receipt).some((line) => line.unitId === unitId))
    return { ...state, notice: say(facts, 'stop', 'not-on-receipt', { number: state.receipt }) }
  return withUnitPiece(state, unitPiece(facts, unitId, text, 'scanned'), facts)
}

const read = (state: ReturnState, piece: Piece): ReturnState => ({
  ...state, pieces: state.pieces.map((one) => (one.pieceId === piece.pieceId ? { ...one, shown: 'scanned', instead: null } : one)),
})

/**
 * The returned unit must be the sold unit: another piece laid down half way starts nothing. Where the piece was picked
 * from a list it is the hard stop, and what was read in its place is kept for whoever takes an exception on himself.
 */
function whileAssessing(state: ReturnState, found: Found, facts: ReturnFacts): ReturnState {
  const piece = state.pieces.find(({ pieceId }) => pieceId === state.inHand)
  if (piece === undefined) return { ...state, notice: say(facts, 'stop', 'another-unit') }
  const same = found.is === 'unit' && found.hit.unit.id === piece.unitId
  const part = found.is === 'unit' && !same ? state.pieces.find((one) => one.ofSet !== undefined && one.unitId === found.hit.unit.id) : undefined
  if (part !== undefined && found.is === 'unit')
    return part.shown === 'scanned'
      ? { ...state, notice: say(facts, 'again', 'same-unit') }
      : { ...read(state, part), approval: null, notice: say(facts, 'good', 'set-part-here', { name: found.hit.unit.product.name }) }
  if (same && piece.shown !== 'scanned') return { ...read(state, piece), approval: null, notice: say(facts, 'good', 'the-sold-one') }
  if (same) return { ...state, notice: say(facts, 'again', 'same-unit') }
  if (piece.is !== 'unit' || piece.shown !== 'picked') return { ...state, notice: say(facts, 'stop', 'another-unit') }
  if (found.is === 'nothing') return { ...state, notice: nothingNotice(found, facts) }
  return {
    ...state, approval: null, notice: say(facts, 'stop', 'another-unit'),
    pieces: state.pieces.map((one) => (one === piece ? { ...one, instead: found.text.slice(0, 128) } : one)),
  }
}

function fromReceipt(fresh: ReturnState, found: Extract<Found, { is: 'receipt' }>, facts: ReturnFacts): ReturnState {
  const lines = facts.linesOf(found.number)
  if (lines.length === 0) return { ...fresh, notice: say(facts, 'info', 'receipt-without-units', { number: found.number }) }
  if (!lines.some((line) => line.left > 0)) return { ...fresh, notice: say(facts, 'stop', 'receipt-returned', { number: found.number }) }
  const only = lines.length === 1 && fresh.pieces.length === 0 ? lines[0] : undefined
  const offered: ReturnState = { ...fresh, at: 'lines', receipt: found.number }
  const unitId = only?.unitId ?? null
  return unitId === null ? offered : withUnitPiece(offered, unitPiece(facts, unitId, found.number, 'picked'), facts)
}

/**
 * A product code names no piece. With its receipt on the counter plain goods are taken from there; a thing with a
 * serial wants its serial; what nobody has a record of is said, and offered to whoever may take an exception.
 */
function goodsScanned(state: ReturnState, found: Extract<Found, { is: 'product' }>, facts: ReturnFacts): ReturnState {
  const { id, name, tracking } = found.product
  const line = state.at === 'lines' && state.receipt !== null
    ? facts.linesOf(state.receipt).find((one) => one.productId === id && one.unitId === null && one.left > 0)
    : undefined
  if (line !== undefined) return { ...state, notice: say(facts, 'good', 'on-the-receipt', { name }) }
  const stranger = { productId: id, serial: found.strangeSerial, text: found.text }
  const offered_ = (notice: Notice): ReturnState => ({ ...state, at: 'scan', stranger, notice })
  if (found.strangeSerial !== null) return offered_(say(facts, 'stop', 'unknown-serial', { name, text: found.strangeSerial }))
  if (tracking === 'serial') return { ...state, at: state.at, notice: say(facts, 'info', 'scan-the-serial', { name }) }
  return offered_(say(facts, 'info', 'return-by-receipt', { name }))
}
