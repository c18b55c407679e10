import type { CountDifferences } from '../../../contract/counting-view.ts'
import { ok, type Result } from '../../../contract/fault.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { sayMissed } from '../marks/mark-piece.ts'
import { tillEvent } from '../money/till-event.ts'
import { recordDocument } from '../store/papers.ts'
import { countPaper } from './count-paper.ts'
import { endCount, piecesLeft, piecesOfCount, recordCountEnd, recordLeft, sumsOfCount, type CountRow } from './count-rows.ts'
import { remarkOf, scopeName } from './count-scan.ts'
import { otherTills } from './counts-of-others.ts'
import { countPiece, isHere, liesInCart } from './stock-here.ts'

const LIST_MAX = 500

/** What is left of a count, looked at again now: missing, or gone since the count began. */
interface Left {
  readonly missing: readonly KnownUnit[]
  readonly gone: readonly string[]
}

function leftOf(ground: Ground, count: CountRow): Left {
  const missing: KnownUnit[] = []
  const gone: string[] = []
  for (const id of piecesLeft(ground.store.reading, count.id)) {
    const unit = unitOf(ground, id)
    if (unit !== null && isHere(ground, unit.facts.custody) && !liesInCart(ground, unit)) missing.push(unit)
    else gone.push(id)
  }
  return { missing, gone }
}

/** How the count stands against the records, for whoever decides whether to look once more. */
export const countDifferences = (ground: Ground, count: CountRow): CountDifferences => differencesOf(ground, count, leftOf(ground, count))

function differencesOf(ground: Ground, count: CountRow, { missing, gone }: Left): CountDifferences {
  const sums = sumsOfCount(ground.store.reading, count.id)
  const surplus = piecesOfCount(ground.store.reading, count.id).filter((row) => row.expected === 0)
  return {
    ...sums,
    missing: missing.length,
    gone: gone.length,
    accuracy_bp: accuracy(sums.found, missing.length),
    missingPieces: missing.slice(0, LIST_MAX).map(countPiece),
    surplusPieces: surplus.slice(0, LIST_MAX).flatMap((row) => {
      const unit = unitOf(ground, row.unit_id)
      return unit === null ? [] : [{ ...countPiece(unit), ...remarkOf(row) }]
    }),
  }
}

/** Found of what had to be there, in hundredths of a per cent, never rounded up to "all of it"; null where nothing had to. */
export const accuracy = (found: number, missing: number): number | null => (found + missing === 0 ? null : Math.floor((found * 10_000) / (found + missing)))

/**
 * Ends a count. What was to be found and is neither found nor gone since is missing from now on, each with its event;
 * the count itself is an event too, and a paper. All of it is one fact.
 */
export function finishCount(deed: Deed, count: CountRow): Result<{ documentId: string }> {
  const { ground, db } = deed
  const left = leftOf(ground, count)
  const differences = differencesOf(ground, count, left)
  for (const unit of left.missing) {
    sayMissed(deed, unit, { number: count.number, scope: scopeName(count) })
    recordLeft(db, count.id, unit.id, 'missing')
  }
  for (const id of left.gone) recordLeft(db, count.id, id, 'gone')
  const { expected, found, missing, gone, surplus } = differences
  tillEvent(deed, 'counted', { number: count.number, scope: scopeName(count), expected, found, missing, gone, surplus })
  const at = ground.now()
  const who = deed.staff?.name ?? ''
  const documentId = ground.newId()
  const body = countPaper({ count, differences, tills: otherTills(ground, count).map(({ name }) => name), at, who }, deed.setting)
  recordDocument(db, { id: documentId, kind: body.kind, number: count.number, at, total_cents: 0, summary: `${found} / ${found + missing}`, body })
  recordCountEnd(db, { count_id: count.id, ended_at: at, ended_by: who, expected, found, gone, missing, surplus, document_id: documentId })
  endCount(db, count.id, 'done')
  return ok({ documentId })
}
