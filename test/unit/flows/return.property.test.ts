import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { Condition, type UnitFacts } from '../../../contract/unit.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import {
  EMPTY_RETURN, stepReturn, type ReturnFacts, type ReturnInput, type ReturnState, type ReturnStep,
} from '../../../electron/core/flows/return.ts'
import { flag, layer, POLICY, returned, sold, transferred, WITH_CUSTOMER } from '../verdicts/facts-of-a-piece.ts'
import {
  aProduct, aUnit, foundNothing, foundProduct, foundUnit, hitOf, ids, judged, offerOf, throughARow,
} from './a-shop.ts'

const REASONS = ['changed-mind', 'faulty']
const bought = (id: string, more: Partial<UnitFacts> = {}, paid_cents = 19_900) =>
  aUnit(
    id,
    {
      custody: WITH_CUSTOMER, title: sold(3, { paid_cents: cents(paid_cents) }), cover: [layer('legal', 3, 700)],
      ...more,
    },
  )

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
function factsOf(state: ReturnState, shop: Shop): ReturnFacts {
  const unit = state.unitId === null ? null : (shop.pieces.get(state.unitId) ?? null)
  const refund = unit ? offerOf(unit) : null
  return {
    now: '2026-05-20T10:00:00.000Z', newId, unit, verdict: unit ? judged('return', unit) : null, refund,
    needsApproval: (refund !== null && refund.amount_cents >= POLICY.returns.approvalFrom_cents) ||
      (state.condition !== null && !POLICY.returns.acceptedConditions.includes(state.condition)),
    nextReturnNumber: 'B1-G000001', reasons: REASONS,
  }
}

const input: fc.Arbitrary<ReturnInput> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...PIECES).map((unit): ReturnInput => ({ do: 'scanned', found: foundUnit(unit) })),
  },
  { weight: 2, arbitrary: fc.constantFrom<ReturnInput>(
    { do: 'scanned', found: foundNothing }, { do: 'scanned', found: foundProduct(aProduct()) },
    { do: 'scanned', found: { is: 'many', text: '77', hits: PIECES.slice(0, 2).map(hitOf), products: [] } },
    {
      do: 'scanned',
      found: { is: 'receipt', text: 'B1-R000007', number: 'B1-R000007', units: PIECES.slice(0, 3).map(hitOf) },
    },
    { do: 'scanned', found: { is: 'receipt', text: 'B1-R000008', number: 'B1-R000008', units: [] } },
  ) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...PIECE_IDS, 'nothing').map((choice): ReturnInput => ({ do: 'choose', choice })),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...REASONS, 'no-such-reason').map((reason): ReturnInput => ({ do: 'give-reason', reason })),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...Condition.options).map((condition): ReturnInput => ({ do: 'grade', condition })),
  },
  { weight: 3, arbitrary: fc.constant<ReturnInput>({ do: 'approved', staffId: 'staff-2', name: 'Frau Sommer' }) },
  { weight: 8, arbitrary: fc.constant<ReturnInput>({ do: 'refund' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<ReturnInput>(
      { do: 'undo' }, { do: 'dismiss-question' }, { do: 'hand-over' }, { do: 'start-over' },
    ),
  },
)

/** Anything at all; or whole returns one after the other, with anything in between. */
const whole: fc.Arbitrary<readonly ReturnInput[]> = fc
  .tuple(
    fc.constantFrom(...PIECES), fc.constantFrom('new' as const, 'open-box' as const, 'damaged' as const),
    fc.array(input, { maxLength: 3 }),
  )
  .map(([unit, condition, between]): readonly ReturnInput[] => [
    { do: 'start-over' }, { do: 'scanned', found: foundUnit(unit) }, { do: 'give-reason', reason: 'faulty' },
    { do: 'grade', condition }, ...between, {
      do: 'approved', staffId: 'staff-2', name: 'Frau Sommer',
    }, { do: 'refund' },
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
  readonly shop: Shop
}

const everyReturn = (look: (trace: Trace) => void): void =>
  fc.assert(fc.property(sessions, (inputs) => {
    const shop = openShop()
    let state = EMPTY_RETURN
    for (const given of inputs) {
      const facts = factsOf(state, shop)
      const step = stepReturn(state, given, facts)
      look({ before: state, facts, input: given, step, shop })
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
    // No two refunds of one piece, however the session went.
    expect(new Set(shop.refunded).size).toBe(shop.refunded.length)
  }), { numRuns: 200 })

describe('any return at the counter', () => {
  it('never pays for a piece twice, and does pay', () => {
    let paid = 0
    everyReturn(({ step }) => (paid += step.intents.filter(({ want }) => want === 'record-return').length))
    expect(paid).toBeGreaterThan(2)
  })

  it('changes nothing and wants nothing where it refuses', () => {
    everyReturn(({ before, step }) => {
      if (step.refused === undefined) return
      expect(step.state).toEqual(before)
      expect(step.intents).toEqual([])
    })
  })

  it('pays only what was paid, to the tender that paid it, with reason, condition and whatever approval is due', () => {
    everyReturn(({ before, facts, step }) => {
      for (const intent of step.intents) {
        if (intent.want !== 'record-return') continue
        expect(intent.refund).toEqual(facts.refund)
        expect(intent.unitId).toBe(before.unitId)
        expect(facts.reasons).toContain(intent.reason)
        expect(intent.verdict.outcome).not.toBe('refuse')
        if (facts.needsApproval || intent.verdict.outcome === 'ask-staff') expect(intent.approvedBy).toBe('staff-2')
        expect(step.state.done).toMatchObject({
          returnId: intent.returnId, returnNumber: intent.number, refund: intent.refund,
        })
      }
    })
  })

  it('gives no money for what is stolen, late, ours or of no record', () => {
    everyReturn(({ step }) => {
      for (const intent of step.intents)
        if (intent.want === 'record-return') expect(['stolen', 'late', 'ours', 'unrecorded']).not.toContain(intent.unitId)
    })
  })

  it('stays with the piece on the counter, whatever is scanned meanwhile', () => {
    everyReturn(({ before, input: given, step }) => {
      if (before.at === 'assess' && given.do === 'scanned') expect({ ...step.state, notice: null }).toEqual({ ...before, notice: null })
    })
  })

  it('is the same after it was a row', () => {
    everyReturn(({ step: { state } }) => expect(throughARow(state)).toEqual(state))
  })

  it('does not carry reason, condition or approval over to the next piece', () => {
    everyReturn(({ before, step: { state } }) => {
      if (state.unitId === before.unitId || state.unitId === null) return
      expect({ reason: state.reason, condition: state.condition, approvedBy: state.approvedBy, done: state.done })
        .toEqual({ reason: null, condition: null, approvedBy: null, done: null })
    })
  })

  it('takes back one answer at a time, the approval first', () => {
    everyReturn(({ before, input: given, step: { state, refused } }) => {
      if (given.do !== 'undo' || refused !== undefined) return
      const answers = ({ reason, condition, approvedBy }: ReturnState) => [reason, condition, approvedBy].filter((answer) => answer !== null).length
      expect(answers(state)).toBe(Math.max(0, answers(before) - 1))
      if (before.approvedBy !== null) expect(state.approvedBy).toBeNull()
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
    act({ do: 'grade', condition: 'open-box' })
    act({ do: 'approved', staffId: 'staff-2', name: 'Frau Sommer' })
    act({ do: 'grade', condition: 'parts-missing' })
    expect(state.approvedBy).toBeNull()
    expect(act({ do: 'refund' }).intents).toEqual([])
    expect(state.notice?.code).toBe('needs-approval')
  })
})
