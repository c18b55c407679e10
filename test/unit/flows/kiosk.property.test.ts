import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { Condition, type UnitFacts } from '../../../contract/unit.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import { stepKiosk } from '../../../electron/core/flows/kiosk.ts'
import {
  INTENT_OF_TASK, KIOSK_START, type KioskFacts, type KioskInput, type KioskState, type KioskStep, type KioskIntent,
} from '../../../electron/core/flows/kiosk-state.ts'
import { NOTHING_LOOKED_AT } from '../../../electron/core/returns/condition-questions.ts'
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
  bought('too-often'),
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
  isAsking: boolean
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
    verdictOn: (unitId, task) => {
      const verdict: Verdict = judged(INTENT_OF_TASK[task], piece(unitId), { ...at('kiosk'), ...(shop.offline ? aged(30) : {}) })
      return { live: verdict, toKeep: verdict }
    },
    offerFor: (unitId) => {
      const paid = offerOf(piece(unitId))
      return paid && { amount_cents: paid.amount_cents, deducted_cents: 0, currency: paid.currency, receiptNumber: paid.receiptNumber, ways: paid.to === 'card' ? ['card', 'voucher'] : ['voucher'] }
    },
    isOfASet: () => false,
    isTooOften: (unitId) => unitId === 'too-often',
    asked: () => ({
      category: '*', parts: [], photos: {}, questions: [{ id: 'signed-out', ifNo: null, stops: true }],
      accessories: [{ id: 'box', deduct_cents: cents(0) }],
    }),
    isBeingRefunded: () => false,
    isAsking: () => shop.isAsking,
    photo: 'never',
    slotFor: (unitId) => (unitId === 'no-slot' ? null : { name: 'A' }),
    refundUpTo_cents: POLICY.kiosk.refundUpTo_cents,
    acceptedConditions: POLICY.returns.acceptedConditions,
    reasons: REASONS,
    nextReturnNumber: 'K1-G000001',
    buyUpTo_cents: null,
    cart: null,
    verdictToSell: () => null,
    mayCheck: shop.mayCheck,
  }
}

/** An input, or the cable that is pulled out meanwhile. */
const doing: fc.Arbitrary<KioskInput | 'offline'> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...PIECES).map((unit): KioskInput => ({ do: 'scanned', found: foundUnit(unit), by: 'print' })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<KioskInput>(
      { do: 'scanned', found: foundNothing, by: 'print' }, { do: 'scanned', found: foundProduct(aProduct()), by: 'tag' },
    ),
  },
  {
    weight: 3, arbitrary: fc.constantFrom<KioskInput>({ do: 'begin', language: 'de' }, { do: 'begin', language: 'ar' }),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom<KioskInput>(
      { do: 'choose-task', task: 'return' }, { do: 'choose-task', task: 'return' },
      { do: 'choose-task', task: 'check' }, { do: 'choose-task', task: 'buy' },
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
  { weight: 6, arbitrary: fc.constantFrom<KioskInput>({ do: 'refund', as: 'voucher' }, { do: 'refund', as: 'card' }) },
  { weight: 6, arbitrary: fc.boolean().map((good): KioskInput => ({ do: 'answer', question: 'signed-out', good })) },
  { weight: 6, arbitrary: fc.boolean().map((here): KioskInput => ({ do: 'count-accessory', accessory: 'box', here })) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<KioskInput>(
      { do: 'terminal-said', attemptId: 'attempt-1', said: { is: 'paid' } }, { do: 'terminal-said', attemptId: 'attempt-1', said: { is: 'unknown' } },
      { do: 'terminal-said', attemptId: 'attempt-1', said: { is: 'not-paid', why: 'declined', words: '' } }, { do: 'cancel-card' }, { do: 'heard' },
      { do: 'claimed-elsewhere' },
    ),
  },
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
      do: 'scanned', found: foundUnit(unit), by: 'print',
    }, { do: 'next' },
    { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition }, { do: 'answer', question: 'signed-out', good: true }, { do: 'count-accessory', accessory: 'box', here: true },
    ...between, { do: 'refund', as: 'voucher' }, ...after, { do: 'finish' },
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
      offline: false, isAsking: false,
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
          shop.refunded.push(intent.record.unitId)
          const unit = shop.pieces.get(intent.record.unitId)
          if (unit) shop.pieces.set(
            unit.id, { ...unit, facts: { ...unit.facts, title: returned(0), condition: 'to-inspect' } },
          )
        }
      const asks = step.intents.some(({ want }) => want === 'ask-card')
      state = throughARow(asks && step.state.paying ? { ...step.state, paying: { ...step.state.paying, attemptId: 'attempt-1' } } : step.state)
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
        const { record } = intent
        expect(record.refund.amount_cents).toBeLessThanOrEqual(POLICY.kiosk.refundUpTo_cents)
        expect(record.refund.to).toBe(intent.as)
        if (record.unitId === 'paid-cash') expect(intent.as).toBe('voucher')
        expect(record.verdict).toMatchObject({ outcome: 'accept', quiet: false })
        expect(['fair', 'at-limit', 'paid-cash']).toContain(record.unitId)
        expect(POLICY.returns.acceptedConditions).toContain(record.condition)
        expect(REASONS).toContain(record.reason)
        expect(record.approvedBy).toBeNull()
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
    everyVisit(({ before, input, step: { state } }) => {
      if (input.do === 'finish' && before.at !== 'paying-out') expect(state).toEqual(KIOSK_START)
      if (input.do === 'begin' && before.at === 'start') expect(state).toEqual({ ...KIOSK_START, at: 'choose-task', language: input.language })
    })
  })

  it('answers for another piece are never carried over to this one', () => {
    everyVisit(({ before, step: { state } }) => {
      if (state.unitId === before.unitId || state.unitId === null) return
      expect([state.reason, state.seen, state.done]).toEqual([null, NOTHING_LOOKED_AT, null])
    })
  })

  it('is the same after it was a row', () => {
    everyVisit(({ step: { state } }) => expect(throughARow(state)).toEqual(state))
  })

  it('calls a colleague once, however often the key is pressed', () => {
    const shop: Shop = { pieces: new Map(), refunded: [], mayCheck: true, offline: false, isAsking: false }
    const begun = stepKiosk(KIOSK_START, { do: 'begin', language: 'en' }, factsOf(shop)).state
    const called = stepKiosk(begun, { do: 'call-colleague' }, factsOf(shop))
    expect(called).toMatchObject({ state: { at: 'colleague' }, intents: [{ want: 'hand-over', why: 'asked-for', unitId: null }] })
    expect(stepKiosk(
      called.state, { do: 'call-colleague' }, factsOf(shop),
    )).toMatchObject({ refused: 'not-in-this-state', intents: [] })
  })

  it('asks whoever scans first to choose first, in the same words whatever it is, and keeps nothing of it', () => {
    const shop: Shop = {
      pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false, isAsking: false,
    }
    const begun = stepKiosk(KIOSK_START, { do: 'begin', language: 'ar' }, factsOf(shop)).state
    for (const found of [...PIECES.map((unit) => foundUnit(unit)), foundProduct(aProduct()), foundNothing]) {
      const step = stepKiosk(begun, { do: 'scanned', found, by: 'print' }, factsOf(shop))
      expect(step).toEqual({ state: { ...begun, remark: 'choose-first' }, intents: [] })
      expect(stepKiosk(step.state, { do: 'choose-task', task: 'return' }, factsOf(shop)).state).toEqual({ ...begun, at: 'scan' })
    }
  })

  it('says anew what is the matter when another piece is laid down after going back', () => {
    const shop: Shop = {
      pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false, isAsking: false,
    }
    const inputs: KioskInput[] = [
      { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, {
        do: 'scanned', found: foundUnit(bought('fair')), by: 'print',
      }, { do: 'next' },
      { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition: 'new' }, { do: 'back' }, { do: 'back' }, { do: 'back' }, { do: 'back' },
      { do: 'scanned', found: foundUnit(bought('at-limit')), by: 'print' }, { do: 'next' }, { do: 'next' },
    ]
    const state = inputs.reduce((now, input) => stepKiosk(now, input, factsOf(shop)).state, KIOSK_START)
    expect(state).toMatchObject({
      at: 'questions', unitId: 'at-limit', reason: null, seen: NOTHING_LOOKED_AT,
    })
  })

  it('is decided again at the refund: with the cable out, 199.00 goes to a colleague', () => {
    const shop: Shop = {
      pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false, isAsking: false,
    }
    const inputs: KioskInput[] = [
      { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, {
        do: 'scanned', found: foundUnit(bought('fair')), by: 'print',
      }, { do: 'next' },
      { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition: 'new' }, { do: 'answer', question: 'signed-out', good: true },
      { do: 'count-accessory', accessory: 'box', here: true },
    ]
    const state = inputs.reduce((now, input) => stepKiosk(now, input, factsOf(shop)).state, KIOSK_START)
    expect(state.at).toBe('confirm')
    shop.offline = true
    expect(stepKiosk(state, { do: 'refund', as: 'card' }, factsOf(shop))).toMatchObject({
      state: { at: 'colleague' }, intents: [{ want: 'hand-over', why: 'verdict' }],
    })
  })

  it('asks the card terminal for each refund once, and books it only when the money is back', () => {
    everyVisit(({ before, input, step }) => {
      for (const intent of step.intents) {
        if (intent.want === 'ask-card') expect([before.at, step.state.at]).toEqual(['confirm', 'paying-out'])
        if (intent.want === 'record-return' && intent.as === 'card') expect(input).toMatchObject({ do: 'terminal-said', said: { is: 'paid' } })
      }
    })
  })

  it('lets nobody walk away, begin or go back while the terminal has the word', () => {
    everyVisit(({ before, input, step }) => {
      if (before.at === 'paying-out' && input.do !== 'terminal-said') expect(step.state).toEqual(before)
    })
  })

  it('waits with a refund of unknown end, calls one colleague, and does not wait for a piece that came back elsewhere', () => {
    const shop: Shop = { pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false, isAsking: false }
    const paying = { attemptId: 'attempt-1', offer: { amount_cents: 19_900, deducted_cents: 0, currency: 'EUR', receiptNumber: 'T1-R000001', ways: [] }, returnId: 'return-1', outcome: 'asked' as const }
    const payingOut: KioskState = { ...KIOSK_START, at: 'paying-out', unitId: 'fair', paying }
    const unknown: KioskInput = { do: 'terminal-said', attemptId: 'attempt-1', said: { is: 'unknown' } }
    const called = stepKiosk(payingOut, unknown, factsOf(shop))
    expect(called).toMatchObject({ state: { at: 'colleague', paying }, intents: [{ want: 'hand-over', why: 'card-unknown' }] })
    expect(stepKiosk(called.state, unknown, factsOf(shop))).toEqual({ state: called.state, intents: [] })
    expect(stepKiosk(called.state, { do: 'came-back-elsewhere' }, factsOf(shop))).toEqual({ state: { ...called.state, paying: null }, intents: [] })
    expect(stepKiosk(payingOut, { do: 'came-back-elsewhere' }, factsOf(shop))).toMatchObject({
      state: { at: 'colleague', paying: null }, intents: [{ want: 'hand-over', why: 'claimed-elsewhere' }],
    })
  })

  it('calls a colleague at once when the piece is still locked to its owner', () => {
    const shop: Shop = { pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false, isAsking: false }
    const inputs: KioskInput[] = [
      { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, { do: 'scanned', found: foundUnit(bought('fair')), by: 'print' },
      { do: 'next' }, { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition: 'new' },
    ]
    const state = inputs.reduce((now, input) => stepKiosk(now, input, factsOf(shop)).state, KIOSK_START)
    const locked = stepKiosk(state, { do: 'answer', question: 'signed-out', good: false }, factsOf(shop))
    expect(locked).toMatchObject({ state: { at: 'colleague' }, intents: [{ want: 'hand-over', why: 'locked' } satisfies Partial<KioskIntent>] })
  })

  it('waits for a register that has not answered yet before it gives anything back', () => {
    const shop: Shop = { pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [], mayCheck: true, offline: false, isAsking: true }
    const inputs: KioskInput[] = [
      { do: 'begin', language: 'en' }, { do: 'choose-task', task: 'return' }, { do: 'scanned', found: foundUnit(bought('fair')), by: 'print' },
      { do: 'next' }, { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition: 'new' }, { do: 'answer', question: 'signed-out', good: true },
      { do: 'count-accessory', accessory: 'box', here: true }, { do: 'refund', as: 'voucher' },
    ]
    expect(inputs.reduce((now, input) => stepKiosk(now, input, factsOf(shop)).state, KIOSK_START)).toMatchObject({ at: 'confirm', remark: 'one-moment' })
  })
})
