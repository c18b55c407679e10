import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import { stepSale } from '../../../electron/core/flows/sale.ts'
import { EMPTY_SALE, type SaleFacts, type SaleInput, type SaleState } from '../../../electron/core/flows/sale-state.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { NOW } from '../verdicts/facts-of-a-piece.ts'
import { aProduct, aUnit, foundProduct, foundUnit, ids, judged, throughARow } from './a-shop.ts'

const held = { heldBy: { flowId: 'flow-other', till: 'Till 2' } }
const flagged = (kind: 'stolen-own' | 'hold' | 'quarantine') => aUnit('u1', { flags: [{ kind, source: 'Berlin', at: NOW, reason: 'why', reference: null }] })
const newId = ids()
const world = (verdicts: Record<string, Verdict>, shadow = false): SaleFacts => ({
  now: NOW, newId, currency: 'EUR', taxInclusive: true, cashStep: 1, terminal: null, nextReceiptNumber: 'R1',
  verdictsNow: new Map(Object.entries(verdicts)), shadow,
})
const scanned = (unit: KnownUnit, verdict: Verdict): SaleInput => ({
  do: 'scanned', found: foundUnit(unit), verdicts: new Map([[unit.id, verdict]]), lots: [],
})
/** A real verdict of the outcome that the story is about; says so where the rules no longer give it. */
function aVerdict(outcome: Verdict['outcome'], unit: KnownUnit, more: Partial<VerdictFacts> = {}): Verdict {
  const verdict = judged('sell', unit, more)
  if (verdict.outcome !== outcome) throw new Error(`the verdict is ${verdict.outcome}: ${verdict.reasons.join(', ')}`)
  return verdict
}
const DOUBTFUL = aUnit('u1')
/** Put aside for somebody: nobody sells that without a colleague having looked. */
const ASKED = aVerdict('ask-staff', flagged('hold'))
const FINE = aVerdict('accept', DOUBTFUL)

describe('a piece on which a colleague must decide', () => {
  const scan = () => stepSale(EMPTY_SALE, scanned(DOUBTFUL, ASKED), world({}))

  it('is told where it should be, when our records have it in another store, and offers the colleague too', () => {
    const elsewhere = aUnit('u1', { custody: { at: 'in-stock', storeId: 'store-vienna', area: 'shelf' } })
    const { notice } = stepSale(EMPTY_SALE, scanned(elsewhere, aVerdict('ask-staff', elsewhere)), world({})).state
    expect(notice).toMatchObject({ code: 'not-here', offer: { kind: 'accept-anyway' } })
  })

  it('is not taken, and offers the colleague', () =>
    expect(scan().state).toMatchObject({ lines: [], notice: { code: 'needs-colleague', offer: { kind: 'accept-anyway', unitId: 'u1' } } }))

  it('is taken when one has decided, is kept as a case, and can be paid', () => {
    const facts = world({ u1: ASKED })
    const { state, intents } = stepSale(throughARow(scan().state), { do: 'accept-anyway', unitId: 'u1' }, facts)
    expect(state.lines).toMatchObject([{ unitId: 'u1', waived: 'colleague' }])
    expect(intents).toMatchObject([{ want: 'hold' }, { want: 'keep-verdict', asCase: 'overruled' }])
    expect(stepSale(state, { do: 'pay' }, facts).state.at).toBe('tendering')
  })

  it('stops again when something worse became known since', () => {
    const state = stepSale(scan().state, { do: 'accept-anyway', unitId: 'u1' }, world({ u1: ASKED })).state
    const worse = aVerdict('refuse', flagged('quarantine'))
    expect(stepSale(state, { do: 'pay' }, world({ u1: worse })).state).toMatchObject({ at: 'open', notice: { code: 'no-longer-sellable' } })
  })

  it('is looked at once more: what is refused by now no colleague can sell', () => {
    const step = stepSale(scan().state, { do: 'accept-anyway', unitId: 'u1' }, world({ u1: aVerdict('refuse', flagged('stolen-own')) }))
    expect(step.state.lines).toEqual([])
    expect(step.state.notice?.tone).toBe('quiet')
  })

  it('was the last thing scanned, or nobody decides on it any more', () => {
    const later = stepSale(scan().state, { do: 'scanned', found: foundProduct(aProduct({ tracking: 'none' })), verdicts: new Map(), lots: [] }, world({}))
    expect(stepSale(later.state, { do: 'accept-anyway', unitId: 'u1' }, world({ u1: ASKED })).refused).toBe('not-in-this-state')
    expect(stepSale(EMPTY_SALE, { do: 'accept-anyway', unitId: 'u1' }, world({ u1: FINE })).refused).toBe('not-in-this-state')
  })
})

describe('rules that are only tried (shadow)', () => {
  it('say what they would have stopped, keep it as a case, and stop nothing', () => {
    const verdict = aVerdict('refuse', flagged('quarantine'))
    const facts = world({ u1: verdict }, true)
    const { state, intents } = stepSale(EMPTY_SALE, scanned(flagged('quarantine'), verdict), facts)
    expect(state).toMatchObject({ lines: [{ waived: 'shadow' }], notice: { tone: 'info', code: 'shadow-added' } })
    expect(intents).toMatchObject([{ want: 'hold' }, { want: 'keep-verdict', asCase: 'shadow' }])
    expect(stepSale(state, { do: 'pay' }, facts).state.at).toBe('tendering')
  })

  it('stay quiet about a quiet hit', () => {
    const verdict = aVerdict('refuse', flagged('stolen-own'))
    const { state, intents } = stepSale(EMPTY_SALE, scanned(flagged('stolen-own'), verdict), world({ u1: verdict }, true))
    expect(state.notice).toMatchObject({ tone: 'good', code: 'unit-added' })
    expect(intents).toMatchObject([{ want: 'hold' }, { want: 'keep-verdict', asCase: 'quiet-hit' }])
  })

  it('still never put one piece into two carts (P06)', () => {
    const verdict = aVerdict('refuse', DOUBTFUL, held)
    expect(stepSale(EMPTY_SALE, scanned(DOUBTFUL, verdict), world({ u1: verdict }, true)).state.lines).toEqual([])
  })
})

describe('a serial that no piece of ours carries', () => {
  const scan = (): SaleState =>
    stepSale(EMPTY_SALE, { do: 'scanned', found: foundProduct(aProduct(), { strangeSerial: 'S-999' }), verdicts: new Map(), lots: [] }, world({})).state

  it('P04, P10: is told at once, never sold, and asks what it is', () =>
    expect(scan()).toMatchObject({ lines: [], stranger: { text: 'S-999' }, notice: { tone: 'stop', code: 'unknown-serial' } }))

  it.each(['typed-wrong', 'not-received', 'other-product', 'not-ours'] as const)('%s: is kept with its number and its product, and nothing is sold', (why) => {
    const step = stepSale(throughARow(scan()), { do: 'settle-stranger', why }, world({}))
    expect(step.intents).toMatchObject([{ want: 'keep-stranger', text: 'S-999', why, product: { id: 'p-camera' } }])
    expect(step.state).toMatchObject({ lines: [], stranger: null, notice: { code: `stranger-${why}` } })
    expect(stepSale(step.state, { do: 'settle-stranger', why }, world({})).refused).toBe('not-in-this-state')
  })

  it('is forgotten when the right number is scanned: nobody has to answer for a slip of the finger', () => {
    const { state } = stepSale(scan(), scanned(DOUBTFUL, FINE), world({ u1: FINE }))
    expect(state).toMatchObject({ stranger: null, lines: [{ unitId: 'u1' }] })
  })
})

describe('what changed while the piece was in the cart', () => {
  const inCart = (): SaleState => stepSale(EMPTY_SALE, scanned(DOUBTFUL, FINE), world({ u1: FINE })).state

  it('stops the payment when its product was deleted in the centre: nobody can say any more that it may be sold', () => {
    const paying = stepSale(throughARow(inCart()), { do: 'pay' }, world({}))
    expect(paying.state).toMatchObject({ at: 'open', notice: { code: 'no-longer-sellable', offer: { kind: 'remove-line' } } })
    expect(paying.intents).toEqual([])
  })

  it('does not come back by undo when its product is gone', () => {
    const cart = inCart()
    const [line] = cart.lines
    const out = stepSale(cart, { do: 'remove-line', lineId: line?.lineId ?? '' }, world({ u1: FINE })).state
    expect(stepSale(out, { do: 'undo' }, world({})).state).toMatchObject({ lines: [], notice: { code: 'no-longer-sellable' } })
  })
})
