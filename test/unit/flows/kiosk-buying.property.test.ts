import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../../contract/verdict.ts'
import { stepKiosk } from '../../../electron/core/flows/kiosk.ts'
import { KIOSK_START, type AskedOfSale, type KioskFacts, type KioskInput, type KioskIntent, type KioskState } from '../../../electron/core/flows/kiosk-state.ts'
import { stepSale } from '../../../electron/core/flows/sale.ts'
import { EMPTY_SALE, unitsConcerned, type SaleFacts, type SaleInput, type SaleIntent, type SaleState, type TerminalSaid } from '../../../electron/core/flows/sale-state.ts'
import { totalsOf } from '../../../electron/core/flows/totals.ts'
import { hitsIn, type Found } from '../../../electron/core/scans/found.ts'
import { flag, NOW } from '../verdicts/facts-of-a-piece.ts'
import { aProduct, aUnit, foundNothing, foundProduct, foundUnit, ids, judged, throughARow } from './a-shop.ts'

const LIMIT_CENTS = 50_000
const CABLE = aProduct({ id: 'p-cable', tracking: 'none', name: 'Cable', price_cents: 1_299 })
const KNIFE = aProduct({ id: 'p-knife', tracking: 'none', name: 'Knife', price_cents: 4_900 })
const GIFT_VOUCHER = aProduct({ id: 'p-voucher', tracking: 'none', name: 'Voucher', price_cents: 2_500, category: 'gift-voucher' })
const ENGRAVING = aProduct({ id: 'p-engraving', tracking: 'service', name: 'Engraving', price_cents: 2_500 })
const UNPRICED = aProduct({ id: 'p-unpriced', tracking: 'none', name: 'Case', price_cents: 0 })
const FAIR = ['u1', 'u2', 'u3', 'u4'].map((id) => aUnit(id))
const STOLEN = aUnit('u-stolen', { flags: [flag('stolen-own')] })
const UNITS = [...FAIR, STOLEN]
const NEVER_ALONE = [KNIFE.id, GIFT_VOUCHER.id, ENGRAVING.id, UNPRICED.id]
const newId = ids()

/** A customer, the sale behind the kiosk and the world around them, as the desk carries it out, without its files. */
class Visit {
  kiosk: KioskState = KIOSK_START
  sale: SaleState | null = null
  /** Pieces that somebody else took meanwhile. */
  readonly elsewhere = new Set<string>()
  readonly held = new Set<string>()
  readonly handed: Extract<KioskIntent, { want: 'hand-over' }>[] = []
  readonly recorded: { readonly sale: SaleState; readonly on: string }[] = []
  asked = 0
  reversed = 0
  paid_cents = 0

  /** Answers whether the act was taken; one that is refused leaves everything as it was. */
  does(input: KioskInput): boolean {
    const [kiosk, sale, held] = [this.kiosk, this.sale, [...this.held]]
    if (this.#step(input)) return true
    this.kiosk = kiosk
    this.sale = sale
    this.held.clear()
    for (const unitId of held) this.held.add(unitId)
    return false
  }

  /** The terminal has the word: the sale hears it first, and then the customer. */
  hears(said: TerminalSaid['said']): void {
    const { asking } = this.sale ?? {}
    if (!this.sale || !asking) return
    if (said.is === 'paid') this.paid_cents += asking.amount_cents
    if (!this.#stepSale({ do: 'terminal-said', attemptId: asking.attemptId, said }, 'terminal')) return
    if (this.kiosk.at === 'paying') this.#step({ do: 'sale-stepped' })
    else this.#leave()
  }

  get facts(): KioskFacts {
    const { sale } = this
    const never = (): never => {
      throw new Error('a customer who buys is asked nothing of a return')
    }
    return {
      newId, verdictOn: never, offerFor: never, asked: never, isOfASet: never, isTooOften: never, isBeingRefunded: never, isAsking: never, slotFor: never,
      refundUpTo_cents: 0, photo: 'never', acceptedConditions: [], reasons: [], nextReturnNumber: 'K1-G000001', mayCheck: true,
      buyUpTo_cents: LIMIT_CENTS,
      cart: sale && { sale, due_cents: totalsOf(sale.lines, { currency: 'EUR', taxInclusive: true }).gross_cents, isAsking: false, wantsCustomer: false },
      verdictToSell: (unitId) => this.#verdictOn(unitId),
    }
  }

  #step(input: KioskInput): boolean {
    const step = stepKiosk(this.kiosk, input, this.facts)
    if (step.refused !== undefined) {
      expect(step.state).toEqual(this.kiosk)
      expect(step.intents).toEqual([])
      return false
    }
    this.kiosk = throughARow(step.state)
    for (const intent of step.intents) if (!this.#carryOut(intent)) return false
    if (this.kiosk.at === 'start') this.#leave()
    return true
  }

  #carryOut(intent: KioskIntent): boolean {
    switch (intent.want) {
      case 'begin-sale':
        // A sale whose payment nobody knows the end of stays beside the new one, with its pieces.
        for (const unitId of this.held) this.elsewhere.add(unitId)
        this.held.clear()
        this.sale = EMPTY_SALE
        this.kiosk = { ...this.kiosk, sale: newId() }
        return true
      case 'step-sale':
        return this.#stepSale(this.#withVerdicts(intent.input), 'customer') && this.#step({ do: 'sale-stepped' })
      case 'leave-sale':
        this.#leave()
        return true
      case 'hand-over':
        this.handed.push(intent)
        return true
      default:
        throw new Error(`a customer who buys wants no ${intent.want}`)
    }
  }

  #stepSale(input: SaleInput, on: string): boolean {
    if (!this.sale) return false
    const step = stepSale(this.sale, input, this.#saleFacts(this.sale))
    if (step.refused !== undefined) return false
    this.sale = throughARow(step.state)
    for (const intent of step.intents) this.#keep(intent, on)
    return true
  }

  #keep(intent: SaleIntent, on: string): void {
    if (intent.want === 'hold') this.held.add(intent.unitId)
    if (intent.want === 'release') this.held.delete(intent.unitId)
    if (intent.want === 'ask-terminal') this.asked += 1
    if (intent.want === 'step-attempt' && intent.to === 'reversing') this.reversed += 1
    if (intent.want === 'record-sale' && this.sale) this.recorded.push({ sale: this.sale, on })
  }

  #leave(): void {
    if (this.sale?.at === 'asking-terminal') return
    this.sale = null
    this.held.clear()
  }

  #verdictOn(unitId: string): Verdict {
    const unit = UNITS.find(({ id }) => id === unitId)
    if (!unit) throw new Error(`no unit ${unitId}`)
    return judged('sell', unit, { heldBy: this.elsewhere.has(unitId) ? { flowId: 'flow-other', till: 'Till 2' } : null })
  }

  #withVerdicts(input: AskedOfSale): SaleInput {
    if (input.do !== 'scanned') return input
    return { ...input, verdicts: new Map(hitsIn(input.found).map(({ unit }) => [unit.id, this.#verdictOn(unit.id)])), lots: [] }
  }

  #saleFacts(state: SaleState): SaleFacts {
    return {
      now: NOW, newId, currency: 'EUR', taxInclusive: true, cashStep: 1, terminal: 'line', nextReceiptNumber: 'K1-R000001', shadow: false,
      verdictsNow: new Map(unitsConcerned(state).map((unitId) => [unitId, this.#verdictOn(unitId)])),
      gates: new Map([[KNIFE.id, [{ gate: 'age', value: '18' }]]]), today: NOW.slice(0, 10),
    }
  }
}

type Doing = (visit: Visit) => void
const does = (input: KioskInput): Doing => (visit) => void visit.does(input)
const shows = (found: Found, by: 'print' | 'tag' = 'print'): Doing => does({ do: 'scanned', found, by })
const hears = (said: TerminalSaid['said']): Doing => (visit) => visit.hears(said)
const onLine = (place: number, act: (lineId: string) => KioskInput): Doing => (visit) => {
  const { lines = [] } = visit.sale ?? {}
  visit.does(act(lines[place % Math.max(1, lines.length)]?.lineId ?? 'no-line'))
}
const COMES: readonly Doing[] = [does({ do: 'begin', language: 'en' }), does({ do: 'choose-task', task: 'buy' })]

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...FAIR).map((unit) => shows(foundUnit(unit))) },
  { weight: 6, arbitrary: fc.constant(shows(foundProduct(CABLE))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      shows(foundUnit(STOLEN)), shows(foundProduct(KNIFE)), shows(foundProduct(GIFT_VOUCHER)), shows(foundProduct(ENGRAVING)), shows(foundProduct(UNPRICED)), shows(foundNothing),
      shows(foundProduct(aProduct(), { strangeSerial: 'S-9' })), shows({ is: 'receipt', text: 'R', number: 'R', units: [] }), shows(foundUnit(FAIR[0] ?? STOLEN), 'tag'),
    ),
  },
  { weight: 3, arbitrary: fc.nat(5).map((place) => onLine(place, (lineId) => ({ do: 'remove-line', lineId }))) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 99 })).map(([place, quantity]) => onLine(place, (lineId) => ({ do: 'set-quantity', lineId, quantity }))) },
  { weight: 6, arbitrary: fc.constant(does({ do: 'pay' })) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      hears({ is: 'paid' }), hears({ is: 'paid' }), hears({ is: 'not-paid', why: 'declined', words: '' }), hears({ is: 'checking' }), hears({ is: 'unknown' }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      does({ do: 'back' }), does({ do: 'call-colleague' }), does({ do: 'more-time' }), does({ do: 'keep-line' }), does({ do: 'cancel-card' }), does({ do: 'heard' }),
      does({ do: 'claimed-elsewhere' }), does({ do: 'next' }), does({ do: 'refund', as: 'card' }),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...FAIR).map(({ id }): Doing => (visit) => void visit.elsewhere.add(id)) },
  { weight: 2, arbitrary: fc.constant<Doing>((visit) => [does({ do: 'finish' }), ...COMES].forEach((one) => one(visit))) },
)

const everyVisit = (look: (visit: Visit, before: { readonly at: KioskState['at'] }) => void): void =>
  fc.assert(fc.property(fc.array(doing, { maxLength: 40, size: 'max' }), (doings) => {
    const visit = new Visit()
    for (const one of [...COMES, ...doings]) {
      const before = { at: visit.kiosk.at }
      one(visit)
      look(visit, before)
    }
  }), { numRuns: 300 })

describe('any customer who buys alone at the kiosk', () => {
  it('pays exactly what was sold, by card, once; whatever else was paid goes back', () => {
    let sold = 0
    everyVisit(({ recorded, paid_cents, reversed, asked }) => {
      sold = Math.max(sold, recorded.length)
      for (const { sale, on } of recorded) {
        expect(on).toBe('terminal')
        expect(sale.tenders).toMatchObject([{ kind: 'card', amount_cents: totalsOf(sale.lines, { currency: 'EUR', taxInclusive: true }).gross_cents }])
        expect(sale.tenders[0]?.amount_cents).toBeLessThanOrEqual(LIMIT_CENTS)
      }
      const kept = recorded.reduce((sum, { sale }) => sum + (sale.tenders[0]?.amount_cents ?? 0), 0)
      if (reversed === 0) expect(paid_cents).toBe(kept)
      expect(recorded.length + reversed).toBeLessThanOrEqual(asked)
    })
    expect(sold).toBeGreaterThan(0)
  })

  it('never buys what a person has to look at, nor a piece that somebody else has', () => {
    everyVisit(({ recorded }) => {
      for (const { sale } of recorded) for (const line of sale.lines) {
        expect(NEVER_ALONE).not.toContain(line.productId)
        expect(line.unitId).not.toBe(STOLEN.id)
        if (line.unitId !== null) expect(line.verdict).toMatchObject({ outcome: 'accept', quiet: false })
      }
    })
  })

  it('holds no piece once the customer is gone, unless the money for it is on its way', () => {
    everyVisit(({ kiosk, sale, held }) => {
      if (kiosk.at === 'cart' || sale?.at === 'asking-terminal' || sale?.at === 'paid') return
      expect([...held]).toEqual([])
    })
  })

  it('holds every piece of the cart, and no other', () => {
    everyVisit(({ kiosk, sale, held }) => {
      if (kiosk.at !== 'cart') return
      expect([...held].sort()).toEqual((sale?.lines ?? []).flatMap(({ unitId }) => unitId ?? []).sort())
      expect(sale?.at).toBe('open')
    })
  })

  it('goes nowhere while the terminal has the word', () => {
    everyVisit(({ kiosk, sale }, before) => {
      if (before.at === 'paying' && sale?.at === 'asking-terminal' && sale.asking?.outcome !== 'unknown') expect(kiosk.at).toBe('paying')
    })
  })

  it('comes to a colleague, and a stolen piece tells nobody else', () => {
    everyVisit(({ handed, kiosk }) => {
      for (const { quiet, unitId } of handed) expect(quiet).toBe(unitId === STOLEN.id)
      if (handed.length > 0 && kiosk.at === 'colleague') expect(kiosk.caseId).toBe(handed.at(-1)?.caseId)
    })
  })

  it.each<[string, readonly Doing[]]>([
    ['verdict', [shows(foundUnit(STOLEN))]],
    ['verdict', [shows(foundProduct(GIFT_VOUCHER))]],
    ['verdict', [shows(foundProduct(ENGRAVING))]],
    ['verdict', [shows(foundProduct(CABLE)), shows(foundProduct(UNPRICED))]],
    ['number', [shows(foundProduct(aProduct(), { strangeSerial: 'S-9' }))]],
    ['gate', [shows(foundProduct(KNIFE)), does({ do: 'pay' })]],
    ['buy-limit', [shows(foundProduct(CABLE)), onLine(0, (lineId) => ({ do: 'set-quantity', lineId, quantity: 99 })), does({ do: 'pay' })]],
    ['asked-for', [does({ do: 'call-colleague' })]],
    ['claimed-elsewhere', [does({ do: 'claimed-elsewhere' })]],
    ['card-unknown', [shows(foundProduct(CABLE)), does({ do: 'pay' }), hears({ is: 'unknown' })]],
  ])('calls a colleague for %s', (why, doings) => {
    const visit = new Visit()
    for (const one of [...COMES, ...doings]) one(visit)
    expect(visit.kiosk.at).toBe('colleague')
    expect(visit.handed.map((intent) => intent.why)).toEqual([why])
  })

  it('gets the money back where a piece was sold elsewhere while the card was held up', () => {
    const visit = new Visit()
    const [piece = STOLEN] = FAIR
    for (const one of [...COMES, shows(foundUnit(piece)), does({ do: 'pay' })]) one(visit)
    visit.elsewhere.add(piece.id)
    visit.hears({ is: 'paid' })
    expect(visit).toMatchObject({ kiosk: { at: 'colleague', remark: 'card-goes-back' }, recorded: [], reversed: 1 })
    expect(visit.handed).toMatchObject([{ why: 'verdict', unitId: piece.id }])
  })

  it('begins only where the shop sells to customers alone', () => {
    const begun = stepKiosk(KIOSK_START, { do: 'begin', language: 'en' }, new Visit().facts).state
    expect(stepKiosk(begun, { do: 'choose-task', task: 'buy' }, { ...new Visit().facts, buyUpTo_cents: null })).toEqual({ state: begun, intents: [], refused: 'not-in-this-state' })
  })

  it('asks whether to take a piece out that is scanned twice by hand, and not because a radio hears it again', () => {
    const visit = new Visit()
    for (const one of [...COMES, shows(foundUnit(UNITS[0] ?? STOLEN)), shows(foundUnit(UNITS[0] ?? STOLEN), 'tag')]) one(visit)
    expect(visit.kiosk).toMatchObject({ at: 'cart', again: null })
    shows(foundUnit(UNITS[0] ?? STOLEN))(visit)
    expect(visit.kiosk.again).toBe(visit.sale?.lines[0]?.lineId)
    expect(visit.sale?.lines).toHaveLength(1)
  })
})
