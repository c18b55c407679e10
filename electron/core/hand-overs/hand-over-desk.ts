import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { HandOver } from '../../../contract/hand-over.ts'
import type { Desk } from '../desk/desk.ts'
import { setFront } from '../desk/going-on.ts'
import { returnInHand, runReturn } from '../desk/run-return.ts'
import { checkInHand, runCheck } from '../desk/run-check.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { handOverOf, hasStep, recordHandOver, recordHandOverStep, stateOf } from './hand-over-rows.ts'

/** The counter's side of a hand-over: it is heard, seen, and taken over with everything the customer has answered. */
export class HandOverDesk {
  readonly #ground: Ground
  readonly #desk: Desk

  constructor(ground: Ground, desk: Desk) {
    this.#ground = ground
    this.#desk = desk
  }

  /** Told by a kiosk; told twice is told once. */
  hear(letter: HandOver): void {
    this.#ground.store.write((db) => recordHandOver(db, letter, false))
    this.#desk.changed()
  }

  left(id: string): void {
    const row = handOverOf(this.#ground.store.reading, id)
    if (row === null || row.here || hasStep(row, 'left')) return
    this.#ground.store.write((db) => recordHandOverStep(db, id, 'left', this.#ground.now()))
    this.#desk.changed()
  }

  /**
   * Goes on with the customer here: the piece, the reason, the grade and every answer stand on this screen as if they
   * had been given here. Refuses one that a colleague has taken already.
   */
  take(id: string): Result<DeskView> {
    return this.#desk.act('', (deed) => {
      const row = handOverOf(deed.db, id)
      if (row === null) return refused('no-such-case')
      if (stateOf(row) === 'taken' || stateOf(row) === 'closed') return refused('taken-already', { name: row.steps.find(({ step }) => step === 'taken')?.who ?? '' })
      if (deed.staff === null) return refused('not-signed-in')
      recordHandOverStep(deed.db, id, 'taken', this.#ground.now(), { who: deed.staff.name, till: this.#ground.till.name })
      return goOn(deed, row.letter)
    })
  }

  /** Nobody needs to look at it any more. */
  close(id: string): Result<DeskView> {
    return this.#desk.act('', (deed) => {
      const row = handOverOf(deed.db, id)
      if (row === null) return refused('no-such-case')
      if (stateOf(row) === 'closed') return refused('not-in-this-state')
      recordHandOverStep(deed.db, id, 'closed', this.#ground.now(), { who: deed.staff?.name ?? '', till: this.#ground.till.name })
      return ok(null)
    })
  }
}

function goOn(deed: Deed, letter: HandOver): Result<unknown> {
  const { ground, db } = deed
  const unit = letter.unitId === null ? null : unitOf(ground, letter.unitId)
  const staffId = deed.staff?.staffId ?? null
  if (letter.task === 'check') {
    const flowId = checkInHand(ground, db, staffId)
    setFront(db, { screen: 'check', flowId })
    return unit === null ? ok(null) : runCheck({ ...deed, flowId }, { do: 'take-unit', unitId: unit.id, text: letter.text })
  }
  const flowId = returnInHand(ground, db, staffId)
  setFront(db, { screen: 'return', flowId })
  if (unit === null) return ok(null)
  const onFlow = { ...deed, flowId }
  const begun = runReturn(onFlow, { do: 'take-unit', unitId: unit.id, text: letter.text, shown: 'scanned' })
  if (!begun.ok) return begun
  // An answer whose question the counter does not ask is left out; the others stand.
  if (letter.reason !== null) runReturn(onFlow, { do: 'give-reason', reason: letter.reason })
  if (letter.condition !== null) runReturn(onFlow, { do: 'grade', condition: letter.condition })
  for (const [question, good] of Object.entries(letter.answers)) runReturn(onFlow, { do: 'answer', question, good })
  for (const accessory of letter.present) runReturn(onFlow, { do: 'count-accessory', accessory, here: true })
  for (const accessory of letter.absent) runReturn(onFlow, { do: 'count-accessory', accessory, here: false })
  return ok(null)
}
