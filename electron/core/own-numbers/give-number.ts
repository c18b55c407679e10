import type { Person } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import type { Writing } from '../store/store.ts'
import { issueNumber, keepBlock, type Issued } from './issue-number.ts'
import { ownBlock } from './own-block.ts'
import { lettersNow } from './own-letters.ts'
import { putLabel } from './unit-labels.ts'

/**
 * Gives out one of the shop's own numbers, and puts it on the piece where one is named: number, label and the line in
 * its life are one fact. Refuses a piece nobody knows (`no-such-unit`) and a till whose numbers are used up (`no-numbers-left`).
 */
export function giveNumber(ground: Ground, unitId: string | null, person: Person | null): Result<Issued> {
  if (unitId !== null && unitOf(ground, unitId) === null) return refused('no-such-unit')
  return ground.store.write((db) => {
    const at = ground.now()
    const issued = takeNumber(ground, db, { unitId, staffId: person?.staffId ?? null, at })
    if (issued === null) return refused('no-numbers-left')
    if (unitId !== null) label(db, ground, { unitId, number: issued.number, at, person })
    return ok(issued)
  })
}

interface Put {
  readonly unitId: string
  readonly number: string
  readonly at: string
  readonly person: Person | null
}

function label(db: Writing, ground: Ground, put: Put): void {
  putLabel(db, { value: put.number, unitId: put.unitId, kind: 'own', retiredWhy: null }, put.at)
  recordEvent(db, {
    id: ground.newId(), kind: 'relabelled', unitId: put.unitId, at: put.at,
    storeId: ground.place.id, tillId: ground.till.id,
    staffId: put.person?.staffId ?? null, who: put.person?.name ?? null, params: { to: put.number }, facts: null,
  })
}

/**
 * The next number of the shop, from a block that was given to this till, else from one of its own: the till's letters
 * stand in it, so that no other till gives out the same. Null where the last block has come to its end.
 */
export function takeNumber(ground: Ground, db: Writing, by: { readonly unitId: string | null; readonly staffId: string | null; readonly at: string }): Issued | null {
  const issued = issueNumber(db, by)
  if (issued !== null) return issued
  keepBlock(db, ownBlock(lettersNow(db) ?? ground.till.code, by.at), by.at)
  return issueNumber(db, by)
}
