import type { SaleLine } from '../../../contract/sale-view.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'
import type { Plan } from '../prices/sets-and-plans.ts'
import { lineOf, withLine, type SaleStep } from './sale-lines.ts'
import type { Choice, SaleFacts, SaleState } from './sale-state.ts'
import { say } from './say.ts'

/** A plan protects one piece: of this cart, or one that was sold before and is scanned next. It never floats. */
export function scanPlan(state: SaleState, text: string, product: Product, plan: Plan, facts: SaleFacts): SaleStep {
  const pieces = state.lines.filter((line) => line.unitId !== null && isFor(plan, line.category) && !hasPlan(state, line.unitId))
  const [only] = pieces
  if (only === undefined)
    return {
      state: { ...state, question: null, planWaiting: { product, plan }, notice: say(facts, 'info', 'plan-scan-piece', { name: product.name }) },
      intents: [],
    }
  if (pieces.length === 1) return withPlan(state, product, plan, pieceOfLine(only), facts)
  const choices: Choice[] = pieces.map((line) => ({ is: 'plan', choice: line.unitId ?? '', product, plan, piece: pieceOfLine(line) }))
  return { state: { ...state, notice: null, question: { text, choices } }, intents: [] }
}

const isFor = (plan: Plan, category: string | undefined): boolean =>
  plan.categories.length === 0 || (category !== undefined && plan.categories.includes(category))

const hasPlan = (state: SaleState, unitId: string): boolean => state.lines.some((line) => line.plan?.unitId === unitId)

type Piece = Omit<NonNullable<SaleLine['plan']>, 'months'>

const pieceOfLine = (line: SaleLine): Piece => ({ unitId: line.unitId ?? '', name: line.name, serial: line.aliases[0]?.value ?? '', earlier: false })

export function withPlan(state: SaleState, product: Product, plan: Plan, piece: Piece, facts: SaleFacts): SaleStep {
  const line: SaleLine = { ...lineOf(product, facts), plan: { ...piece, months: plan.months } }
  const notice = say(facts, 'good', 'plan-added', { name: product.name, piece: piece.name })
  return { state: { ...withLine(state, line, notice), planWaiting: null }, intents: [] }
}

/** A piece that was sold before, scanned while a plan waits for one; null where it is not for this plan. */
export function planForEarlier(state: SaleState, unit: KnownUnit, facts: SaleFacts): SaleStep | null {
  const { planWaiting } = state
  const { title, cover } = unit.facts
  if (!planWaiting || (title.is !== 'sold' && title.is !== 'transferred')) return null
  if (!isFor(planWaiting.plan, unit.product.category) || hasPlan(state, unit.id) || cover.some(({ layer }) => layer === 'plan')) return null
  const piece = { unitId: unit.id, name: unit.product.name, serial: unit.aliases[0]?.value ?? '', earlier: true }
  return withPlan(state, planWaiting.product, planWaiting.plan, piece, facts)
}

/** A plan whose piece was taken out of the cart protects nothing: it is not sold. */
export function planWithoutPiece(state: SaleState, facts: SaleFacts): SaleStep | null {
  const alone = state.lines.find(({ plan }) => plan !== undefined && !plan.earlier && !state.lines.some(({ unitId }) => unitId === plan.unitId))
  if (!alone) return null
  const notice = say(facts, 'stop', 'plan-without-piece', { name: alone.name }, { kind: 'remove-line', lineId: alone.lineId })
  return { state: { ...state, notice }, intents: [] }
}

/** The number of a contract: the receipt it was sold with and its place on it. */
export const contractNumber = (receipt: string, lines: readonly SaleLine[], line: SaleLine): string =>
  `${receipt}-P${lines.filter(({ plan }) => plan !== undefined).indexOf(line) + 1}`
