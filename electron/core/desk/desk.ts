import type { CheckAction } from '../../../contract/check-view.ts'
import type { DeskView, Person } from '../../../contract/desk-view.ts'
import type { DeviceView } from '../../../contract/device-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Language } from '../../../contract/ids.ts'
import type { KioskAction } from '../../../contract/kiosk-view.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { ReturnAction } from '../../../contract/return-view.ts'
import type { Right } from '../../../contract/roles.ts'
import type { SaleAction, TerminalProgress } from '../../../contract/sale-view.ts'
import type { SyncView } from '../../../contract/sync/sync-view.ts'
import type { ShiftAction } from '../../../contract/shift-view.ts'
import type { CustomersAtDesk } from '../customers/card-at-desk.ts'
import { unitOf } from '../facts/judge.ts'
import { markScan } from '../figures/scan-marks.ts'
import type { Deed, TerminalLink } from '../flows/deed.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import type { KioskAtDesk } from '../hand-overs/kiosk-at-desk.ts'
import { rightsNow, takeAuthority, useUpLent } from '../people/authority.ts'
import { badgeSignsIn, signedIn, touchSession } from '../people/session.ts'
import { personOf, staffOf } from '../people/staff.ts'
import { isAside, type Aside, type Found } from '../scans/found.ts'
import type { Scan } from '../scans/knowledge.ts'
import { resolve } from '../scans/resolve.ts'
import { setMeta } from '../store/meta.ts'
import { DiskFailed, DiskFull, type Writing } from '../store/store.ts'
import { recordReading } from '../tags/readings.ts'
import { acceptTap } from '../tags/sun-tags.ts'
import { actShift } from './act-shift.ts'
import { deskView } from './desk-view.ts'
import { isForSale } from './for-sale.ts'
import { frontOf, setFront, type Screen } from './going-on.ts'
import { isClosed, setDoor } from './kiosk-door-state.ts'
import { COUNTER_FLOWS } from './counter-flows.ts'
import { runCheck } from './run-check.ts'
import { kioskInHand, runKiosk } from './run-kiosk.ts'
import { actReturn } from './run-return.ts'
import { frontFor, recallSale } from './recall-sale.ts'
import { Rollback } from './rollback.ts'
import { runSale, saleInHand, type SaleOutcome } from './run-sale.ts'
import { sayAside } from './say-aside.ts'
import { scanVoucher } from './scan-voucher.ts'
import type { ViewFeed } from './view-feed.ts'

/** What the desk needs to know of the machines around it. */
export interface Around {
  hasPrinter(): boolean
  /** Whether what comes back gets a label of its way here; the slip comes out with the paper where not. */
  hasLabelPrinter(): boolean
  devices(): readonly DeviceView[]
  /** Null where no card terminal is set up. */
  terminal(): (TerminalLink & { readonly progress: TerminalProgress | null }) | null
  sync(): SyncView | null
  /** Null while the machines are still being opened. */
  customers(): CustomersAtDesk | null
  kiosk(): KioskAtDesk | null
  /** Called after every durable change: what is begun before it is told stands in the same view, what is printed comes after. */
  beforeTold(): void
  afterWrite(): void
}

const RIGHT_TO = { sale: 'sell', return: 'take-back', check: 'check', exchange: 'take-back', 'trade-in': 'take-back' } as const satisfies Record<string, Right>

/** The desk of one till: every act of a person or a scanner goes through here, one at a time, each in one transaction. */
export class Desk {
  readonly ground: Ground
  readonly #around: Around
  readonly #feed: ViewFeed
  #alarm: Notice | null = null
  /** Who held a badge under the scanner, to sign in or to step up beside the person at the till: the PIN is still asked for. */
  #chosen: string | null = null

  constructor(ground: Ground, around: Around, feed: ViewFeed) {
    this.ground = ground
    this.#around = around
    this.#feed = feed
    if (ground.seat === 'kiosk')
      ground.store.write((db) => setFront(db, { screen: 'kiosk', flowId: kioskInHand(ground, db) }))
  }

  view(): DeskView {
    return deskView(this.ground, { revision: this.#feed.revision, devices: this.#around.devices(), alarm: this.#alarm, chosen: this.#chosen, customers: this.#around.customers(), kiosk: this.#around.kiosk(), sync: this.#around.sync(), progress: this.#around.terminal()?.progress ?? null })
  }

  /** Something changed that stands in no flow: a device, a print job, the language. */
  changed(): void {
    this.#feed.tell(() => this.view())
  }

  raise(alarm: Notice | null): void {
    this.#alarm = alarm
    this.changed()
  }

  /** One input for everything; what it is about decides where it goes. */
  scan(scan: Scan): Result<DeskView> {
    if (this.ground.seat !== 'kiosk' && !signedIn(this.ground)) return this.#scanSignedOut(scan)
    return this.#act((db) => {
      const known = this.#resolve(db, scan)
      if (known.is === 'voucher' && this.ground.seat !== 'kiosk')
        return scanVoucher(this.#deed(db, ''), known.number, this.#may('sell'), (notice) => (this.#alarm = notice))
      const found = isAside(known) ? this.#beside(db, known) : known
      if (found === null) return ok(null)
      const done = this.#scanInFront(db, found, scan)
      if (done.ok) markScan(this.ground, db, scan, found)
      return done
    })
  }

  #scanInFront(db: Writing, found: Found, { channel }: Scan): Result<unknown> {
    const { screen } = frontOf(db)
    switch (screen) {
      case 'kiosk':
        // What is held under a closed kiosk's scanner begins nothing that the next customer would find.
        if (isClosed(this.ground)) return ok(null)
        return runKiosk(this.#deed(db, kioskInHand(this.ground, db)), { do: 'scanned', found, by: channel === 'rfid' || channel === 'nfc' ? 'tag' : 'print' })
      case 'return': case 'exchange': case 'trade-in': case 'check':
        return this.#scanInto(this.#may(RIGHT_TO[screen]) ? screen : 'check', db, found)
      case 'sale':
        return this.#may('sell') ? this.#scanIntoSale(db, found) : this.#scanInto('check', db, found)
      default:
        return this.#scanAtHome(db, found)
    }
  }

  go(to: Exclude<Screen, 'kiosk'>, unitId: string | null, shown: 'scanned' | 'picked' = 'scanned'): Result<DeskView> {
    return this.#act((db) => {
      if (to === 'home') return ok(setFront(db, { screen: 'home', flowId: null }))
      const right = RIGHT_TO[to]
      if (!this.#may(right)) return refused('no-right', { right })
      if (to === 'sale') {
        if (this.ground.seat !== 'counter') return refused('not-your-seat')
        return ok(setFront(db, { screen: 'sale', flowId: saleInHand(this.ground, db, this.#staffId) }))
      }
      const flowId = COUNTER_FLOWS[to].inHand(this.ground, db, this.#staffId)
      setFront(db, { screen: to, flowId })
      if (unitId === null) return ok(null)
      const unit = unitOf(this.ground, unitId)
      if (!unit) return refused('no-such-unit')
      const text = unit.aliases[0]?.value ?? unit.id
      return COUNTER_FLOWS[to].run(this.#deed(db, flowId), { do: 'take-unit', unitId, text, shown })
    })
  }

  actSale(flowId: string, action: SaleAction): Result<DeskView> {
    if (!this.#may('sell')) return refused('no-right', { right: 'sell' })
    return this.#act((db) => this.#afterSale(db, runSale(this.#deed(db, flowId), action)))
  }

  /**
   * What a machine has to say to a flow, in the name of the person who asked it: one turn, one transaction, like an
   * act of that person, whoever is signed in by now.
   */
  tellFlow(flowId: string, staff: Deed['staff'], body: (deed: Deed) => Result<unknown>): Result<DeskView> {
    return this.#act((db) => body({ ...this.#deed(db, flowId), staff }))
  }

  beginSale(): Result<DeskView> {
    return this.go('sale', null)
  }

  /** Brings a parked sale to the front; one that is in hand with lines is parked in its place, never lost. */
  recall(flowId: string): Result<DeskView> {
    if (!this.#may('sell')) return refused('no-right', { right: 'sell' })
    return this.#act((db) => recallSale(this.ground, db, flowId, this.#staffId))
  }

  actReturn(flowId: string, action: ReturnAction): Result<DeskView> {
    if (!this.#may('take-back')) return refused('no-right', { right: 'take-back' })
    return this.#act((db) => actReturn(this.#deed(db, flowId), action))
  }

  actCheck(flowId: string, action: CheckAction): Result<DeskView> {
    return this.#act((db) => runCheck(this.#deed(db, flowId), action))
  }

  actKiosk(action: KioskAction): Result<DeskView> {
    return this.#act((db) => {
      const flowId = kioskInHand(this.ground, db)
      setFront(db, { screen: 'kiosk', flowId })
      return runKiosk(this.#deed(db, flowId), action)
    })
  }

  actShift(action: ShiftAction): Result<DeskView> {
    return this.#act((db) => actShift(this.#deed(db, ''), action))
  }

  setLanguage(language: Language): Result<DeskView> {
    return this.#act((db) => ok(setMeta(db, 'language', language)))
  }

  /** Somebody else is at the till now: what is in front is the own work, or the start. */
  arrive(person: Person): void {
    this.ground.store.write((db) => frontFor(this.ground, db, person, (screen) => person.rights.includes(RIGHT_TO[screen])))
  }

  /** Rights are data of the policy; the page may hide a button, but it is refused here. */
  #may(right: Right): boolean {
    return this.person !== null && this.rights(this.person).includes(right)
  }

  /** What the person may do now: own rights, and the one a colleague lent for the next act. */
  rights(person: Person): readonly Right[] {
    return rightsNow(this.ground, person)
  }

  /** A call that needed a right is done; a lent one is lent for one. */
  useUp(right: Right): void {
    if (useUpLent(this.ground, this.person, right)) this.changed()
  }

  get person(): Person | null {
    return signedIn(this.ground)?.person ?? null
  }

  get #staffId(): string | null {
    return this.person?.staffId ?? null
  }

  #deed(db: Writing, flowId: string): Deed {
    const person = this.person
    return {
      ground: this.ground,
      db,
      flowId,
      staff: person && { staffId: person.staffId, name: person.name },
      authority: (right, reaches) => takeAuthority(this.ground, db, person, right, reaches),
      hasPrinter: this.#around.hasPrinter(),
      hasLabelPrinter: this.#around.hasLabelPrinter(),
      terminal: this.#around.terminal(),
      setting: this.ground.paperSetting(),
    }
  }

  /** For acts of other rooms: one turn of the person at the till, like any act of the desk. */
  act(flowId: string, body: (deed: Deed) => Result<unknown>): Result<DeskView> {
    return this.#act((db) => body(this.#deed(db, flowId)))
  }

  /** The same, where what the act brought is asked for and not the screen: the number it gave, the paper it made. */
  turn<T>(flowId: string, body: (deed: Deed) => Result<T>): Result<T> {
    return this.#turn((db) => body(this.#deed(db, flowId)))
  }

  #act(body: (db: Writing) => Result<unknown>): Result<DeskView> {
    const done = this.#turn(body)
    return done.ok ? ok(this.#feed.atThisRevision(() => this.view())) : done
  }

  /** One turn, one transaction: a refusal takes back whatever the body had begun to write. */
  #turn<T>(body: (db: Writing) => Result<T>): Result<T> {
    this.#chosen = null
    let brought: T
    try {
      brought = this.ground.store.write((db) => {
        const result = body(db)
        if (!result.ok) throw new Rollback(result.fault)
        return result.value
      })
    } catch (error) {
      if (error instanceof Rollback) return { ok: false, fault: error.fault }
      if (error instanceof DiskFailed) return refused('disk-failed')
      if (!(error instanceof DiskFull)) throw error
      this.raise(say(this.ground, 'stop', 'disk-full'))
      return refused('disk-full')
    }
    if (this.ground.store.isFull && this.#alarm === null) this.raise(say(this.ground, 'stop', 'disk-full'))
    touchSession(this.ground)
    this.#around.beforeTold()
    this.changed()
    this.#around.afterWrite()
    return ok(brought)
  }

  /** What a tag or a signed label proved is kept in this very transaction: a tap counts once, whatever happens next. */
  #resolve(db: Writing, scan: Scan): Found | Aside {
    const { ground } = this
    const { found, proofs, tap } = resolve(scan, {
      mirror: ground.mirror,
      db,
      today: ground.now().slice(0, 10),
      storeId: ground.place.id,
      unit: (unitId) => unitOf(ground, unitId),
      isCustomerCard: (number) => (this.#around.customers()?.byCard(number) ?? null) !== null,
      staffByBadge: (badge) => this.#staffByBadge(badge),
    })
    if (tap !== null) acceptTap(db, tap)
    for (const { unitId, proof } of proofs) recordReading(db, unitId, ground.now(), proof)
    return found
  }

  #staffByBadge(badge: string) {
    return staffOf(this.ground).find((person) => person.badge === badge) ?? null
  }

  /** A badge chooses its owner on the sign-in screen, and no more unless the policy says so: whoever found it does not know the PIN. */
  #scanSignedOut(scan: Scan): Result<DeskView> {
    const person = this.#staffByBadge(scan.text.trim())
    if (!person) return refused('not-signed-in')
    if (badgeSignsIn(this.ground, person)) this.arrive(personOf(this.ground, person))
    else this.#chosen = person.id
    this.changed()
    return ok(this.view())
  }

  /** A card of a person belongs to no flow: staff are told what it is, and a customer alone that it is not asked for here. */
  #beside(db: Writing, aside: Aside): Found | null {
    const { ground } = this
    if (ground.seat === 'kiosk') {
      if (aside.is !== 'badge') return { is: 'nothing', text: '', why: 'unknown-code' }
      setDoor(db, { at: 'asked', badge: { staffId: aside.staffId, name: aside.name } })
      return null
    }
    if (aside.is === 'badge' && aside.staffId !== this.#staffId) this.#chosen = aside.staffId
    const maySell = ground.seat === 'counter' && this.#may('sell')
    this.#alarm = sayAside(ground, db, aside, { customers: this.#around.customers(), maySell, staffId: this.#staffId })
    return null
  }

  /** In the idle screen a scan offers the right next step: what may be sold or is fetched is sold, what was sold is looked at. */
  #scanAtHome(db: Writing, found: Found): Result<unknown> {
    if (found.is === 'receipt' && this.#may('take-back')) return this.#scanInto('return', db, found)
    const sellable = this.ground.seat === 'counter' && this.#may('sell') && isForSale(this.ground, found)
    return sellable ? this.#scanIntoSale(db, found) : this.#scanInto('check', db, found)
  }

  /** A flow of staff that begins with a piece. */
  #scanInto(screen: keyof typeof COUNTER_FLOWS, db: Writing, found: Found): Result<unknown> {
    const flowId = COUNTER_FLOWS[screen].inHand(this.ground, db, this.#staffId)
    setFront(db, { screen, flowId })
    return COUNTER_FLOWS[screen].run(this.#deed(db, flowId), { do: 'scanned', found })
  }

  #scanIntoSale(db: Writing, found: Found): Result<unknown> {
    const flowId = saleInHand(this.ground, db, this.#staffId)
    setFront(db, { screen: 'sale', flowId })
    return this.#afterSale(db, runSale(this.#deed(db, flowId), { do: 'scanned', found }))
  }

  #afterSale(db: Writing, result: Result<SaleOutcome>): Result<unknown> {
    if (!result.ok || result.value.next === 'stay') return result
    const { text } = result.value
    const known = this.#resolve(db, { text, aim: null })
    return isAside(known) ? result : this.#scanInto('return', db, known)
  }
}
