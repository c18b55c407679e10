import type { HandOverView } from '../../../contract/hand-over.ts'
import { later } from '../../../contract/days.ts'
import { HOUR_MS } from '../../../contract/durations.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { handOversSince, stateOf, type HandOverRow } from './hand-over-rows.ts'

/** A customer who has waited this long has found somebody, or gone home. */
const SHOWN_MS = 2 * HOUR_MS

/** What the kiosks of the store wait for, and what was just taken over; those that are over are left out. */
export function handOversHere(ground: Ground): HandOverView[] {
  if (ground.seat === 'kiosk') return []
  return handOversSince(ground.store.reading, later(ground.now(), -SHOWN_MS))
    .filter((row) => !row.here && stateOf(row) !== 'closed')
    .map((row) => handOverView(ground, row))
}

export function handOverView(ground: Ground, row: HandOverRow): HandOverView {
  const unit = row.letter.unitId === null ? null : unitOf(ground, row.letter.unitId)
  const taken = row.steps.find(({ step }) => step === 'taken')
  return {
    ...row.letter,
    piece: unit && { name: unit.product.name, serialEnd: (unit.aliases[0]?.value ?? '').slice(-4), picture: unit.product.picture },
    state: stateOf(row),
    by: taken ? { name: taken.who ?? '', till: taken.till ?? '' } : null,
  }
}
