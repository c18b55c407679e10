import { z } from 'zod'
import { Day, Id } from './ids.ts'
import { unreachable } from './unreachable.ts'

const Printed = z.string().min(1).max(128)

/**
 * Which pieces of a product are meant, as makers announce it. A range is inclusive and counts within numbers of one
 * form: the letters around the running number must be the same. A pattern knows `?` for one character and `*` for any
 * run of them, and nothing else.
 */
export const PieceRule = z.discriminatedUnion('by', [
  z.object({ by: z.literal('product') }),
  z.object({ by: z.literal('serials'), serials: z.array(Printed).min(1) }),
  z.object({ by: z.literal('range'), from: Printed, to: Printed }),
  z.object({ by: z.literal('lot'), lots: z.array(Printed).min(1) }),
  z.object({ by: z.literal('produced'), from: Day, to: Day }),
  z.object({ by: z.literal('pattern'), pattern: Printed }),
])
export type PieceRule = z.infer<typeof PieceRule>

/** A recall: which pieces, why, and what is done about it. `stopUse`: the owner should not use it until then. */
export const Campaign = z.object({
  reference: z.string().min(1).max(64),
  productId: Id,
  rule: PieceRule,
  openedOn: Day,
  reason: z.string().max(512),
  remedy: z.string().max(512),
  source: z.string().max(128),
  stopUse: z.boolean(),
})
export type Campaign = z.infer<typeof Campaign>

/** A weakness known of some pieces: shown when such a piece comes in for repair, so that nobody looks for it again. */
export const KnownIssue = z.object({
  id: Id,
  productId: Id,
  rule: PieceRule,
  symptom: z.string().max(256),
  advice: z.string().max(512),
  since: Day,
})
export type KnownIssue = z.infer<typeof KnownIssue>

/** What a rule looks at: every number on the piece, the lot it came from and the day it was made, where they are known. */
export interface Piece {
  readonly numbers: readonly string[]
  readonly lot: string | null
  readonly producedOn: string | null
}

/** Whether the piece is meant. What is not known of a piece (its lot, its day) is never taken as meant. */
export function isMeant(rule: PieceRule, piece: Piece): boolean {
  switch (rule.by) {
    case 'product':
      return true
    case 'serials':
      return piece.numbers.some((number) => rule.serials.includes(number))
    case 'range':
      return piece.numbers.some((number) => isWithin(number, rule.from, rule.to))
    case 'lot':
      return piece.lot !== null && rule.lots.includes(piece.lot)
    case 'produced':
      return piece.producedOn !== null && piece.producedOn >= rule.from && piece.producedOn <= rule.to
    case 'pattern':
      return piece.numbers.some((number) => fits(rule.pattern, number))
    default:
      return unreachable(rule)
  }
}

/** A number cut into what stands before its last run of digits, that run, and what follows. */
const cut = (number: string): { before: string; run: bigint; after: string } | null => {
  const match = /^(.*?)(\d+)(\D*)$/s.exec(number)
  return match ? { before: match[1] ?? '', run: BigInt(match[2] ?? '0'), after: match[3] ?? '' } : null
}

function isWithin(number: string, from: string, to: string): boolean {
  const [n, low, high] = [cut(number), cut(from), cut(to)]
  if (!n || !low || !high) return number === from || number === to
  const sameForm = [low, high].every((end) => end.before === n.before && end.after === n.after)
  return sameForm && n.run >= low.run && n.run <= high.run
}

/** Walks the pattern once, going back only to the last star: no pattern takes longer than its length times the number's. */
function fits(pattern: string, number: string): boolean {
  let p = 0
  let n = 0
  let star = -1
  let mark = 0
  while (n < number.length) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === number[n])) {
      p += 1
      n += 1
    } else if (p < pattern.length && pattern[p] === '*') {
      star = p
      mark = n
      p += 1
    } else if (star >= 0) {
      p = star + 1
      mark += 1
      n = mark
    } else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}
