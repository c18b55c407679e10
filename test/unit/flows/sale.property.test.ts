import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, CENTS_MAX } from '../../../contract/money.ts'
import { SaleLine, Tender, type SaleAction } from '../../../contract/sale-view.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { stepSale } from '../../../electron/core/flows/sale.ts'
import type { SaleStep } from '../../../electron/core/flows/sale-lines.ts'
import {
  EMPTY_SALE, unitsConcerned, type SaleFacts, type SaleInput, type SaleState, type TerminalSaid,
} from '../../../electron/core/flows/sale-state.ts'
import { payable } from '../../../electron/core/flows/sale-payment.ts'
import { stillDue, totalsOf } from '../../../electron/core/flows/totals.ts'
import type { Found } from '../../../electron/core/scans/found.ts'
import { NOW } from '../verdicts/facts-of-a-piece.ts'
import { aProduct, aUnit, foundNothing, foundProduct, foundUnit, hitOf, ids, judged, throughARow } from './a-shop.ts'

const PAST_MAX = 50
const CABLE = aProduct({ id: 'p-cable', tracking: 'none', name: 'Cable', price_cents: 1_299 })
const STICKER = aProduct({ id: 'p-sticker', tracking: 'none', name: 'Sticker', price_cents: 3, tax_bp: 700 })
const GIFT = aProduct({ id: 'p-gift', tracking: 'none', name: 'Gift', price_cents: 0 })
const SERVICE = aProduct({ id: 'p-service', tracking: 'service', name: 'Engraving', price_cents: 2_500 })
const CREAM = aProduct({ id: 'p-cream', tracking: 'lot', name: 'Cream', price_cents: 899 })
const LOTS = [
  { lot: 'A', expiry: '2026-09-01', quantity: 3 }, { lot: 'B', expiry: '2026-01-01', quantity: 3 },
  { lot: 'C', expiry: null, quantity: 1 },
]
const UNITS = ['u1', 'u2', 'u3'].map((id) => aUnit(id))
const STOLEN = aUnit(
  'u-stolen', { flags: [{ kind: 'stolen-own', source: 'Berlin', at: NOW, reason: 'Showcase', reference: null }] },
)
const GONE = aUnit('u-held')
const ORGAN = aProduct({ id: 'p-organ', tracking: 'none', name: 'Church organ', price_cents: 900_000_000 })
const ALL = [...UNITS, STOLEN, GONE]

/** The world around one sale: which units were taken by somebody else meanwhile. */
interface World {
  taken: ReadonlySet<string>
}

const verdictOf = (id: string, world: World): Verdict => {
  const unit = ALL.find((candidate) => candidate.id === id)
  if (!unit) throw new Error(`no unit ${id}`)
  return judged('sell', unit, { heldBy: world.taken.has(id) ? { flowId: 'flow-other', till: 'Till 2' } : null })
}

type Doing = { readonly input: (state: SaleState, world: World) => SaleInput; readonly take?: string }
const act = (action: SaleAction): Doing => ({ input: () => action })
const scan = (found: Found): Doing => ({
  input: (_, world) => {
    const hits = found.is === 'unit' ? [found.hit] : found.is === 'many' ? found.hits : []
    return {
      do: 'scanned', found, verdicts: new Map(hits.map(({ unit }) => [unit.id, verdictOf(unit.id, world)])), lots: LOTS,
    }
  },
})
const lineId = (state: SaleState, place: number): string => state.lines[place % Math.max(1, state.lines.length)]?.lineId ?? 'no-line'

/** A tender of one part of what is still due: all of it, half, a third. */
const part = (kind: 'cash' | 'card', parts: number): Doing => ({
  input: (state, world) => {
    const due = stillDue(payable(state, saleFacts(state, world), kind === 'cash'), state.tenders)
    return { do: 'tender', kind, given_cents: cents(Math.ceil(due / parts)) }
  },
})
const said = (what: TerminalSaid['said']): Doing => ({
  input: ({ asking }) => ({ do: 'terminal-said', attemptId: asking?.attemptId ?? 'none', said: what }),
})

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...ALL.map((unit) => scan(foundUnit(unit)))) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(...[CABLE, STICKER, GIFT, SERVICE, ORGAN].map((product) => scan(foundProduct(product)))),
  },
  { weight: 2, arbitrary: fc.constantFrom(null, 'A', 'B', 'C').map((lot) => scan(foundProduct(CREAM, { lot }))) },
  { weight: 1, arbitrary: fc.constantFrom(
    scan(foundNothing), scan(foundProduct(aProduct())), scan(foundProduct(aProduct(), { strangeSerial: 'S-9' })),
    scan({ is: 'many', text: '77', hits: UNITS.slice(0, 2).map(hitOf), products: [CABLE], alike: false }),
    scan({ is: 'receipt', text: 'B1-R000001', number: 'B1-R000001', units: [] }),
  ) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'u1', 'u2', 'p-cable', 'lot:A', 'lot:B', 'nothing',
    ).map((choice) => act({ do: 'choose', choice })),
  },
  { weight: 6, arbitrary: fc.constant(act({ do: 'undo' })) },
  {
    weight: 3,
    arbitrary: fc.nat(9).map((place): Doing => ({
      input: (state) => ({ do: 'remove-line', lineId: lineId(state, place) }),
    })),
  },
  { weight: 3, arbitrary: fc.tuple(
    fc.nat(9), fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9_999 })),
  )
    .map(([place, quantity]): Doing => ({ input: (state) => ({ do: 'set-quantity', lineId: lineId(state, place), quantity }) })) },
  { weight: 5, arbitrary: fc.constant(act({ do: 'pay' })) },
  { weight: 2, arbitrary: fc.constant(act({ do: 'back-to-cart' })) },
  { weight: 4, arbitrary: fc.tuple(
    fc.constantFrom('cash', 'card', 'voucher', 'store-credit'), fc.integer({ min: -5, max: 60_000 }),
  )
    .map(([kind, amount]) => act({ do: 'tender', kind, given_cents: cents(amount) })) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom('cash' as const, 'card' as const), fc.integer({ min: 1, max: 4 }),
    ).map(([kind, parts]) => part(kind, parts)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(act({ do: 'dismiss-question' }), act({ do: 'park', name: '' }), act({ do: 'void' })),
  },
  { weight: 4, arbitrary: fc.constantFrom(
    said({ is: 'paid' }), said({ is: 'paid' }), said({
      is: 'not-paid', why: 'declined', words: '',
    }), said({ is: 'checking' }), said({ is: 'unknown' }),
  ) },
  { weight: 2, arbitrary: fc.constantFrom(
    act({
      do: 'terminal-read', paid: true, approvalCode: '123456',
    }), act({ do: 'terminal-read', paid: false }), act({ do: 'ask-terminal-again' }),
    act({ do: 'cancel-terminal' }), act({ do: 'tender', kind: 'card', given_cents: cents(100), approvalCode: '77' }),
  ) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('u1', 'u2').map((unitId): Doing => ({
      input: () => ({ do: 'dismiss-question' }), take: unitId,
    })),
  },
)

/** Anything at all; or anything, and then somebody who does want to pay, in one tender or in two. */
const session: fc.Arbitrary<readonly Doing[]> = fc.oneof(
  fc.array(doing, { maxLength: 40, size: 'max' }),
  fc.tuple(
    fc.array(doing, { maxLength: 15 }), fc.constantFrom('cash' as const, 'card' as const),
    fc.constantFrom('cash' as const, 'card' as const), fc.integer({ min: 1, max: 3 }),
    fc.array(doing, { maxLength: 5 }),
  )
    .map(([before, first, second, parts, after]) => [
      ...before, scan(foundProduct(CABLE)), act({ do: 'pay' }), part(first, parts), said({ is: 'paid' }), part(second, 1), said({ is: 'paid' }), ...after,
    ]),
)

type Place = Pick<SaleFacts, 'taxInclusive' | 'cashStep' | 'terminal'>
const places: fc.Arbitrary<Place> = fc.record({
  taxInclusive: fc.boolean(), cashStep: fc.constantFrom(1, 5), terminal: fc.constantFrom(null, 'line' as const, 'hand' as const),
})
const BERLIN: Place = { taxInclusive: true, cashStep: 1, terminal: null }

const newId = ids()
const saleFacts = (state: SaleState, world: World, place: Place = BERLIN): SaleFacts => ({
  now: NOW, newId, currency: 'EUR', ...place, nextReceiptNumber: 'B1-R000001',
  verdictsNow: new Map(unitsConcerned(state).map((unitId) => [unitId, verdictOf(unitId, world)])),
})

interface Trace {
  readonly before: SaleState
  readonly input: SaleInput
  readonly step: SaleStep
  readonly facts: SaleFacts
  readonly world: World
}

/** Does everything in turn, each step on a state that has been a row in between, and shows every step. */
function play(doings: readonly Doing[], place: Place, look: (trace: Trace) => void): SaleState {
  const world: World = { taken: new Set() }
  let state = EMPTY_SALE
  for (const { input, take } of doings) {
    if (take !== undefined && state.lines.every(({ unitId }) => unitId !== take)) world.taken = new Set([...world.taken, take])
    const facts = saleFacts(state, world, place)
    const given = input(state, world)
    const step = stepSale(state, given, facts)
    look({ before: state, input: given, step, facts, world })
    state = throughARow(step.state)
  }
  return state
}

const everySale = (look: (trace: Trace) => void): void =>
  fc.assert(fc.property(session, places, (doings, place) => {
    play(doings, place, look)
  }), { numRuns: 200 })

const without = (all: ReadonlySet<string>, gone: ReadonlySet<string>): Set<string> => new Set([...all].filter((id) => !gone.has(id)))
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)

describe('any sale, whatever is scanned, typed and pressed', () => {
  it('has a unit at most once in the cart, each line a line of the contract', () => {
    everySale(({ step: { state } }) => {
      const units = state.lines.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]))
      expect(new Set(units).size).toBe(units.length)
      expect(new Set(state.lines.map(({ lineId }) => lineId)).size).toBe(state.lines.length)
      for (const line of state.lines) {
        expect(line.quantity).toBeGreaterThanOrEqual(1)
        if (line.unitId !== null) expect(line.quantity).toBe(1)
        expect(line.total_cents).toBe(line.unitPrice_cents * line.quantity - line.discount_cents)
      }
    })
  })

  it('never holds a stolen piece, nor one in another cart, nor an expired lot', () => {
    everySale(({ step: { state } }) => {
      for (const line of state.lines) {
        expect(line.unitId).not.toBe('u-stolen')
        expect(line.lot).not.toBe('B')
      }
    })
  })

  it('has nothing below nothing, and adds up', () => {
    everySale(({ step: { state }, facts }) => {
      const totals = totalsOf(state.lines, facts)
      for (const amount of [totals.gross_cents, totals.discount_cents, ...totals.taxes.flatMap((tax) => [tax.gross_cents, tax.tax_cents])])
        expect(amount).toBeGreaterThanOrEqual(0)
      expect(totals.gross_cents).toBeLessThanOrEqual(CENTS_MAX)
      for (const tender of state.tenders) {
        expect(Tender.safeParse(tender).success).toBe(true)
        expect(Math.min(tender.amount_cents, tender.given_cents, tender.change_cents)).toBeGreaterThanOrEqual(0)
        expect(tender.given_cents).toBe(tender.amount_cents + tender.change_cents)
        if (tender.kind !== 'cash') expect(tender.change_cents).toBe(0)
      }
    })
  })

  it('changes nothing and wants nothing where it refuses', () => {
    everySale(({ before, step }) => {
      if (step.refused === undefined) return
      expect(step.state).toEqual(before)
      expect(step.intents).toEqual([])
    })
  })

  it('is the same after it was a row', () => {
    everySale(({ step: { state } }) => expect(throughARow(state)).toEqual(state))
  })

  it('remembers no more than fifty steps', () => {
    everySale(({ step: { state } }) => expect(state.past.length).toBeLessThanOrEqual(PAST_MAX))
    const scans = Array.from({ length: 120 }, () => scan(foundProduct(CABLE)))
    expect(play(scans, BERLIN, () => undefined).past).toHaveLength(PAST_MAX)
  })

  it('is paid to the last cent, with rounding only where cash paid the last of it, and by no more than half a coin', () => {
    let paid = 0
    everySale(({ before, step: { state, intents }, facts }) => {
      if (state.at !== 'paid' || before.at === 'paid') return
      paid += 1
      const { gross_cents } = totalsOf(state.lines, facts)
      const rounding = state.paid?.rounding_cents ?? Number.NaN
      expect(sum(state.tenders.map(({ amount_cents }) => amount_cents))).toBe(gross_cents + rounding)
      if (state.tenders.at(-1)?.kind !== 'cash') expect(rounding).toBe(0)
      expect(2 * Math.abs(rounding)).toBeLessThanOrEqual(facts.cashStep === 1 ? 0 : facts.cashStep)
      expect(state.paid?.change_cents).toBe(sum(state.tenders.map(({ change_cents }) => change_cents)))
      expect(intents.map(({ want }) => want).slice(-2)).toEqual(['record-sale', 'release-all'])
      expect(intents.filter(({ want }) => want === 'record-sale')).toHaveLength(1)
      for (const { unitId } of state.lines) if (unitId !== null) expect(facts.verdictsNow.get(unitId)?.outcome).toBe('accept')
    })
    expect(paid).toBeGreaterThan(2)
  })

  it('is over when it is paid: nothing changes it any more but a word', () => {
    everySale(({ before, step: { state, intents } }) => {
      if (before.at !== 'paid') return
      expect({ ...state, notice: null }).toEqual({ ...before, notice: null })
      expect(intents).toEqual([])
    })
  })

  it('never forgets money that was taken: cash goes back with its amount said, a card stays where it is', () => {
    everySale(({ before, step: { state } }) => {
      if (before.tenders.length > 0 && state.tenders.length === 0) {
        expect(before.tenders.every(({ kind }) => kind === 'cash')).toBe(true)
        expect(state.notice).toMatchObject({ code: 'give-back', params: { amount_cents: sum(before.tenders.map(({ amount_cents }) => amount_cents)) } })
      } else expect(state.tenders.slice(0, before.tenders.length)).toEqual(before.tenders)
    })
  })

  it('holds every unit that comes in and lets go of every unit that goes out', () => {
    everySale(({ before, step: { state, intents } }) => {
      const had = new Set(before.lines.flatMap(({ unitId }) => unitId ?? []))
      const has = new Set(state.lines.flatMap(({ unitId }) => unitId ?? []))
      const held = intents.flatMap((intent) => (intent.want === 'hold' ? [intent.unitId] : []))
      const released = intents.flatMap((intent) => (intent.want === 'release' ? [intent.unitId] : []))
      expect(new Set(held)).toEqual(without(has, had))
      expect(new Set(released)).toEqual(without(had, has))
    })
  })

  it('takes no piece that may not be sold at this very moment, neither by undo nor by an old question', () => {
    everySale(({ step: { intents }, input, world }) => {
      for (const intent of intents) if (intent.want === 'hold') expect(
        verdictOf(intent.unitId, world).outcome, input.do,
      ).toBe('accept')
    })
  })

  it('takes back exactly the last step', () => {
    everySale(({ before, step, facts }) => {
      const grew = step.state.past.length > before.past.length || (before.past.length === PAST_MAX && step.state.past.at(-1) !== before.past.at(-1))
      if (step.state.at !== 'open' || !grew) return
      const undone = stepSale(
        step.state, { do: 'undo' }, { ...facts, verdictsNow: saleFacts(step.state, { taken: new Set() }).verdictsNow },
      )
      expect(undone.refused).toBeUndefined()
      expect(undone.state.lines).toEqual(before.lines)
    })
  })

  it('is empty again when everything is taken back', () => {
    fc.assert(fc.property(fc.array(doing, { maxLength: 30, size: 'max' }), (doings) => {
      let state = play(doings, BERLIN, () => undefined)
      fc.pre(state.at === 'open')
      while (state.past.length > 0) state = stepSale(
        state, { do: 'undo' }, { ...saleFacts(state, { taken: new Set() }) },
      ).state
      expect(state.lines).toEqual([])
      expect(stepSale(state, { do: 'undo' }, saleFacts(state, { taken: new Set() })).refused).toBe('nothing-to-undo')
    }), { numRuns: 150 })
  })

  it('keeps every line a line of the contract', () => {
    everySale(({ step: { state } }) => {
      for (const line of state.lines) expect(SaleLine.safeParse(line).error).toBeUndefined()
    })
  })
})
