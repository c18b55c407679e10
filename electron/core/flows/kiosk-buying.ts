import type { Notice } from '../../../contract/notice.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { isGiftVoucher } from '../prices/gift-voucher.ts'
import type { Found } from '../scans/found.ts'
import { colleague } from './kiosk-colleague.ts'
import { KIOSK_START, type AskedOfSale, type HandOverWhy, type KioskFacts, type KioskInput, type KioskState, type KioskStep, type ScannedBy } from './kiosk-state.ts'
import type { SaleState } from './sale-state.ts'

/** So many things lie on the shelf beside a kiosk; who buys more is better served at a till. */
const LINES_MAX = 50

/**
 * One step of a customer who buys alone. What is sold, at what price and whether at all is decided by the sale behind
 * the kiosk, the same as at the counter; here stands only what a customer may ask of it, and what then needs a person.
 */
export function stepBuying(state: KioskState, input: KioskInput, facts: KioskFacts): KioskStep {
  const no: KioskStep = { state, intents: [], refused: 'not-in-this-state' }
  if (input.do === 'more-time' || input.do === 'heard') return { state, intents: [] }
  switch (state.at) {
    case 'cart':
      return inCart(state, input, facts)
    case 'paying':
      if (input.do === 'sale-stepped') return afterSale(state, facts)
      if (input.do === 'cancel-card') return ask(state, { do: 'cancel-terminal' })
      return input.do === 'scanned' ? { state, intents: [] } : no
    case 'bought':
      if (input.do === 'finish') return { state: KIOSK_START, intents: [] }
      return input.do === 'scanned' ? { state, intents: [] } : no
    default:
      return no
  }
}

function inCart(state: KioskState, input: KioskInput, facts: KioskFacts): KioskStep {
  const no: KioskStep = { state, intents: [], refused: 'not-in-this-state' }
  switch (input.do) {
    case 'scanned':
      return scanned(state, input.found, input.by, facts)
    case 'sale-stepped':
      return afterSale(state, facts)
    case 'remove-line':
      return ask(state, { do: 'remove-line', lineId: input.lineId })
    case 'set-quantity':
      return ask(state, { do: 'set-quantity', lineId: input.lineId, quantity: input.quantity })
    case 'keep-line':
      return { state: { ...state, again: null, remark: null }, intents: [] }
    case 'pay':
      return pay(state, facts)
    case 'claimed-elsewhere':
      return colleague(state, facts, 'claimed-elsewhere')
    case 'call-colleague':
      return colleague(state, facts, 'asked-for')
    case 'back':
      // A full cart is not lost by one key: its things are taken out, or the whole is stopped.
      if ((facts.cart?.sale.lines.length ?? 0) > 0) return no
      return { state: { ...state, at: 'choose-task', task: 'return', sale: null, again: null, remark: null }, intents: [{ want: 'leave-sale' }] }
    case 'finish':
      return { state: KIOSK_START, intents: [] }
    default:
      return no
  }
}

/** One input of the sale behind the kiosk, and a look at what became of it. */
const ask = (state: KioskState, input: AskedOfSale): KioskStep => ({
  state: { ...state, again: null, remark: null }, intents: [{ want: 'step-sale', input }],
})

function scanned(state: KioskState, found: Found, by: ScannedBy, facts: KioskFacts): KioskStep {
  if (found.is === 'receipt') return { state: { ...state, remark: 'no-receipt-here' }, intents: [] }
  // What nothing answers to may be the number of a payment card: it is kept nowhere.
  const about = { ...state, by, text: found.is === 'nothing' ? '' : found.text, unitId: found.is === 'unit' ? found.hit.unit.id : null }
  return facts.mayCheck ? ask(about, { do: 'scanned', found }) : colleague(about, facts, 'too-many-checks')
}

function pay(state: KioskState, facts: KioskFacts): KioskStep {
  const { cart, buyUpTo_cents } = facts
  if (cart === null || cart.sale.lines.length === 0) return { state, intents: [], refused: 'not-in-this-state' }
  if (cart.isAsking) return { state: { ...state, remark: 'one-moment' }, intents: [] }
  if (buyUpTo_cents === null || cart.due_cents > buyUpTo_cents || cart.due_cents <= 0) return colleague(state, facts, 'buy-limit')
  if (cart.wantsCustomer) return colleague(state, facts, 'gate')
  return ask(state, { do: 'pay' })
}

/** What the sale has come to, looked at after each of its steps, by whomever it was taken. */
function afterSale(state: KioskState, facts: KioskFacts): KioskStep {
  const { cart } = facts
  if (cart === null) return { state, intents: [], refused: 'not-in-this-state' }
  const { sale } = cart
  switch (sale.at) {
    case 'open':
      return state.at === 'paying' ? paidForNothing(state, sale, facts) : inOrder(state, sale, facts)
    case 'gating':
      return colleague(state, facts, 'gate')
    case 'tendering':
      if (state.at === 'paying')
        return { state: { ...state, at: 'cart', remark: 'card-not-paid' }, intents: [{ want: 'step-sale', input: { do: 'back-to-cart' } }] }
      return { state, intents: [{ want: 'step-sale', input: { do: 'tender', kind: 'card', given_cents: cart.due_cents } }] }
    case 'asking-terminal':
      return sale.asking?.outcome === 'unknown' ? colleague({ ...state, unitId: null }, facts, 'card-unknown') : { state: { ...state, at: 'paying', unitId: null, remark: null }, intents: [] }
    case 'paid':
      return { state: { ...state, at: 'bought', unitId: null, remark: null, again: null }, intents: [] }
    default:
      return { state, intents: [], refused: 'not-in-this-state' }
  }
}

/** The card has paid, and meanwhile a piece may not be sold any more: the money goes back by itself, and a person explains. */
function paidForNothing(state: KioskState, sale: SaleState, facts: KioskFacts): KioskStep {
  const step = withPiece(state, unitMeant(sale), sale, facts, 'verdict')
  return { ...step, state: { ...step.state, remark: 'card-goes-back' } }
}

/** To a colleague with the piece that is in question and the verdict on it; a quiet one tells nobody else. */
function withPiece(state: KioskState, unitId: string | null, sale: SaleState, facts: KioskFacts, why: HandOverWhy): KioskStep {
  const verdict = unitId === null ? null : facts.verdictToSell(unitId)
  return colleague({ ...state, unitId, verdict }, facts, why, { quiet: sale.notice?.tone === 'quiet' })
}

function inOrder(state: KioskState, sale: SaleState, facts: KioskFacts): KioskStep {
  const why = needsPerson(sale)
  if (why !== null) return withPiece(state, state.unitId ?? unitMeant(sale), sale, facts, why)
  const { notice } = sale
  const again = notice?.code === 'already-in-cart' && state.by === 'print' && notice.offer?.kind === 'remove-line' ? notice.offer.lineId : null
  return { state: { ...state, unitId: null, again, remark: notice === null ? state.remark : remarkOf(notice) }, intents: [] }
}

/** Why this cart is not for a customer alone; null where it is. */
function needsPerson({ notice, question, stranger, partOfSet, undecided, planWaiting, kits, lines }: SaleState): HandOverWhy | null {
  if (stranger) return 'number'
  if (partOfSet || (kits ?? []).length > 0 || lines.some(({ parts }) => (parts ?? []).length > 0)) return 'set'
  if (question || undecided || planWaiting || lines.some(isForPerson)) return 'verdict'
  if (notice !== null && (notice.tone === 'stop' || notice.tone === 'quiet') && !(notice.code in SLIPS)) return 'verdict'
  return lines.length > LINES_MAX ? 'buy-limit' : null
}

/** A promise of money or of service is sold by somebody who explains it, and what has no price by somebody who knows it. */
const isForPerson = (line: SaleLine): boolean =>
  line.unitPrice_cents <= 0 || line.plan !== undefined || line.waived !== undefined || line.tracking === 'service' || isGiftVoucher(line)

/** What a customer sets right alone, by a second look at the label. */
const SLIPS: Readonly<Record<string, string>> = {
  'unknown-code': 'not-found', 'wrong-format': 'not-found', 'separator-lost': 'try-again', 'broken-label': 'try-again', 'bad-check-digit': 'try-again', 'card-number': 'card-number',
}

const remarkOf = ({ code }: Notice): string | null => SLIPS[code] ?? (code === 'scan-the-serial' ? code : null)

/** The piece that the sale speaks of. */
function unitMeant({ notice, lines }: SaleState): string | null {
  const offer = notice?.offer
  if (offer?.kind === 'remove-line') return lines.find(({ lineId }) => lineId === offer.lineId)?.unitId ?? null
  return offer?.kind === 'check-unit' ? offer.unitId : null
}
