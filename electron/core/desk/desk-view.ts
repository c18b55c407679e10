import type { DeskView, FrontView, SessionView } from '../../../contract/desk-view.ts'
import type { DeviceView } from '../../../contract/device-view.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { PrintJobView } from '../../../contract/print-state.ts'
import type { ParkedSale, TerminalProgress } from '../../../contract/sale-view.ts'
import { add, cents } from '../../../contract/money.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { heldClock } from '../clock/held-clock.ts'
import type { CustomersAtDesk } from '../customers/card-at-desk.ts'
import type { CheckState } from '../flows/check.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { ExchangeState } from '../flows/exchange-state.ts'
import type { ReturnState } from '../flows/return-state.ts'
import type { TradeInState } from '../flows/trade-in.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { totalsOf } from '../flows/totals.ts'
import type { Ground } from '../ground.ts'
import { handOversHere } from '../hand-overs/hand-over-view.ts'
import type { KioskAtDesk } from '../hand-overs/kiosk-at-desk.ts'
import { depositLeft } from '../money/deposits.ts'
import { depositsOf } from '../money/sale-credits.ts'
import { grantOf } from '../people/authority.ts'
import { policyState } from '../policy/policy-state.ts'
import { mailCounts } from '../mails/mail-rows.ts'
import { signedIn } from '../people/session.ts'
import { staffOf, tileOf } from '../people/staff.ts'
import { flowOf, parkedFlows } from '../store/flows.ts'
import { ALONE, type SyncView } from '../../../contract/sync/sync-view.ts'
import { metaValue } from '../store/meta.ts'
import { documentHead, jobsGoingOn } from '../store/papers.ts'
import { returnFacts } from '../returns/return-facts.ts'
import { returnView } from '../returns/return-views.ts'
import { exchangeFacts, exchangeView } from '../returns/run-exchange.ts'
import { tradeInView } from '../returns/run-trade-in.ts'
import type { Writing } from '../store/store.ts'
import { checkView, printStateOf, saleView, unitCard, unitsQuestion } from './flow-views.ts'
import { frontOf } from './going-on.ts'
import { doorView } from './kiosk-door-state.ts'
import { buyUpTo_cents } from './kiosk-sale.ts'
import { kioskView, type KioskAround } from './kiosk-view.ts'
import { offerFor } from './run-kiosk.ts'
import { shiftView } from './shift-view.ts'

/** Everything the window draws, read afresh from the rows: there is no second truth to drift from them. */
export function deskView(
  ground: Ground,
  around: { revision: number; devices: readonly DeviceView[]; alarm: Notice | null; progress: TerminalProgress | null; chosen: string | null; customers: CustomersAtDesk | null; kiosk: KioskAtDesk | null; sync: SyncView | null },
): DeskView {
  const { place } = ground
  return {
    revision: around.revision,
    seat: ground.seat,
    till: { tillId: ground.till.id, name: ground.till.name },
    store: { storeId: place.id, name: place.name, country: place.country, currency: place.currency, timeZone: place.time_zone },
    language: ground.language,
    languageChosen: metaValue(ground.store.reading, 'language') !== null,
    demo: ground.demo,
    session: sessionView(ground, around.chosen),
    front: frontView(ground, around),
    shift: shiftView(ground),
    customer: customerInFront(ground, around.customers),
    parked: parkedSales(ground),
    devices: [...around.devices],
    papers: papersGoingOn(ground),
    mails: mailCounts(ground.store.reading),
    knowledge: {
      units: ground.mirror.unitCount,
      asOf: ground.mirror.about('as_of'),
      waiting: around.sync?.waiting.events ?? 0,
    },
    sync: around.sync ?? ALONE,
    policy: policyState(ground),
    handOvers: handOversHere(ground),
    kiosks: [...(around.kiosk?.kiosks() ?? [])],
    kioskDoor: doorView(ground),
    kioskIdle: ground.seat === 'kiosk' ? idleView(ground) : null,
    heldClock: heldClock(ground),
    alarm: around.alarm,
  }
}

function idleView(ground: Ground): DeskView['kioskIdle'] {
  const { idleWarnAfter_ms: warnAfter_ms, idleWipeAfter_ms: wipeAfter_ms } = ground.policy().kiosk
  const { flowId } = frontOf(ground.store.reading)
  const flow = flowId === null ? null : flowOf(ground.store.reading, flowId)
  return { warnAfter_ms, wipeAfter_ms, life: `${flow?.id ?? ''} ${flow?.revision ?? 0}` }
}

function customerInFront(ground: Ground, customers: CustomersAtDesk | null): DeskView['customer'] {
  const { screen, flowId } = frontOf(ground.store.reading)
  return screen === 'sale' && flowId !== null && customers !== null ? customers.ofFlow(flowId) : null
}

function sessionView(ground: Ground, chosen: string | null): SessionView {
  if (ground.seat === 'kiosk') return { at: 'unattended' }
  const session = signedIn(ground)
  if (session) return { at: 'signed-in', person: session.person, since: session.since, grant: grantOf(ground, ground.store.reading), badge: chosen === session.person.staffId ? null : chosen }
  const staff = staffOf(ground)
  if (staff.length === 0) return { at: 'set-up' }
  return { at: 'signed-out', staff: staff.map((row) => tileOf(ground, row)), chosen: staff.some((row) => row.id === chosen) ? chosen : null }
}

type Machines = Pick<Parameters<typeof deskView>[1], 'progress' | 'devices' | 'kiosk'>

function frontView(ground: Ground, machines: Machines): FrontView {
  const { progress } = machines
  const front = frontOf(ground.store.reading)
  const flow = front.flowId === null ? null : flowOf(ground.store.reading, front.flowId)
  if (!flow) return { screen: 'home' }
  switch (flow.kind) {
    case 'sale':
      return { screen: 'sale', sale: saleView(ground, flow.id, flow.state as SaleState, progress) }
    case 'return':
      return { screen: 'return', return: returnOf(ground, flow.id, flow.state as ReturnState, progress) }
    case 'exchange':
      return { screen: 'exchange', exchange: exchangeOf(ground, flow.id, flow.state as ExchangeState, progress) }
    case 'trade-in':
      return { screen: 'trade-in', tradeIn: tradeInView(ground, flow.id, flow.state as TradeInState, partsOf(ground)) }
    case 'check':
      return { screen: 'check', check: checkView(ground, flow.id, flow.state as CheckState) }
    case 'kiosk':
      return { screen: 'kiosk', kiosk: kioskView(ground, flow.id, flow.state as KioskState, kioskAround(ground, machines)) }
    default:
      return unreachable(flow.kind)
  }
}

const kioskAround = (ground: Ground, { devices, kiosk }: Machines): KioskAround => ({
  hasPad: devices.some(({ role, state }) => role === 'pad' && state === 'ready'),
  mayBuy: buyUpTo_cents({ ground, terminal: kiosk?.terminal() ?? null }) !== null,
  labelOf: (returnId) => kiosk?.labelOf(returnId) ?? 'none',
  offerFor: (unit, state) => offerFor({ ground, terminal: kiosk?.terminal() ?? null }, unit, state.seen),
})

/** What lies on goods that wait; of several deposits the sum, under the number of the first. */
function depositOn(ground: Ground, flowId: string): ParkedSale['deposit'] {
  const deposits = depositsOf(ground, ground.store.reading, flowId)
  const [first] = deposits
  if (first === undefined) return null
  const left = depositLeft({ ground, db: ground.store.reading }, first.number)
  const back = left.ok ? left.value.shares.map(({ kind, amount_cents }) => ({ kind, amount_cents: cents(amount_cents) })) : []
  return { number: first.number, amount_cents: add(...deposits.map((deposit) => deposit.balance_cents)), back }
}

function parkedSales(ground: Ground): ParkedSale[] {
  const place = { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 }
  const names = new Map(staffOf(ground).map((row) => [row.id, row.name]))
  return parkedFlows(ground.store.reading, 'sale').map((flow) => {
    const state = flow.state as SaleState
    const totals = totalsOf(state.lines, place)
    return {
      flowId: flow.id, name: flow.name ?? '', pieces: totals.pieces, total_cents: totals.gross_cents, currency: totals.currency,
      parkedAt: flow.touchedAt, by: names.get(flow.staffId ?? '') ?? '',
      deposit: depositOn(ground, flow.id),
    }
  })
}

function papersGoingOn(ground: Ground): PrintJobView[] {
  return jobsGoingOn(ground.store.reading).map((job) => {
    const document = documentHead(ground.store.reading, job.document_id)
    return {
      jobId: job.id, documentId: job.document_id, kind: document?.kind ?? '', title: document?.number ?? '', copy: job.copy === 1,
      at: job.queued_at,
      print: { jobId: job.id, state: job.state === 'given-up' ? 'not-printed' : job.state, why: job.why },
    }
  })
}

function returnOf(ground: Ground, flowId: string, state: ReturnState, progress: TerminalProgress | null) {
  const staff = signedIn(ground)?.person ?? null
  const facts = returnFacts({ ground, db: ground.store.reading as Writing, flowId, staff, terminal: null }, state)
  return returnView(ground, flowId, state, { facts, progress, ...partsOf(ground) })
}

function exchangeOf(ground: Ground, flowId: string, state: ExchangeState, progress: TerminalProgress | null) {
  const staff = signedIn(ground)?.person ?? null
  const facts = exchangeFacts({ ground, db: ground.store.reading as Writing, flowId, staff, terminal: null }, state)
  return exchangeView(ground, flowId, state, facts, { progress, ...partsOf(ground) })
}

const partsOf = (ground: Ground) => ({
  card: unitCard,
  print: (documentId: string) => printStateOf(ground, documentId),
  question: (question: { text: string; unitIds: readonly string[] } | null) => unitsQuestion(ground, question),
})
