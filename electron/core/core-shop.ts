import type { Clock } from '../../native/clock.ts'
import type { DeskView } from '../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../contract/fault.ts'
import { aimOf } from '../../contract/identity/symbology.ts'
import type { LifeLine } from '../../contract/journal.ts'
import type { Right } from '../../contract/roles.ts'
import type { StaffTile } from '../../contract/staff-tile.ts'
import type { CustomerCard } from '../../contract/customer.ts'
import type { CounterFigures } from '../../contract/figures.ts'
import type { UnitCard } from '../../contract/unit.ts'
import { OutsideDesk } from './checks/outside-desk.ts'
import { CountingDesk } from './counting/counting-desk.ts'
import { CustomerDesk } from './customers/customer-desk.ts'
import { CustomerExchange } from './customers/customer-exchange.ts'
import { openCustomerKey } from './customers/customer-key.ts'
import { ActivationDesk } from './activations/activation-desk.ts'
import { AuthorityDesk } from './authorities/authority-desk.ts'
import { anybodySealed } from './customers/customer-rows.ts'
import { demoExamples, type DemoExample } from './demo/examples.ts'
import { unitCard } from './desk/flow-views.ts'
import { Desk } from './desk/desk.ts'
import { tellFlow } from './desk/tell-flow.ts'
import type { ViewFeed } from './desk/view-feed.ts'
import { Counter } from './devices/counter.ts'
import { readDeviceOptions } from './devices/device-options.ts'
import { lifeOf } from './facts/history.ts'
import { unitOf } from './facts/judge.ts'
import { counterFigures } from './figures/counter-figures.ts'
import type { Ground } from './ground.ts'
import { MailDesk } from './mails/mail-desk.ts'
import type { CoreOptions } from './options.ts'
import { giveNumber } from './own-numbers/give-number.ts'
import type { Issued } from './own-numbers/issue-number.ts'
import { testPaper } from './papers/other-papers.ts'
import { PaperDesk } from './papers/paper-desk.ts'
import { ParcelDesk } from './parcels/parcel-desk.ts'
import { MoneyDesk } from './money/money-desk.ts'
import { tillEvent } from './money/till-event.ts'
import { dropGrant, lendRight } from './people/authority.ts'
import { hashPin } from './people/pin.ts'
import { KioskDesk } from './hand-overs/kiosk-desk.ts'
import { PolicyDesk } from './policy/policy-desk.ts'
import { Payments } from './payments/payments.ts'
import { beginSession, checkPin, endSession } from './people/session.ts'
import { holdersOf, staffOf } from './people/staff.ts'
import type { Scan } from './scans/knowledge.ts'
import { ServiceDesk } from './service/service-desk.ts'
import { Searching } from './search/search-desk.ts'
import { eventsOfUnit } from './store/journal.ts'
import { setMeta } from './store/meta.ts'
import { jobOf, markJob, queueJob, recordDocument } from './store/papers.ts'
import { sql } from './store/store.ts'
import { AskingCentre } from './sync/asking-centre.ts'
import { hubPlace } from './sync/progress.ts'
import { SyncDesk } from './sync/sync-desk.ts'
import type { KeptTillKey } from './sync/till-key.ts'
import { commissionTag } from './tags/commission.ts'

export interface SetUp {
  readonly shopName: string
  readonly country: string
  readonly currency: string
  readonly managerName: string
  readonly pin: string
}

/** The shop as the calls see it: the desk with its machines, its people and its papers. */
export class CoreShop {
  readonly desk: Desk
  /** Papers that are asked for beside those that come with an act. */
  readonly papers: PaperDesk
  /** Claims, owners, recalls: what is done for a piece after it was sold. */
  readonly service: ServiceDesk
  readonly policy: PolicyDesk
  readonly kiosk: KioskDesk
  readonly counter: Counter
  readonly money: MoneyDesk
  readonly counting: CountingDesk
  readonly customers: CustomerDesk
  readonly mails: MailDesk
  readonly activations: ActivationDesk
  readonly authorities: AuthorityDesk
  readonly parcels: ParcelDesk
  readonly search: Searching
  readonly figures: (day: string | null) => CounterFigures
  /** The line to the centre. */
  readonly sync: SyncDesk
  readonly #ground: Ground
  readonly asking: AskingCentre
  #askingOrNone: AskingCentre | null = null
  /** Null while the desk is already asked for its view and the machines are still being opened. */
  #counterOrNone: Counter | null = null
  #payments: Payments | null = null
  #customersOrNone: CustomerDesk | null = null
  #outside: OutsideDesk | null = null
  #kiosk: KioskDesk | null = null
  /** Opens the data folder afresh: after the demo shop was thrown away, or the till was set up. */
  readonly #startAfresh: (how: 'empty' | 'same') => Promise<DeskView>

  constructor(parts: {
    ground: Ground
    options: CoreOptions
    clock: Clock
    feed: ViewFeed
    tillKey: KeptTillKey
    startAfresh: (how: 'empty' | 'same') => Promise<DeskView>
    /** The centre has put this till into another store: everything is opened afresh. */
    moved: () => void
  }) {
    const { ground, options, clock } = parts
    this.#ground = ground
    this.#startAfresh = parts.startAfresh
    this.papers = new PaperDesk({ ground, hasPrinter: () => this.#printing !== null, queued: () => this.#afterPaper() })
    const key = openCustomerKey(options.dataDir, anybodySealed(ground.store.reading))
    const exchange = key === null ? null : new CustomerExchange(ground, key)
    this.sync = new SyncDesk({ ground, dataDir: options.dataDir, tillKey: parts.tillKey, join: options.join, desk: () => this.desk, customers: () => exchange, moved: parts.moved, heard: () => this.counting.hear() })
    this.desk = new Desk(ground, {
      sync: () => this.sync.view,
      hasPrinter: () => this.#printing !== null,
      hasLabelPrinter: () => ground.seat !== 'kiosk' && this.#counterOrNone?.papers.hasLabels === true,
      customers: () => this.#customersOrNone,
      terminal: () => this.#payments?.link() ?? null,
      devices: () => [...(this.#counterOrNone?.devices() ?? []), ...(this.#payments?.machine.devices() ?? [])],
      kiosk: () => this.#kiosk,
      beforeTold: () => this.#outside?.look(),
      afterWrite: () => {
        this.#counterOrNone?.papers.kick()
        this.#payments?.kick()
        this.#askingOrNone?.look()
        this.#kiosk?.look()
        this.policy.keep()
        this.sync.kick()
      },
    }, parts.feed)
    this.policy = new PolicyDesk(ground, this.desk)
    const terminal = readDeviceOptions(options.dataDir, options.givenDevices).terminal
    const mayPractise = ground.demo || terminal?.at !== 'practice'
    this.#payments = new Payments({
      ground, desk: this.desk, clock, setting: mayPractise ? terminal : null, canForget: options.givenDevices.terminal === undefined,
      tell: tellFlow,
    })
    this.money = new MoneyDesk(this.desk)
    this.counting = new CountingDesk(this.desk)
    this.counter = this.#counterOrNone = new Counter({
      ground,
      payments: this.#payments,
      desk: this.desk,
      feed: parts.feed,
      dataDir: options.dataDir,
      given: options.givenDevices,
      tillKey: parts.tillKey,
      clock,
      scan: (scan) => this.scanned(scan),
      counting: this.counting,
    })
    this.customers = this.#customersOrNone = new CustomerDesk({ ground, desk: this.desk, key })
    this.asking = this.#askingOrNone = new AskingCentre({ ground, desk: this.desk, customers: this.customers, line: this.sync })
    this.search = new Searching(ground, (text) => this.customers.hits(text))
    this.figures = (day) => counterFigures(ground, day)
    this.service = new ServiceDesk({ ground, desk: this.desk, key, customers: this.customers })
    this.mails = new MailDesk({ ground, clock, key, customers: this.customers, papers: this.papers, changed: () => this.desk.changed() })
    this.mails.kick()
    this.activations = new ActivationDesk({ desk: this.desk, key, dataDir: options.dataDir })
    this.activations.kick()
    this.parcels = new ParcelDesk({ desk: this.desk, key, customers: this.customers })
    this.authorities = new AuthorityDesk({ desk: this.desk, key, customers: this.customers })
    this.#payments.resume()
    this.policy.keep()
    this.kiosk = this.#kiosk = new KioskDesk({
      ground, desk: this.desk, clock, dataDir: options.dataDir, terminal: () => this.#payments?.link() ?? null,
      printLabel: (unit) => this.counter.papers.printLabel(unit),
    })
    this.#outside = new OutsideDesk({ ground, desk: this.desk, dataDir: options.dataDir })
    this.desk.changed()
  }

  /** Customers by what is typed, here and at the centre. */
  findCustomers(text: string): Promise<CustomerCard[]> {
    return this.asking.findCustomers(text)
  }

  /** A scan of whatever channel. Wedges put the AIM identifier in front of the text; it is taken off here. */
  scanned(scan: Scan): Result<DeskView> {
    const aim = scan.aim ?? aimOf(scan.text)
    const text = scan.aim === null && aim !== null ? scan.text.slice(aim.length) : scan.text
    this.desk.raise(null)
    return this.asking.scan({ ...scan, text, aim })
  }

  async signIn(staffId: string, pin: string): Promise<Result<DeskView>> {
    const person = await checkPin(this.#ground, staffId, pin)
    if (person.ok) {
      beginSession(this.#ground, person.value)
      this.desk.arrive(person.value)
    }
    this.desk.changed()
    return person.ok ? ok(this.desk.view()) : person
  }

  signOut(): DeskView {
    endSession(this.#ground)
    this.desk.changed()
    return this.desk.view()
  }

  async stepUp(asked: { right: Right; staffId: string; pin: string; reason: string }): Promise<Result<DeskView>> {
    const grant = await lendRight(this.#ground, asked)
    this.desk.changed()
    return grant.ok ? ok(this.desk.view()) : grant
  }

  stepDown(): DeskView {
    dropGrant(this.#ground)
    this.desk.changed()
    return this.desk.view()
  }

  lenders(right: Right): StaffTile[] {
    return holdersOf(this.#ground, right)
  }

  /** A first manager, where nobody is yet. Who may sign in at a till of a centre is the centre's word, also while it has sent none. */
  async setUp(input: SetUp): Promise<Result<DeskView>> {
    if (staffOf(this.#ground).length > 0 || hubPlace(this.#ground.store.reading) !== null) return refused('not-in-this-state')
    const pinHash = await hashPin(input.pin)
    const ground = this.#ground
    const staffId = ground.newId()
    ground.store.write((db) => {
      sql(db, 'INSERT INTO own_staff VALUES (?, ?, ?, ?, ?)').run(staffId, input.managerName, 'manager', pinHash, ground.now())
      setMeta(db, 'own-shop', { name: input.shopName, country: input.country, currency: input.currency })
      const now = ground.now()
      setMeta(db, 'session', { staffId, since: now, lastAt: now })
    })
    return ok(await this.#startAfresh('same'))
  }

  reprint(documentId: string): Result<DeskView> {
    const paper = this.#printing ? this.papers.open(documentId) : refused('no-such-device')
    if (!paper.ok) return paper
    this.#queue(documentId, true)
    return ok(this.desk.view())
  }

  /** The clerk has looked: it came out, print a copy, or leave it. */
  settle(jobId: string, fate: 'printed' | 'again' | 'give-up'): Result<DeskView> {
    const job = jobOf(this.#ground.store.reading, jobId)
    if (!job) return refused('no-such-document')
    if (job.state !== 'unknown' && job.state !== 'not-printed') return refused('not-in-this-state')
    this.#ground.store.write((db) => {
      const now = this.#ground.now()
      markJob(db, jobId, fate === 'printed' ? 'printed' : 'given-up', job.why, now)
      if (fate === 'again')
        queueJob(db, { id: this.#ground.newId(), documentId: job.document_id, copy: job.state === 'unknown', drawer: false, at: now })
    })
    this.#afterPaper()
    return ok(this.desk.view())
  }

  testPrint(): Result<DeskView> {
    if (!this.#printing) return refused('no-such-device')
    const ground = this.#ground
    const at = ground.now()
    const documentId = ground.newId()
    ground.store.write((db) =>
      recordDocument(db, {
        id: documentId, kind: 'test', number: `T-${at.slice(0, 19)}`, at, total_cents: 0, summary: '',
        body: testPaper(at, ground.paperSetting()),
      }),
    )
    this.#queue(documentId, false)
    return ok(this.desk.view())
  }

  async openDrawer(): Promise<Result<DeskView>> {
    if (!this.#printing) return refused('no-such-device')
    const told = this.desk.act('', (deed) => ok(tillEvent(deed, 'drawer-opened', { reason: 'test' })))
    if (told.ok) await this.#printing.openDrawer()
    return told
  }

  findUnits(text: string): UnitCard[] {
    const start = text.trim()
    if (start.length < 3) return []
    return this.#ground.mirror.unitIdsByStart(start, 20).flatMap((id) => {
      const unit = unitOf(this.#ground, id)
      return unit ? [unitCard(unit)] : []
    })
  }

  async printLabel(unitId: string, number: string | null): Promise<Result<{ outcome: 'printed' | 'not-printed' | 'unknown'; why: string | null }>> {
    const unit = unitOf(this.#ground, unitId)
    if (!unit) return refused('no-such-unit')
    const outcome = await this.counter.papers.printLabel(unit, number)
    if (outcome === 'no-printer') return refused('no-such-device')
    return ok({ outcome: outcome.outcome, why: outcome.outcome === 'printed' ? null : outcome.why })
  }

  timeline(unitId: string): Result<LifeLine[]> {
    return unitOf(this.#ground, unitId) ? ok(lifeOf(this.#ground, unitId)) : refused('no-such-unit')
  }

  issueNumber(unitId: string | null): Result<Issued> {
    const issued = giveNumber(this.#ground, unitId, this.desk.person)
    this.desk.changed()
    return issued
  }

  bindTag(tag: { unitId: string; epc: string; tid: string }): Result<{ stid: string }> {
    const bound = commissionTag(this.#ground, tag, this.desk.person)
    this.desk.changed()
    return bound
  }

  examples(): DemoExample[] {
    return demoExamples(this.#ground.mirror.reading, {
      storeId: this.#ground.place.id,
      now: this.#ground.now(),
      isTouched: (unitId) => eventsOfUnit(this.#ground.store.reading, unitId).some((event) => event.kind !== 'checked'),
    })
  }

  async removeDemo(): Promise<Result<DeskView>> {
    return this.#ground.demo ? ok(await this.#startAfresh('empty')) : refused('not-demo')
  }

  today(): string {
    return this.#ground.now().slice(0, 10)
  }

  async close(): Promise<void> {
    await Promise.all([this.sync.close(), this.asking.close(), this.mails.close(), this.activations.close(), this.papers.close(), this.counter.close(), this.#payments?.close(), this.#outside?.close(), this.kiosk.close()])
  }

  get #printing() {
    return this.#counterOrNone?.papers.queue ?? null
  }

  #queue(documentId: string, copy: boolean): void {
    this.#ground.store.write((db) =>
      queueJob(db, { id: this.#ground.newId(), documentId, copy, drawer: false, at: this.#ground.now() }),
    )
    this.#afterPaper()
  }

  #afterPaper(): void {
    this.desk.changed()
    this.#counterOrNone?.papers.kick()
  }
}
