import type { Person } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import type { Writing } from '../store/store.ts'
import { issueNumber, keepBlock, numbersLeft, type Issued } from './issue-number.ts'
import { ownBlock } from './own-block.ts'
import { putLabel } from './unit-labels.ts'

/**
 * Gives out one of the shop's own numbers, and puts it on the piece where one is named: number, label and the line in
 * its life are one fact. Refuses a piece nobody knows (`no-such-unit`) and a till without numbers (`no-numbers-left`).
 */
export function giveNumber(ground: Ground, unitId: string | null, person: Person | null): Result<Issued> {
  if (unitId !== null && unitOf(ground, unitId) === null) return refused('no-such-unit')
  return ground.store.write((db) => {
    const at = ground.now()
    if (numbersLeft(db) === 0 && hasNoCentre(ground)) keepBlock(db, ownBlock(ground.till.code, at), at)
    const issued = issueNumber(db, { unitId, staffId: person?.staffId ?? null, at })
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

/** The demo shop and a shop that stands alone: nobody else gives out the same numbers. */
const hasNoCentre = (ground: Ground): boolean => ground.demo || ground.place.id === 'own'
