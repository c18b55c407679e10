import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { Condition, type UnitFacts } from '../../../contract/unit.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import {
  KIOSK_START, stepKiosk, type KioskFacts, type KioskInput, type KioskState, type KioskStep,
} from '../../../electron/core/flows/kiosk.ts'
import {
  aged, at, flag, layer, POLICY, returned, sold, transferred, WITH_CUSTOMER,
} from '../verdicts/facts-of-a-piece.ts'
import { aProduct, aUnit, foundNothing, foundProduct, foundUnit, ids, judged, offerOf, throughARow } from './a-shop.ts'

const REASONS = ['changed-mind', 'faulty']
const bought = (id: string, more: Partial<UnitFacts> = {}, paid_cents = 19_900, tender: 'card' | 'cash' = 'card') =>
  aUnit(
    id,
    {
      custody: WITH_CUSTOMER, title: sold(3, { paid_cents: cents(paid_cents), tender }),
      cover: [layer('legal', 3, 700)], ...more,
    },
  )

const PIECES = [
  bought('fair'),
  bought('at-limit', {}, 60_000),
  bought('above-limit', {}, 60_001),
  bought('paid-cash', {}, 4_900, 'cash'),
  bought('late', { title: sold(45) }),
  bought('stolen', { flags: [flag('stolen-own')] }),
  bought('fake', { flags: [flag('counterfeit-suspected')] }),
  bought('recalled', { flags: [flag('recall', { reference: 'RC-7' })] }),
  bought('given-on', { title: transferred(2) }),
  aUnit('ours'),
]
const QUIET = ['stolen', 'fake']

interface Shop {
  readonly pieces: Map<string, KnownUnit>
  readonly refunded: string[]
  readonly mayCheck: boolean
  offline: boolean
}

const newId = ids()
function factsOf(shop: Shop): KioskFacts {
  const piece = (unitId: string): KnownUnit => {
    const unit = shop.pieces.get(unitId)
    if (!unit) throw new Error(`no unit ${unitId}`)
    return unit
  }
  return {
    newId,
    verdictOn: (unitId, task): Verdict => judged(
      task, piece(unitId), { ...at('kiosk'), ...(shop.offline ? aged(30) : {}) },
    ),
    refundOf: (unitId) => {
      const offer = offerOf(piece(unitId))
      return offer && offer.to === 'cash' ? { ...offer, to: 'store-credit' } : offer
    },
    canGiveBack: (to) => to === 'card',
    refundUpTo_cents: POLICY.kiosk.refundUpTo_cents,
    acceptedConditions: POLICY.returns.acceptedConditions,
    reasons: REASONS,
    nextReturnNumber: 'K1-G000001',
    mayCheck: shop.mayCheck,
  }
}

/** An input, or the cable that is pulled out meanwhile. */
const doing: fc.Arbitrary<KioskInput | 'offline'> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...PIECES).map((unit): KioskInput => ({ do: 'scanned', found: foundUnit(unit) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<KioskInput>(
      { do: 'scanned', found: foundNothing }, { do: 'scanned', found: foundProduct(aProduct()) },
    ),
  },
  {
    weight: 3, arbitrary: fc.constantFrom<KioskInput>({ do: 'begin', language: 'de' }, { do: 'begin', language: 'ar' }),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom<KioskInput>(
      { do: 'choose-task', task: 'return' }, { do: 'choose-task', task: 'return' },
      { do: 'choose-task', task: 'check' },
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(...REASONS, 'no-such-reason').map((reason): KioskInput => ({ do: 'give-reason', reason })),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'new' as const, 'open-box' as const, ...Condition.options,
    ).map((condition): KioskInput => ({ do: 'grade', condition })),
  },
  { weight: 12, arbitrary: fc.constant<KioskInput>({ do: 'next' }) },
  { weight: 6, arbitrary: fc.constant<KioskInput>({ do: 'refund' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<KioskInput>(
      { do: 'back' }, { do: 'call-colleague' }, { do: 'more-time' }, { do: 'finish' },
    ),
  },
  { weight: 1, arbitrary: fc.constant('offline' as const) },
)

/** Straight to the refund, so that random visits do reach it; what is scanned and pressed in between stays random. */
const visit: fc.Arbitrary<readonly (KioskInput | 'offline')[]> = fc
  .tuple(
    fc.constantFrom(...PIECES), fc.constantFrom('new' as const, 'open-box' as const, 'damaged' as const),
    fc.array(doing, { maxLength: 3 }), fc.array(doing, { maxLength: 12 }),
  )
  .map(([unit, condition, between, after]): readonly (KioskInput | 'offline')[] => [
    { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, {
      do: 'scanned', found: foundUnit(unit),
    }, { do: 'next' },
    { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition }, { do: 'next' }, ...between, { do: 'refund' }, ...after,
  ])
const visits = fc.oneof(
  fc.array(doing, { maxLength: 60, size: 'max' }), fc.array(visit, { maxLength: 4 }).map((many) => many.flat()),
)

interface Trace {
  readonly before: KioskState
  readonly input: KioskInput
  readonly facts: KioskFacts
  readonly step: KioskStep
  readonly shop: Shop
}

const everyVisit = (look: (trace: Trace) => void): void =>
  fc.assert(fc.property(visits, fc.boolean(), (doings, mayCheck) => {
    const shop: Shop = {
      pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: mayCheck || doings.length % 3 > 0,
      offline: false,
    }
    let state: KioskState = KIOSK_START
    for (const given of doings) {
      if (given === 'offline') {
        shop.offline = true
        continue
      }
      const facts = factsOf(shop)
      const step = stepKiosk(state, given, facts)
      look({ before: state, input: given, facts, step, shop })
      for (const intent of step.intents)
        if (intent.want === 'record-return') {
          shop.refunded.push(intent.unitId)
          const unit = shop.pieces.get(intent.unitId)
          if (unit) shop.pieces.set(
            unit.id, { ...unit, facts: { ...unit.facts, title: returned(0), condition: 'to-inspect' } },
          )
        }
      state = throughARow(step.state)
    }
    expect(new Set(shop.refunded).size).toBe(shop.refunded.length)
  }), { numRuns: 250 })

describe('any customer alone at the kiosk', () => {
  it('never gets the money for one piece twice, and does get it once', () => {
    let paid = 0
    everyVisit(({ step }) => (paid += step.intents.filter(({ want }) => want === 'record-return').length))
    expect(paid).toBeGreaterThan(2)
  })

  it('never gets more than the kiosk may give, never cash, never for what a person should look at', () => {
    everyVisit(({ step }) => {
      for (const intent of step.intents) {
        if (intent.want !== 'record-return') continue
        expect(intent.refund.amount_cents).toBeLessThanOrEqual(POLICY.kiosk.refundUpTo_cents)
        expect(intent.refund.to).not.toBe('cash')
        expect(intent.verdict).toMatchObject({ outcome: 'accept', quiet: false })
        expect(['fair', 'at-limit', 'paid-cash']).toContain(intent.unitId)
        expect(POLICY.returns.acceptedConditions).toContain(intent.condition)
        expect(REASONS).toContain(intent.reason)
        expect(intent.approvedBy).toBeNull()
      }
    })
  })

  it('changes nothing and wants nothing where it refuses', () => {
    everyVisit(({ before, step }) => {
      if (step.refused === undefined) return
      expect(step.state).toEqual(before)
      expect(step.intents).toEqual([])
    })
  })

  it('sees of a stolen or counterfeit piece nothing but a colleague, and a case is kept', () => {
    let met = 0
    everyVisit(({ input, before, step }) => {
      if (step.state.unitId !== null && QUIET.includes(step.state.unitId)) expect(step.state.at).toBe('colleague')
      if (before.at !== 'scan' || input.do !== 'scanned' || input.found.is !== 'unit' || !QUIET.includes(input.found.hit.unit.id)) return
      met += 1
      expect(step.state.at).toBe('colleague')
    })
    expect(met).toBeGreaterThan(2)
  })

  it('learns no answer once the checks of the hour are used up', () => {
    everyVisit(({ shop, step }) => {
      if (!shop.mayCheck) expect(step.state.verdict).toBeNull()
    })
  })

  it('leaves nothing behind: a new session knows nothing of the last', () => {
    everyVisit(({ input, step: { state } }) => {
      if (input.do === 'finish') expect(state).toEqual(KIOSK_START)
      if (input.do === 'begin') expect(state).toEqual({ ...KIOSK_START, at: 'choose-task', language: input.language })
    })
  })

  it('answers for another piece are never carried over to this one', () => {
    everyVisit(({ before, step: { state } }) => {
      if (state.unitId === before.unitId || state.unitId === null) return
      expect([state.reason, state.condition, state.done]).toEqual([null, null, null])
    })
  })

  it('is the same after it was a row', () => {
    everyVisit(({ step: { state } }) => expect(throughARow(state)).toEqual(state))
  })

  it('calls a colleague once, however often the key is pressed', () => {
    const shop: Shop = { pieces: new Map(), refunded: [], mayCheck: true, offline: false }
    const begun = stepKiosk(KIOSK_START, { do: 'begin', language: 'en' }, factsOf(shop)).state
    const called = stepKiosk(begun, { do: 'call-colleague' }, factsOf(shop))
    expect(called).toMatchObject({ state: { at: 'colleague' }, intents: [{ want: 'call' }] })
    expect(stepKiosk(
      called.state, { do: 'call-colleague' }, factsOf(shop),
    )).toMatchObject({ refused: 'not-in-this-state', intents: [] })
  })

  it('says anew what is the matter when another piece is laid down after going back', () => {
    const shop: Shop = {
      pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false,
    }
    const inputs: KioskInput[] = [
      { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, {
        do: 'scanned', found: foundUnit(bought('fair')),
      }, { do: 'next' },
      { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition: 'new' }, { do: 'back' }, { do: 'back' },
      { do: 'scanned', found: foundUnit(bought('at-limit')) }, { do: 'next' }, { do: 'next' },
    ]
    const state = inputs.reduce((now, input) => stepKiosk(now, input, factsOf(shop)).state, KIOSK_START)
    expect(state).toMatchObject({
      at: 'questions', unitId: 'at-limit', reason: null, condition: null, remark: 'answer-both',
    })
  })

  it('is decided again at the refund: with the cable out, 199.00 goes to a colleague', () => {
    const shop: Shop = {
      pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false,
    }
    const inputs: KioskInput[] = [
      { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, {
        do: 'scanned', found: foundUnit(bought('fair')),
      }, { do: 'next' },
      { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition: 'new' }, { do: 'next' },
    ]
    const state = inputs.reduce((now, input) => stepKiosk(now, input, factsOf(shop)).state, KIOSK_START)
    expect(state.at).toBe('confirm')
    shop.offline = true
    expect(stepKiosk(state, { do: 'refund' }, factsOf(shop))).toMatchObject({
      state: { at: 'colleague' }, intents: [{ want: 'record-case' }],
    })
  })
})
