import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import { stepSale } from '../../../electron/core/flows/sale.ts'
import { EMPTY_SALE, unitsConcerned, type SaleFacts, type SaleState } from '../../../electron/core/flows/sale-state.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import { NOW } from '../verdicts/facts-of-a-piece.ts'
import { aProduct, aUnit, foundProduct, foundUnit, hitOf, ids, judged } from './a-shop.ts'

const CAMERA = aUnit('u1')
const LENS = aUnit('u2')
const ORGAN = aProduct({ id: 'p-organ', tracking: 'none', name: 'Church organ', price_cents: 900_000_000 })

/** A counter where colleagues may take a piece into their own sale at any moment. */
function counter() {
  const taken = new Set<string>()
  const newId = ids()
  let state: SaleState = EMPTY_SALE
  const verdictOn = (unit: KnownUnit) => judged(
    'sell', unit, { heldBy: taken.has(unit.id) ? { flowId: 'flow-other', till: 'Till 2' } : null },
  )
  const facts = (): SaleFacts => ({
    now: NOW, newId, currency: 'EUR', taxInclusive: true, cashStep: 1, terminal: null, nextReceiptNumber: 'B1-R000001',
    verdictsNow: new Map([CAMERA, LENS].filter(({ id }) => unitsConcerned(state).includes(id)).map((unit) => [unit.id, verdictOn(unit)])),
  })
  const keep = (step: ReturnType<typeof stepSale>) => {
    state = step.state
    return step
  }
  return {
    state: () => state,
    colleagueTakes: (unit: KnownUnit) => taken.add(unit.id),
    act: (action: SaleAction) => keep(stepSale(state, action, facts())),
    scan: (unit: KnownUnit) =>
      keep(stepSale(
        state, { do: 'scanned', found: foundUnit(unit), verdicts: new Map([[unit.id, verdictOn(unit)]]), lots: [] },
        facts(),
      )),
    scanNumberOfBoth: () =>
      keep(stepSale(
        state,
        {
          do: 'scanned', found: { is: 'many', text: '77', hits: [hitOf(CAMERA), hitOf(LENS)], products: [], alike: false },
          verdicts: new Map([CAMERA, LENS].map((unit) => [unit.id, verdictOn(unit)])), lots: [],
        },
        facts(),
      )),
    scanOrgan: () => keep(stepSale(
      state, { do: 'scanned', found: foundProduct(ORGAN), verdicts: new Map(), lots: [] }, facts(),
    )),
  }
}

describe('a piece that a colleague took meanwhile', () => {
  it('does not come back by undo', () => {
    const sale = counter()
    sale.scan(CAMERA)
    sale.act({ do: 'remove-line', lineId: sale.state().lines[0]?.lineId ?? '' })
    sale.colleagueTakes(CAMERA)
    const undone = sale.act({ do: 'undo' })
    expect(undone.intents).toEqual([])
    expect(undone.state.lines).toEqual([])
    expect(undone.state.notice).toMatchObject({ tone: 'stop', code: 'no-longer-sellable' })
    // What lies before it can still be taken back.
    expect(sale.act({ do: 'undo' }).refused).toBeUndefined()
  })

  it('comes back by undo while nobody has it, and is held again', () => {
    const sale = counter()
    sale.scan(CAMERA)
    sale.act({ do: 'remove-line', lineId: sale.state().lines[0]?.lineId ?? '' })
    const undone = sale.act({ do: 'undo' })
    expect(undone.intents).toEqual([{ want: 'hold', unitId: 'u1' }])
    expect(undone.state.lines).toMatchObject([{ unitId: 'u1' }])
  })

  it('is not taken by answering a question that was asked before', () => {
    const sale = counter()
    sale.scanNumberOfBoth()
    sale.colleagueTakes(LENS)
    const chosen = sale.act({ do: 'choose', choice: 'u2' })
    expect(chosen.state.lines).toEqual([])
    expect(chosen.intents.map(({ want }) => want)).not.toContain('hold')
    expect(chosen.state.notice).toMatchObject({ tone: 'stop', code: 'in-other-cart', params: { till: 'Till 2' } })
  })

  it('stops the payment and is named', () => {
    const sale = counter()
    sale.scan(CAMERA)
    sale.colleagueTakes(CAMERA)
    expect(sale.act({ do: 'pay' }).state).toMatchObject({
      at: 'open', notice: { code: 'no-longer-sellable', params: { name: 'Camera' } },
    })
  })

  it('stops the payment at its last cent, and forgets none of the money taken before', () => {
    const sale = counter()
    sale.scan(CAMERA)
    sale.act({ do: 'pay' })
    sale.act({ do: 'tender', kind: 'card', given_cents: cents(5_000) })
    sale.colleagueTakes(CAMERA)
    const last = sale.act({ do: 'tender', kind: 'cash', given_cents: cents(20_000) })
    expect(last.state).toMatchObject({ at: 'tendering', tenders: [{ kind: 'card', amount_cents: 5_000 }] })
    expect(last.intents.map(({ want }) => want)).not.toContain('record-sale')
  })
})

describe('a cart beyond what a till can count', () => {
  it('refuses one more piece, and a quantity, rather than to fail', () => {
    const sale = counter()
    for (let organs = 1; organs <= 5; organs += 1) expect(sale.scanOrgan().refused).toBeUndefined()
    const full = sale.state()
    expect(sale.scanOrgan()).toMatchObject({ refused: 'amount-out-of-range', intents: [], state: full })
    expect(sale.act({ do: 'set-quantity', lineId: full.lines[0]?.lineId ?? '', quantity: 9_999 })).toMatchObject({
      refused: 'amount-out-of-range', state: full,
    })
    expect(sale.scan(CAMERA).refused).toBeUndefined()
  })
})
