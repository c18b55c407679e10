import { z } from 'zod'
import { CheckView } from './check-view.ts'
import { CustomerOfSale } from './customer.ts'
import { DeviceView } from './device-view.ts'
import { ExchangeView } from './exchange-view.ts'
import { HeldClock } from './held-clock.ts'
import { Id, Instant, Language } from './ids.ts'
import { HandOverView, KioskHealth } from './hand-over.ts'
import { KioskDoorView, KioskView } from './kiosk-view.ts'
import { Currency } from './money.ts'
import { Notice } from './notice.ts'
import { PrintJobView } from './print-state.ts'
import { PolicyState } from './policy-view.ts'
import { ReturnView } from './return-view.ts'
import { Right, Role, Seat } from './roles.ts'
import { ParkedSale, SaleView } from './sale-view.ts'
import { ShiftView } from './shift-view.ts'
import { StaffTile } from './staff-tile.ts'
import { TradeInView } from './trade-in-view.ts'
import { SyncView } from './sync/sync-view.ts'

export const Person = z.object({ staffId: Id, name: z.string(), role: Role, rights: z.array(Right) })
export type Person = z.infer<typeof Person>

/** A right that a colleague lent for one act, with who answers for it and why; gone when used or when its time is over. */
export const Grant = z.object({ right: Right, staffId: Id, name: z.string(), reason: z.string(), until: Instant })
export type Grant = z.infer<typeof Grant>

export const SessionView = z.discriminatedUnion('at', [
  /** `chosen` is who held a badge under the scanner; the PIN is asked for all the same. */
  z.object({ at: z.literal('signed-out'), staff: z.array(StaffTile), chosen: Id.nullable() }),
  /** `badge` is who has just held a badge under the scanner beside the person at the till: a colleague who steps up. */
  z.object({ at: z.literal('signed-in'), person: Person, since: Instant, grant: Grant.nullable(), badge: Id.nullable() }),
  /** A till without a shop: the first manager is made here. */
  z.object({ at: z.literal('set-up') }),
  /** The kiosk needs nobody. */
  z.object({ at: z.literal('unattended') }),
])
export type SessionView = z.infer<typeof SessionView>

/** The flow in front. `home` is the empty state that says what to do. */
export const FrontView = z.discriminatedUnion('screen', [
  z.object({ screen: z.literal('home') }),
  z.object({ screen: z.literal('sale'), sale: SaleView }),
  z.object({ screen: z.literal('return'), return: ReturnView }),
  z.object({ screen: z.literal('check'), check: CheckView }),
  z.object({ screen: z.literal('exchange'), exchange: ExchangeView }),
  z.object({ screen: z.literal('trade-in'), tradeIn: TradeInView }),
  z.object({ screen: z.literal('kiosk'), kiosk: KioskView }),
])
export type FrontView = z.infer<typeof FrontView>

/** How fresh the copy of the centre's knowledge is. */
export const KnowledgeView = z.object({
  units: z.int(),
  asOf: Instant.nullable(),
  /** Events of this till the centre has not acknowledged. */
  waiting: z.int(),
})

/**
 * Everything the window draws, whole. `revision` rises with every change of this till; replies and events may
 * overtake each other, so a client keeps the highest it has seen.
 */
export const DeskView = z.object({
  revision: z.int(),
  seat: Seat,
  till: z.object({ tillId: Id, name: z.string() }),
  store: z.object({ storeId: Id, name: z.string(), country: z.string(), currency: Currency, timeZone: z.string() }),
  language: Language,
  /** False until somebody has chosen one: the first window then proposes that of its browser. */
  languageChosen: z.boolean(),
  demo: z.boolean(),
  session: SessionView,
  front: FrontView,
  shift: ShiftView,
  /** For whom the sale in front is; null where nobody was named. */
  customer: CustomerOfSale.nullable(),
  parked: z.array(ParkedSale),
  devices: z.array(DeviceView),
  /** Papers that are not on paper yet, or of which nobody knows. */
  papers: z.array(PrintJobView),
  /** Letters to customers that wait for a line, and those the other side refused. */
  mails: z.object({ waiting: z.int(), refused: z.int() }),
  knowledge: KnowledgeView,
  /** The line to the centre: what it has, what waits, what does not fit. */
  sync: SyncView,
  policy: PolicyState,
  /** Customers whom a kiosk of this store could not help alone. */
  handOvers: z.array(HandOverView),
  kiosks: z.array(KioskHealth),
  /** The staff's door of a kiosk; null while it is shut, and at other seats. */
  kioskDoor: KioskDoorView.nullable(),
  /**
   * How long a kiosk waits before it asks and before it wipes; null at other seats. `life` is another after each step of
   * the customer: what the till hears from its centre, its machines or other tills is no sign that anybody stands there.
   */
  kioskIdle: z.object({ warnAfter_ms: z.int(), wipeAfter_ms: z.int(), life: z.string() }).nullable(),
  /** Records that lie ahead of the clock, until somebody sets it right; null where all is well. */
  heldClock: HeldClock.nullable(),
  /** A remark about the till itself: a full disk, a clock that jumped, a mirror thrown away. */
  alarm: Notice.nullable(),
})
export type DeskView = z.infer<typeof DeskView>
