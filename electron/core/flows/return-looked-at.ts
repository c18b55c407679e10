import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { routeChoices } from '../returns/routes.ts'
import type { LookedAt } from '../returns/condition-questions.ts'
import { inHand, nextOf } from './return-doubts.ts'
import type { Piece, PieceFacts, ReturnFacts, ReturnInput, ReturnState, ReturnStep } from './return-state.ts'

type Look = Extract<ReturnInput, {
  do: 'set-quantity' | 'give-reason' | 'grade' | 'answer' | 'count-accessory' | 'all-in-order' | 'note-part' | 'photo-taken' | 'drop-photo' | 'route'
}>

/** What is said of the piece in hand. A word that changes what it is worth asks for another approval. */
export function lookAt(state: ReturnState, input: Look, facts: ReturnFacts): ReturnStep {
  const hand = inHand(state, facts)
  const changed = state.at === 'assess' && hand !== null ? changeOf(hand.piece, hand.known, input, facts) : 'not-in-this-state'
  if (hand === null || typeof changed === 'string')
    return changed === 'more-than-bought' && hand !== null
      ? { state, intents: [], refused: changed, left: hand.known.left }
      : { state, intents: [], refused: 'not-in-this-state' }
  const piece = { ...hand.piece, ...changed }
  const keepsApproval = WEIGHTLESS.has(input.do) || JSON.stringify(piece) === JSON.stringify(hand.piece)
  return {
    state: {
      ...state, notice: null, approval: keepsApproval ? state.approval : null,
      pieces: state.pieces.map((one) => (one.pieceId === piece.pieceId ? piece : one.ofSet === piece.pieceId ? asItsSet(one, input) : one)),
    },
    intents: [],
  }
}

/** What is said of a set is said of its parts too, where nobody has said anything of them yet. */
function asItsSet(part: Piece, input: Look): Piece {
  if (input.do === 'give-reason') return { ...part, reason: part.reason ?? input.reason }
  if (input.do === 'grade') return { ...part, seen: { ...part.seen, condition: part.seen.condition ?? input.condition } }
  return part
}

/** More evidence takes no approval back. */
const WEIGHTLESS: ReadonlySet<Look['do']> = new Set(['give-reason', 'photo-taken', 'note-part', 'route'])

function changeOf(piece: Piece, known: PieceFacts, input: Look, facts: ReturnFacts): Partial<Piece> | 'not-in-this-state' | 'more-than-bought' {
  const seen = (change: Partial<LookedAt>): Partial<Piece> => ({ seen: { ...piece.seen, ...change } })
  const { asked } = known
  switch (input.do) {
    case 'set-quantity':
      if (piece.is !== 'goods') return 'not-in-this-state'
      return input.quantity > known.left ? 'more-than-bought' : { quantity: input.quantity }
    case 'give-reason':
      return facts.reasons.includes(input.reason) ? { reason: input.reason } : 'not-in-this-state'
    case 'grade':
      return seen({ condition: input.condition, ...(input.condition === 'new' ? asNew(asked, piece.seen) : {}) })
    case 'answer':
      if (!asked.questions.some(({ id }) => id === input.question)) return 'not-in-this-state'
      return seen({ answers: { ...piece.seen.answers, [input.question]: input.good } })
    case 'count-accessory':
      return asked.accessories.some(({ id }) => id === input.accessory) ? seen(counted(piece.seen, input.accessory, input.here)) : 'not-in-this-state'
    case 'all-in-order':
      return seen(asNew(asked, { answers: {}, absent: [] }))
    case 'note-part':
      return asked.parts.includes(input.part) ? seen({ parts: { ...piece.seen.parts, [input.part]: input.number } }) : 'not-in-this-state'
    case 'photo-taken':
      return seen({ photos: [...new Set([...piece.seen.photos, input.photoId])] })
    case 'drop-photo':
      return seen({ photos: piece.seen.photos.filter((photo) => photo !== input.photoId) })
    case 'route': {
      const proposed = nextOf({ ...piece, next: null }, known, facts)
      return routeChoices(known.verdict, proposed, facts.rules).includes(input.next) ? { next: input.next } : 'not-in-this-state'
    }
    default:
      return unreachable(input)
  }
}

/** What nobody has said a bad word of is good: a sealed box is opened by nobody to count its cables. */
function asNew(asked: CategoryQuestions, said: Pick<LookedAt, 'answers' | 'absent'>): Partial<LookedAt> {
  return {
    answers: { ...Object.fromEntries(asked.questions.map(({ id }) => [id, true])), ...said.answers },
    present: asked.accessories.flatMap(({ id }) => (said.absent.includes(id) ? [] : [id])),
    absent: said.absent,
  }
}

function counted({ present, absent }: LookedAt, accessory: string, here: boolean): Partial<LookedAt> {
  const without = (list: readonly string[]) => list.filter((id) => id !== accessory)
  return here
    ? { present: [...without(present), accessory], absent: without(absent) }
    : { present: without(present), absent: [...without(absent), accessory] }
}
