import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, ZERO, type Cents } from '../../../contract/money.ts'
import { Condition, type UnitFacts } from '../../../contract/unit.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import { stepReturn } from '../../../electron/core/flows/return.ts'
import { doubtsOf, missingNow, planOf } from '../../../electron/core/flows/return-doubts.ts'
import {
  EMPTY_RETURN, type PieceFacts, type ReturnFacts, type ReturnInput, type ReturnState, type ReturnStep,
} from '../../../electron/core/flows/return-state.ts'
import { questionsFor } from '../../../electron/core/returns/condition-questions.ts'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { flag, layer, POLICY, returned, sold, transferred, WITH_CUSTOMER } from '../verdicts/facts-of-a-piece.ts'
import { aProduct, aUnit, foundNothing, foundProduct, foundUnit, hitOf, ids, judged, throughARow } from './a-shop.ts'

const REASONS = ['changed-mind', 'faulty']
const bought = (id: string, more: Partial<UnitFacts> = {}, paid_cents = 19_900) =>
  aUnit(id, { custody: WITH_CUSTOMER, title: sold(3, { paid_cents: cents(paid_cents), saleId: `sale-${id}` }), cover: [layer('legal', 3, 700)], ...more })

/** What customers bring: fair, dear, late, stolen, given on, never sold, never recorded. */
const PIECES = [
  bought('fair'),
  bought('dear', {}, 89_900),
  bought('late', { title: sold(45) }),
  bought('stolen', { flags: [flag('stolen-reported')] }),
  bought('given-on', { title: transferred(2) }),
  bought('unrecorded', { title: { is: 'unknown' } }),
  aUnit('ours'),
]
const PIECE_IDS = PIECES.map(({ id }) => id)

/** A shop in which what is taken back stays taken back. */
interface Shop {
  readonly pieces: Map<string, KnownUnit>
  readonly refunded: string[]
}
const openShop = (): Shop => ({ pieces: new Map(PIECES.map((unit) => [unit.id, unit])), refunded: [] })

const newId = ids()
const asked = questionsFor(POLICY, 'camera')

function knownOf(unit: KnownUnit | null): PieceFacts {
  const title = unit?.facts.title
  const purchase = title !== undefined && (title.is === 'sold' || title.is === 'transferred') ? title.purchase : null
  return {
    unit, product: unit?.product ?? null, verdict: unit === null ? null : judged('return', unit), worth_cents: purchase?.paid_cents ?? null,
    whyNot: null, left: 1, asked, late: false, alsoInDoubt: false,
    sale: {
      saleId: purchase?.saleId ?? null, receiptNumber: purchase?.receiptNumber ?? null,
      paidBy: purchase === null ? [] : [{ kind: purchase.tender, left_cents: purchase.paid_cents }],
    },
  }
}

function factsOf(state: ReturnState, shop: Shop, card: ReturnFacts['card'] = 'beside'): ReturnFacts {
  return {
    now: '2026-05-20T10:00:00.000Z', newId, currency: 'EUR', cashStep: 1, card, nextReturnNumber: 'B1-G000001', reasons: REASONS,
    pieces: new Map(state.pieces.map((piece) => [piece.pieceId, knownOf(shop.pieces.get(piece.unitId ?? '') ?? null)])),
    linesOf: () => PIECES.slice(0, 3).map(({ id, product }) => ({ lineId: `line-${id}`, unitId: id, productId: product.id, left: 1 })),
    setOf: (unitId) => ({ partIds: unitId === 'stolen' ? ['given-on'] : [], whole: unitId === 'given-on' ? { name: 'Set' } : null, name: unitId }),
    rules: CAUTIOUS_RETURN_RULES, acceptedConditions: POLICY.returns.acceptedConditions,
    ownWordUpTo_cents: POLICY.returns.approvalFrom_cents - 1, mayTakeStranger: true,
  }
}

const input: fc.Arbitrary<ReturnInput> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PIECES).map((unit): ReturnInput => ({ do: 'scanned', found: foundUnit(unit) })) },
  { weight: 3, arbitrary: fc.constantFrom<ReturnInput>(
    { do: 'scanned', found: foundNothing }, { do: 'scanned', found: foundProduct(aProduct()) },
    { do: 'scanned', found: { is: 'many', text: '77', hits: PIECES.slice(0, 2).map(hitOf), products: [], alike: false } },
    { do: 'scanned', found: { is: 'receipt', text: 'B1-R000007', number: 'B1-R000007', units: PIECES.slice(0, 3).map(hitOf) } },
  ) },
  { weight: 2, arbitrary: fc.constantFrom(...PIECE_IDS, 'nothing').map((choice): ReturnInput => ({ do: 'choose', choice })) },
  { weight: 3, arbitrary: fc.constantFrom(...PIECE_IDS).map((id): ReturnInput => ({ do: 'take-line', lineId: `line-${id}`, quantity: 1 })) },
  { weight: 5, arbitrary: fc.constantFrom(...REASONS, 'no-such-reason').map((reason): ReturnInput => ({ do: 'give-reason', reason })) },
  { weight: 5, arbitrary: fc.constantFrom(...Condition.options).map((condition): ReturnInput => ({ do: 'grade', condition })) },
  { weight: 5, arbitrary: fc.constant<ReturnInput>({ do: 'all-in-order' }) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('powers-on', 'glass-whole', 'nothing'), fc.boolean()).map(([question, good]): ReturnInput => ({ do: 'answer', question, good })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('battery', 'caps', 'nothing'), fc.boolean()).map(([accessory, here]): ReturnInput => ({ do: 'count-accessory', accessory, here })) },
  { weight: 3, arbitrary: fc.constant<ReturnInput>({ do: 'approved', staffId: 'staff-2', name: 'Frau Sommer', reason: 'seen' }) },
  { weight: 8, arbitrary: fc.constant<ReturnInput>({ do: 'refund' }) },
  { weight: 4, arbitrary: fc.boolean().map((paid): ReturnInput => ({ do: 'terminal-read', paid })) },
  { weight: 4, arbitrary: fc.constantFrom<ReturnInput>(
    { do: 'undo' }, { do: 'dismiss-question' }, { do: 'hand-over' }, { do: 'start-over' }, { do: 'add-piece' }, { do: 'cancel-terminal' },
    { do: 'pay-as', as: 'store-credit' }, { do: 'photo-taken', photoId: 'photo-1' }, { do: 'route', next: 'maker' },
  ) },
)

/** Anything at all; or whole returns one after the other, with anything in between. */
const whole: fc.Arbitrary<readonly ReturnInput[]> = fc
  .tuple(fc.constantFrom(...PIECES), fc.constantFrom('new' as const, 'open-box' as const, 'damaged' as const), fc.array(input, { maxLength: 3 }))
  .map(([unit, condition, between]): readonly ReturnInput[] => [
    { do: 'start-over' }, { do: 'scanned', found: foundUnit(unit) }, { do: 'give-reason', reason: 'faulty' }, { do: 'grade', condition },
    { do: 'all-in-order' }, { do: 'photo-taken', photoId: 'photo-1' }, ...between,
    { do: 'approved', staffId: 'staff-2', name: 'Frau Sommer', reason: 'seen' }, { do: 'refund' }, { do: 'terminal-read', paid: true },
  ])
const sessions = fc.oneof(
  fc.array(input, { maxLength: 60, size: 'max' }),
  fc.array(whole, { minLength: 2, maxLength: 8 }).map((many) => many.flat()),
)

interface Trace {
  readonly before: ReturnState
  readonly facts: ReturnFacts
  readonly input: ReturnInput
  readonly step: ReturnStep
}

const everyReturn = (look: (trace: Trace) => void): void =>
  fc.assert(fc.property(sessions, (inputs) => {
    const shop = openShop()
    let state = EMPTY_RETURN
    for (const given of inputs) {
      const facts = factsOf(state, shop)
      const step = stepReturn(state, given, facts)
      look({ before: state, facts, input: given, step })
      for (const intent of step.intents)
        if (intent.want === 'finish')
          for (const { unitId } of state.pieces) {
            shop.refunded.push(unitId ?? '')
            const unit = shop.pieces.get(unitId ?? '')
            if (unit) shop.pieces.set(unit.id, { ...unit, facts: { ...unit.facts, title: returned(0), condition: 'to-inspect' } })
          }
      state = throughARow(step.state)
    }
    // No two refunds of one piece, however the session went.
    expect(new Set(shop.refunded).size).toBe(shop.refunded.length)
  }), { numRuns: 200 })

const sum = (amounts: readonly { amount_cents: Cents }[]): number => amounts.reduce((total, { amount_cents }) => total + amount_cents, 0)

describe('any return at the counter', () => {
  it('never pays for a piece twice, and does pay', () => {
    let paid = 0
    everyReturn(({ step }) => (paid += step.intents.filter(({ want }) => want === 'finish').length))
    expect(paid).toBeGreaterThan(2)
  })

  it('changes nothing and wants nothing where it refuses', () => {
    everyReturn(({ before, step }) => {
      if (step.refused === undefined) return
      expect(step.state).toEqual(before)
      expect(step.intents).toEqual([])
    })
  })

  it('pays at most what was paid, with everything looked at and whatever approval is due', () => {
    everyReturn(({ before, facts, step }) => {
      for (const intent of step.intents) {
        if (intent.want !== 'finish') continue
        const most = before.pieces.reduce((total, piece) => total + (facts.pieces.get(piece.pieceId)?.worth_cents ?? 0), 0)
        expect(intent.plan.amount_cents).toBeLessThanOrEqual(most)
        expect(sum(intent.plan.parts)).toBe(intent.plan.amount_cents)
        expect(sum(intent.plan.pays)).toBe(intent.plan.amount_cents + intent.plan.rounding_cents)
        if (before.at !== 'assess') continue
        expect(missingNow(before, facts)).toEqual([])
        for (const doubt of doubtsOf(before, facts)) expect(before.approval?.covers).toContainEqual(doubt)
      }
    })
  })

  it('gives no money for what is stolen, late, ours or of no record', () => {
    everyReturn(({ before, step }) => {
      if (!step.intents.some(({ want }) => want === 'finish')) return
      for (const { unitId } of before.pieces) expect(['stolen', 'late', 'ours']).not.toContain(unitId)
    })
  })

  it('stays with the piece on the counter, whatever is scanned meanwhile', () => {
    everyReturn(({ before, input: given, step }) => {
      if (before.at !== 'assess' || given.do !== 'scanned') return
      expect(step.state.pieces.map(({ pieceId }) => pieceId)).toEqual(before.pieces.map(({ pieceId }) => pieceId))
      expect(step.state.inHand).toBe(before.inHand)
      expect(step.intents).toEqual([])
    })
  })

  it('P40: refunds a piece picked from a receipt only when its own number was read, or somebody answers for it', () => {
    everyReturn(({ before, step }) => {
      if (step.intents.some(({ want }) => want === 'finish'))
        for (const piece of before.pieces) expect(['scanned', 'excepted']).toContain(piece.shown)
    })
  })

  it('is the same after it was a row', () => {
    everyReturn(({ step: { state } }) => expect(throughARow(state)).toEqual(state))
  })

  it('P39: has no piece in it twice', () => {
    everyReturn(({ step: { state } }) => {
      const units = state.pieces.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]))
      expect(new Set(units).size).toBe(units.length)
    })
  })

  it('lets nothing in while the terminal has the word', () => {
    everyReturn(({ before, input: given, step }) => {
      if (before.at !== 'paying-out' || given.do === 'terminal-read' || given.do === 'cancel-terminal') return
      if (step.refused === undefined) expect(step.state.pieces).toEqual(before.pieces)
    })
  })
})

describe('an approval', () => {
  it('is given for what the supervisor saw: another grade afterwards asks again', () => {
    const shop = openShop()
    let state = EMPTY_RETURN
    const act = (given: ReturnInput) => {
      const step = stepReturn(state, given, factsOf(state, shop))
      state = step.state
      return step
    }
    act({ do: 'scanned', found: foundUnit(bought('dear', {}, 89_900)) })
    act({ do: 'give-reason', reason: 'faulty' })
    act({ do: 'all-in-order' })
    act({ do: 'grade', condition: 'open-box' })
    act({ do: 'approved', staffId: 'staff-2', name: 'Frau Sommer', reason: 'seen' })
    act({ do: 'grade', condition: 'parts-missing' })
    expect(state.approval).toBeNull()
    expect(act({ do: 'refund' }).intents).toEqual([])
    expect(state.notice?.code).toBe('needs-approval')
  })
})

describe('a refund that a card is asked for', () => {
  it('records the return only when the money is gone, and goes back to the piece when it is not', () => {
    const shop = openShop()
    const unit = bought('fair')
    shop.pieces.set('fair', { ...unit, facts: { ...unit.facts, title: sold(3, { paid_cents: cents(19_900), tender: 'card', saleId: 'sale-fair' }) } })
    let state = EMPTY_RETURN
    const act = (given: ReturnInput) => {
      const step = stepReturn(state, given, factsOf(state, shop, 'line'))
      state = step.state
      return step
    }
    act({ do: 'scanned', found: foundUnit(unit) })
    act({ do: 'give-reason', reason: 'faulty' })
    act({ do: 'grade', condition: 'new' })
    expect(planOf(state, factsOf(state, shop))?.rounding_cents).toBe(ZERO)
    const asks = act({ do: 'refund' })
    expect(asks.intents.map(({ want }) => want)).toEqual(['ask-refund'])
    expect(state.at).toBe('paying-out')
    const attemptId = state.paying?.attemptId ?? ''
    act({ do: 'terminal-said', attemptId, said: { is: 'not-paid', why: 'cancelled', words: '' } })
    expect(state).toMatchObject({ at: 'assess', paying: null, notice: { code: 'card-cancelled' } })
    act({ do: 'refund' })
    expect(act({ do: 'terminal-said', attemptId: 'another', said: { is: 'paid' } }).refused).toBe('not-in-this-state')
    const paid = act({ do: 'terminal-said', attemptId: state.paying?.attemptId ?? '', said: { is: 'paid' } })
    expect(paid.intents.map(({ want }) => want)).toEqual(['finish'])
    expect(state.at).toBe('done')
  })
})
