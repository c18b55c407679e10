import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { HandedLine, HandOver } from '../../../contract/hand-over.ts'
import type { Desk } from '../desk/desk.ts'
import { setFront } from '../desk/going-on.ts'
import { layAside } from '../desk/recall-sale.ts'
import { returnInHand, runReturn } from '../desk/run-return.ts'
import { checkInHand, runCheck } from '../desk/run-check.ts'
import { runSale, saleInHand } from '../desk/run-sale.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleState } from '../flows/sale-state.ts'
import type { Ground } from '../ground.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
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
  if (letter.task === 'buy') return goOnSelling(deed, letter, unit)
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

/**
 * Everything of the customer's cart is scanned into a sale here, each piece judged as at any scan; the one in question
 * comes last, so that what is said of it stands on the screen. A sale in hand is parked.
 */
function goOnSelling(deed: Deed, letter: HandOver, inQuestion: KnownUnit | null): Result<unknown> {
  const { ground, db } = deed
  if (ground.seat !== 'counter') return refused('not-your-seat')
  if (deed.authority('sell') === null) return refused('no-right', { right: 'sell' })
  const staffId = deed.staff?.staffId ?? null
  const aside = layAside(ground, db, staffId)
  if (!aside.ok) return aside
  const onFlow = { ...deed, flowId: saleInHand(ground, db, staffId) }
  setFront(db, { screen: 'sale', flowId: onFlow.flowId })
  for (const line of letter.cart ?? []) if (line.unitId === null || line.unitId !== inQuestion?.id) take(onFlow, line)
  if (inQuestion !== null) scanUnit(onFlow, inQuestion, letter.text)
  return ok(null)
}

/** What is not known here, or cannot be added, is left out: the thing itself lies on the counter. */
function take(deed: Deed, { unitId, productId, text, lot, quantity }: HandedLine): void {
  const { ground, db } = deed
  const unit = unitId === null ? null : unitOf(ground, unitId)
  if (unit !== null) return scanUnit(deed, unit, text)
  const product = unitId === null ? ground.mirror.product(productId) : null
  if (product === null) return
  runSale(deed, { do: 'scanned', found: { is: 'product', text, product, lot, expiry: null, strangeSerial: null } })
  const line = (flowOf(db, deed.flowId) as FlowRow<SaleState> | null)?.state.lines.find((one) => one.unitId === null && one.productId === productId && one.lot === lot)
  if (line !== undefined && quantity > 1) runSale(deed, { do: 'set-quantity', lineId: line.lineId, quantity })
}

const scanUnit = (deed: Deed, unit: KnownUnit, text: string): void =>
  void runSale(deed, { do: 'scanned', found: { is: 'unit', text, hit: { unit, matchedBy: null, retiredLabel: null } } })
