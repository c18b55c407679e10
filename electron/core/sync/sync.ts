import { DAY_MS } from '../../../contract/durations.ts'
import { PROTOCOL, type TillHealth } from '../../../contract/sync/wire.ts'
import type { SyncView } from '../../../contract/sync/sync-view.ts'
import type { CustomerExchange } from '../customers/customer-exchange.ts'
import type { Ground } from '../ground.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import { SpoiledMirror } from './spoiled-mirror.ts'
import { firstMirror } from './first-mirror.ts'
import { MirrorRenewal } from './mirror-renewal.ts'
import { putMirror } from './put-mirror.ts'
import { CustomerLine } from './customer-line.ts'
import { Errands } from './errands.ts'
import { HealthTeller } from './health-teller.ts'
import { ReceiptLine } from './receipt-line.ts'
import { HubClient, HubRefusal } from './hub-client.ts'
import { Leases } from './leases.ts'
import { catchUp, listen } from './listen.ts'
import { hubPlace, leaseLeft_ms, progressOf, saveHubPlace, saveProgress, waitingOf } from './progress.ts'
import { openCases } from './cases.ts'
import { repair } from './repair.ts'
import { cursorsOf, FeedGap, followScopes } from './take-rows.ts'
import { isFromHub, type KeptTillKey } from './till-key.ts'
import { leaseText } from '../../../contract/sync/wire.ts'
import { Uploader } from './uploader.ts'

const WAIT_MS = 1_000
const WAIT_MS_MAX = 30_000
const TICK_MS = 5_000
const REPAIR_MS = DAY_MS
/** A till that is off by more says so: the customer's dates of warranty come from it. */
const CLOCK_WRONG_MS = 5 * 60_000
const LEASE_WARNS_MS = 2 * DAY_MS
const CONFIRM_MS = 800

export interface SyncParts {
  readonly ground: Ground
  readonly dataDir: string
  /** The key with which this till shows itself to its centre. */
  readonly tillKey: KeptTillKey
  /** Something the screen shows has changed. */
  readonly told: () => void
  /** This till stands in another store now, or has its first mirror: the shop is opened afresh. */
  readonly moved: () => void
  /** How this till is; null in a till without a desk, which tells nothing of it. */
  readonly health: (() => TillHealth) | null
  /** Null where no customer can be read or kept. */
  readonly customers: () => CustomerExchange | null
}

/**
 * The line of this till to its centre. It works beside the selling and never in front of it: nothing here is waited for
 * by an act of the shop, but for the one look before money is taken, which is bounded.
 */
export class Sync {
  readonly #parts: SyncParts
  readonly leases: Leases
  readonly customers: CustomerLine
  readonly receipts: ReceiptLine
  readonly #healthTeller: HealthTeller | null
  readonly #errands = new Errands()
  readonly #renewal: MirrorRenewal
  #client: HubClient | null = null
  #uploader: Uploader | null = null
  #state: SyncView['state'] = 'alone'
  #remark: SyncView['remark'] = null
  #fetching: SyncView['fetching'] = null
  #running: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #wake: (() => void) | null = null
  #repairedAt = 0
  /** In this life of the line the till was up to date once: the next try comes soon. */
  #wasReached = false

  constructor(parts: SyncParts) {
    this.#parts = parts
    this.#healthTeller = parts.health === null ? null : new HealthTeller(parts.health)
    this.#renewal = new MirrorRenewal(parts.ground, this.#errands)
    this.leases = new Leases(parts.ground, () => (this.#isReached ? this.#client : null), parts.told, this.#errands)
    this.customers = new CustomerLine({ customers: parts.customers, client: () => (this.#isReached ? this.#client : null), told: parts.told, errands: this.#errands })
    this.receipts = new ReceiptLine({ ground: parts.ground, client: () => (this.#isReached ? this.#client : null), told: parts.told, errands: this.#errands })
    if (hubPlace(parts.ground.store.reading) !== null) this.#start()
  }

  get #isReached(): boolean {
    return this.#state === 'up-to-date' || this.#state === 'catching-up'
  }

  get view(): SyncView {
    const db = this.#parts.ground.store.reading
    const progress = progressOf(db)
    return {
      state: this.#state, waiting: waitingOf(db), heardAt: progress.heardAt, conflicts: openCases(this.#parts.ground).length,
      remark: this.#remark ?? this.#lasting() ?? this.#renewal.remark ?? (this.customers.leftOff > 0 ? 'customer-left-off' : null), fetching: this.#fetching,
    }
  }

  #lasting(): SyncView['remark'] {
    const { ground, tillKey } = this.#parts
    if (tillKey.place === 'elsewhere') return 'key-elsewhere'
    if (hubPlace(ground.store.reading) === null) return null
    if (tillKey.key === null) return 'key-elsewhere'
    const { clock_ms } = progressOf(ground.store.reading)
    if (Math.abs(clock_ms) > CLOCK_WRONG_MS) return 'clock-wrong'
    const left_ms = leaseLeft_ms(ground.store.reading, ground.clock.now())
    if (left_ms === null) return null
    return left_ms < 0 ? 'lease-over' : left_ms < LEASE_WARNS_MS ? 'lease-ending' : null
  }

  /** Joins a centre with a code that a person has read there. Rejects with a `HubRefusal`, or when it is not reached. */
  async join(url: string, code: string): Promise<void> {
    const { ground } = this.#parts
    const { id, name, code: letters } = ground.till
    const key = await this.#parts.tillKey.made()
    if (key === null) throw new Error('a till whose key does not open joins nothing')
    const reply = await HubClient.join(url, { code, protocol: PROTOCOL, till: { id, code: letters, name }, publicKey: key.publicKey })
    ground.store.write((db) => {
      saveHubPlace(db, { url, storeId: reply.storeId, hubKey: reply.hubKey })
      setMeta(db, 'till', { ...metaValue<object>(db, 'till'), code: reply.code, name: name === letters ? reply.code : name })
    })
    if (this.#running === null) this.#start()
  }

  /** Something was written: it may have to go up, and the carts may have changed. */
  kick(): void {
    if (this.#uploader !== null && this.#isReached) this.#upload()
    if (this.#isReached) this.customers.kick()
    this.leases.kick()
    this.receipts.kick()
    this.#renewal.kick()
  }

  /** The last look before money is taken; the offline rule holds when the centre does not answer in time. */
  confirm(unitIds: readonly string[]): Promise<void> {
    return this.#isReached ? this.leases.confirm(unitIds, CONFIRM_MS) : Promise.resolve()
  }

  /** Tries again now, because a person asked for it; also the key, where it did not open. */
  retry(): void {
    if (this.#client === null) void this.#openKey().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
    this.#wake?.()
    this.kick()
  }

  async #openKey(): Promise<void> {
    const { tillKey, told } = this.#parts
    if ((await tillKey.again()) === null || this.#running !== null || this.#errands.signal.aborted) return
    this.#start()
    told()
  }

  async close(): Promise<void> {
    this.#errands.stop()
    if (this.#timer) clearInterval(this.#timer)
    this.#wake?.()
    await Promise.all([this.#running, this.#errands.close()])
  }

  #start(): void {
    const { ground, told, tillKey: { key } } = this.#parts
    const place = hubPlace(ground.store.reading)
    if (place === null) return
    if (key === null) {
      this.#state = 'unreached'
      return
    }
    this.#client = new HubClient(place.url, ground.till.id, key)
    this.#uploader = new Uploader({
      store: ground.store, mirror: ground.mirror, till: ground.till.id, key, client: this.#client, told,
      found: (discovery) => {
        if (discovery !== 'centre-lost-some') this.#remark = discovery
        told()
      },
    })
    this.#state = 'connecting'
    this.#timer = setInterval(() => this.kick(), TICK_MS)
    this.#running = this.#run()
  }

  #upload(): void {
    this.#errands.run(async () => this.#uploader?.send(this.#errands.signal).catch((error: unknown) => this.#lost(error)))
  }

  async #run(): Promise<void> {
    let wait_ms = WAIT_MS
    while (!this.#errands.signal.aborted) {
      this.#wasReached = false
      try {
        if (await this.#connected()) return
      } catch (error) {
        await this.#errands.over(async () => this.#lost(error))
      }
      wait_ms = this.#wasReached ? WAIT_MS : Math.min(WAIT_MS_MAX, wait_ms * 2)
      // In a large chain everybody comes back at once when the centre does: never in step.
      await this.#sleep(wait_ms / 2 + Math.random() * (wait_ms / 2))
    }
  }

  /** One life of the line. Answers true when the shop is opened afresh, and this line ends for good. */
  async #connected(): Promise<boolean> {
    const { ground } = this.#parts
    const client = this.#client
    if (client === null) return true
    const gen = await this.#signIn(client)
    this.customers.connected()
    this.#healthTeller?.connected()
    if (ground.mirror.about('hub_gen') !== gen) this.customers.again()
    const needsMirror = await this.#needsMirror(client, gen)
    if (needsMirror) {
      this.#setState('catching-up')
      await putMirror(ground, client, gen, await this.#fetchMirror(client, gen, this.#errands.signal))
      if (ground.place.id !== hubPlace(ground.store.reading)?.storeId) {
        this.#parts.moved()
        return true
      }
    }
    this.#setState('catching-up')
    const renewed = this.#renewal.take()
    if (renewed !== null && !needsMirror) await putMirror(ground, client, gen, renewed)
    this.customers.forget()
    this.#upload()
    this.leases.kick()
    await this.#maybeRepair(client)
    await this.#listening(client, gen)
    return false
  }

  async #listening(client: HubClient, gen: string): Promise<void> {
    const { ground, told } = this.#parts
    const isRenewed = this.#renewal.begin((signal) => this.#fetchMirror(client, gen, signal))
    const broke: unknown = await listen(client, ground.mirror, gen, {
      rows: () => {
        if (this.#uploader !== null) this.#shown()
        this.customers.forget()
        told()
      },
      beat: (at, complete) => {
        saveHeard(ground, at)
        this.#setState(complete ? 'up-to-date' : 'catching-up')
        this.#errands.run(async () => this.#healthTeller?.tell(client, this.#errands.signal))
        if (client.needsToken) this.#errands.run(() => this.#signIn(client).catch((error: unknown) => this.#lost(error)))
        told()
      },
    }, AbortSignal.any([this.#errands.signal, isRenewed])).catch((error: unknown) => error)
    await this.#renewal.end()
    // What was fetched meanwhile is put in place as the next line begins.
    if (broke === undefined || isRenewed.aborted) return
    if (!(broke instanceof FeedGap)) throw broke
    await catchUp(client, ground.mirror, gen)
  }

  #shown(): void {
    // What came may be what an overlay waited for; the verdicts themselves come with the uploads.
    this.#upload()
  }

  async #signIn(client: HubClient): Promise<string> {
    const { ground } = this.#parts
    const began = performance.now()
    const reply = await client.signIn(this.#errands.signal)
    const middle = ground.clock.now() - (performance.now() - began) / 2
    const place = hubPlace(ground.store.reading)
    const isTrue = place !== null && isFromHub(place.hubKey, leaseText(ground.till.id, reply.lease.until), reply.lease.signature)
    if (!isTrue) throw new HubRefusal(401, 'not-our-centre')
    ground.store.write((db) =>
      saveProgress(db, { gen: reply.gen, state: reply.state, leaseUntil: reply.lease.until, clock_ms: Math.round(middle - Date.parse(reply.at)), heardAt: reply.at }),
    )
    if (reply.state === 'revoked') {
      // What was done is still handed in: facts are not thrown away.
      this.#upload()
      throw new HubRefusal(403, 'revoked')
    }
    if (Object.keys(cursorsOf(ground.mirror)).length > 0) followScopes(ground.mirror, reply.scopes)
    return reply.gen
  }

  async #needsMirror(client: HubClient, gen: string): Promise<boolean> {
    const { ground } = this.#parts
    const cursors = cursorsOf(ground.mirror)
    if (Object.keys(cursors).length === 0 || ground.mirror.about('hub_gen') !== gen) return true
    try {
      await client.feed(cursors, gen, 1)
      return false
    } catch (error) {
      if (error instanceof HubRefusal && error.status === 410) return true
      throw error
    }
  }

  async #fetchMirror(client: HubClient, gen: string, signal: AbortSignal): Promise<string> {
    const { ground, dataDir, told } = this.#parts
    const hubKey = hubPlace(ground.store.reading)?.hubKey ?? ''
    try {
      return await firstMirror(client, ground.mirror, { dataDir, hubKey, gen }, (bytes, of) => (this.#fetching = { bytes, of }), signal)
    } finally {
      this.#fetching = null
      told()
    }
  }

  async #maybeRepair(client: HubClient): Promise<void> {
    const now = this.#parts.ground.clock.now()
    if (now - this.#repairedAt < REPAIR_MS) return
    this.#repairedAt = now
    const { gen } = progressOf(this.#parts.ground.store.reading)
    await catchUp(client, this.#parts.ground.mirror, gen)
    await repair(client, this.#parts.ground.mirror, gen)
  }

  #lost(error: unknown): void {
    if (this.#errands.signal.aborted) return
    if (error instanceof HubRefusal && (error.code === 'revoked' || error.code === 'unknown-till')) this.#setState('revoked')
    else if (error instanceof HubRefusal && error.status === 426) this.#setState('too-old')
    else this.#setState('unreached')
    if (error instanceof SpoiledMirror || (error instanceof Error && error.name === 'ZodError')) process.stderr.write(`${error.message}\n`)
  }

  #setState(state: SyncView['state']): void {
    const held = progressOf(this.#parts.ground.store.reading).state === 'held' && (state === 'up-to-date' || state === 'catching-up')
    const next = held ? 'held' : state
    this.#wasReached ||= state === 'up-to-date'
    if (next === this.#state) return
    this.#state = next
    this.#parts.told()
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** Kept once a minute: a word of the centre is no reason to make the disk busy. */
function saveHeard(ground: Ground, at: string): void {
  const { heardAt } = progressOf(ground.store.reading)
  if (heardAt !== null && Date.parse(at) - Date.parse(heardAt) < 60_000) return
  ground.store.write((db) => saveProgress(db, { heardAt: at }))
}
