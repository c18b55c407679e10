import { generateKeyPairSync, sign } from 'node:crypto'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cents } from '../../contract/money.ts'
import type { Params } from '../../contract/ids.ts'
import type { SaleLine } from '../../contract/sale-view.ts'
import type { ClaimReply, FeedReply, JournalBatch, JournalReply } from '../../contract/sync/wire.ts'
import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX, EVERYWHERE } from '../../contract/sync/wire.ts'
import type { UnitFacts } from '../../contract/unit.ts'
import { toldFacts } from '../../electron/core/facts/known-unit.ts'
import { judgeUnit, unitOf } from '../../electron/core/facts/judge.ts'
import { Ground } from '../../electron/core/ground.ts'
import { Mirror } from '../../electron/core/mirror/mirror.ts'
import { recordEvent } from '../../electron/core/store/journal.ts'
import { setMeta } from '../../electron/core/store/meta.ts'
import { recordSale } from '../../electron/core/store/sales.ts'
import { openShift, recordShift } from '../../electron/core/store/shifts.ts'
import { sql, Store, type Writing } from '../../electron/core/store/store.ts'
import { bookRows } from '../../electron/core/sync/book-rows.ts'
import { keepClaim } from '../../electron/core/sync/leases.ts'
import { progressOf, saveHubPlace, saveProgress } from '../../electron/core/sync/progress.ts'
import { cursorsOf, FeedGap, followScopes, markFresh, takeLooseRows, takeRows } from '../../electron/core/sync/take-rows.ts'
import { dropShown, layUnshown, nextBatch, takeReply, type Discovery } from '../../electron/core/sync/upload.ts'
import { beginFrom } from './empty-files.ts'
import { PRODUCT, STORES, type Rows } from './sim-hub.ts'
import { Witness } from './witness.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')
const PRICE = cents(10_000)
const PAIR = generateKeyPairSync('ed25519')
/** One key for all tills of a run: whose signature is whose is looked at by the door, which is tried elsewhere. */
const KEY = {
  publicKey: Buffer.from(PAIR.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64'),
  sign: (text: string) => sign(null, Buffer.from(text), PAIR.privateKey).toString('base64'),
}
/** Words that no database of the centre can hold, or that no program can read. */
const ODD_WORDS = ['\uD800', 'a\u0000b'] as const

/** A till's own code on its own two files; what is in memory is lost in a crash, what was committed is not. */
export class SimTill {
  readonly id: string
  readonly storeId: string
  readonly follows: 'all' | 'own'
  readonly dir: string
  readonly #now: () => number
  ground: Ground
  online = true
  /** Rises with every crash: a reply to a process that died is heard by nobody. */
  life = 0
  gen = ''
  discoveries: Exclude<Discovery, null>[] = []
  readonly #witness: Witness
  /** Rises with everything that may change what this till shows. */
  changes = 0
  /** Whether a power cut would leave the mirror as it is; somebody who keeps a transaction open around it answers himself. */
  isMirrorKept = (mirror: Mirror): boolean => mirror.isOnDisk()
  /** Lets the till read at the centre. */
  token = ''

  /** `template`: files to begin from; null: it goes on from those that lie in its folder. */
  constructor(parts: { id: string; storeId: string; follows: 'all' | 'own'; dir: string; now: () => number; template: string | null; joined?: boolean }) {
    this.id = parts.id
    this.storeId = parts.storeId
    this.follows = parts.follows
    this.dir = parts.dir
    this.#now = parts.now
    this.#witness = new Witness(parts.id)
    if (parts.template !== null) beginFrom(parts.template, this.dir)
    this.ground = this.#open()
    if (parts.joined === false) return
    this.ground.store.write((db) => {
      saveHubPlace(db, { url: 'http://hub', storeId: this.storeId, hubKey: '' })
      saveProgress(db, { inc: `${this.id}-1` })
    })
  }

  get scopes(): string[] {
    return this.follows === 'all' ? [EVERYWHERE, ...STORES] : [EVERYWHERE, this.storeId]
  }

  get isFilled(): boolean {
    return Object.keys(cursorsOf(this.ground.mirror)).length > 0
  }

  #open(): Ground {
    const store = new Store(join(this.dir, 'shop.db'), join(MIGRATIONS, 'shop'))
    const mirror = new Mirror(join(this.dir, 'mirror.db'), join(MIGRATIONS, 'mirror'))
    const place = {
      id: this.storeId, name: this.storeId, address: '', country: 'DE', currency: 'EUR', tax_number: '', tax_inclusive: 1, cash_step: 1, time_zone: 'Europe/Berlin',
    }
    const clock = { now: this.#now, after: () => () => undefined }
    const ground = new Ground({ store, mirror, clock, seat: 'counter', till: { id: this.id, code: this.id.toUpperCase(), name: this.id }, place })
    store.endEachWith((db) => bookRows(ground, db))
    store.write((db) => setMeta(db, 'till', { ...ground.till, storeId: this.storeId }))
    return ground
  }

  close(): void {
    this.#next?.close()
    this.#next = null
    this.ground.store.close()
    this.ground.mirror.close()
  }

  get publicKey(): string {
    return KEY.publicKey
  }

  sign(text: string): string {
    return KEY.sign(text)
  }

  /**
   * The process is gone in the middle: nothing is closed or folded in, and the log may end in the torn beginning of
   * what was never committed. What the files hold is what the next start finds.
   */
  crash(torn: Buffer): void {
    const files = ['shop.db', 'shop.db-wal', 'mirror.db', 'mirror.db-wal']
    for (const file of files) if (existsSync(join(this.dir, file))) copyFileSync(join(this.dir, file), join(this.dir, `${file}.left`))
    this.close()
    for (const file of files) {
      rmSync(join(this.dir, file), { force: true })
      if (existsSync(join(this.dir, `${file}.left`))) renameSync(join(this.dir, `${file}.left`), join(this.dir, file))
    }
    if (existsSync(join(this.dir, 'shop.db-wal'))) appendFileSync(join(this.dir, 'shop.db-wal'), torn)
    this.life += 1
    this.ground = this.#open()
    this.changes += 1
    this.#witness.looksAtBooks(this.ground.store.reading)
  }

  /** The disk of this till as it is now, to be put back later: a restored backup, or a copied till. */
  copyTo(dir: string): void {
    this.close()
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    copyFileSync(join(this.dir, 'shop.db'), join(dir, 'shop.db'))
    this.ground = this.#open()
  }

  putBack(dir: string): void {
    this.close()
    this.life += 1
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(this.dir, `shop.db${suffix}`), { force: true })
    copyFileSync(join(dir, 'shop.db'), join(this.dir, 'shop.db'))
    this.ground = this.#open()
    this.changes += 1
    this.#witness.forgetPaper(this.ground.store.reading)
  }

  /** `flowId`: the cart that asks; its own hold on the unit is nobody else's. */
  may(intent: 'sell' | 'return', unitId: string, flowId: string | null = null): boolean {
    const unit = unitOf(this.ground, unitId)
    return unit !== null && judgeUnit(this.ground, intent, unit, flowId).verdict.outcome === 'accept'
  }

  /** Sells a unit when the till's own verdict allows it: sale, money and event in one transaction. */
  sell(unitId: string, flowId: string | null = null): boolean {
    if (!this.may('sell', unitId, flowId)) return false
    const { ground } = this
    const at = ground.now()
    const saleId = `${this.id}-s${this.#lastSeq + 1}-${this.life}-${this.#now()}`
    ground.store.write((db) => {
      recordSale(db, {
        id: saleId, number: saleId, flowId: saleId, shiftId: this.#shift(db, at), storeId: this.storeId, tillId: this.id, staffId: 'eva', soldAt: at, currency: 'EUR',
        gross_cents: PRICE, discount_cents: 0, rounding_cents: 0, demo: false, taxes: [], lines: [lineOf(saleId, unitId)],
        tenders: [{ tenderId: `${saleId}-t`, kind: 'cash', amount_cents: PRICE, given_cents: PRICE, change_cents: cents(0) }],
      })
      this.#record(db, 'sold', unitId, {
        custody: { at: 'with-customer' },
        title: { is: 'sold', purchase: { saleId, receiptNumber: saleId, soldAt: at, storeId: this.storeId, channel: 'store', paid_cents: PRICE, currency: 'EUR', tender: 'cash' } },
      })
    })
    this.#wrote()
    return true
  }

  takeBack(unitId: string): boolean {
    const unit = unitOf(this.ground, unitId)
    if (unit === null || unit.facts.title.is !== 'sold' || !this.may('return', unitId)) return false
    const { purchase } = unit.facts.title
    const at = this.ground.now()
    this.ground.store.write((db) =>
      this.#record(db, 'returned', unitId, {
        custody: { at: 'in-stock', storeId: this.storeId, area: 'returns' }, condition: 'new',
        title: { is: 'returned', purchase, returnedAt: at, returnNumber: `G${at}` },
      }),
    )
    this.#wrote()
    return true
  }

  #record(db: Writing, kind: 'sold' | 'returned', unitId: string, change: Partial<UnitFacts>): void {
    const before = toldFacts(this.ground.mirror, db, unitId)
    if (before === null) throw new Error(`nothing is known of ${unitId}`)
    recordEvent(db, {
      id: this.ground.newId(), kind, unitId, at: this.ground.now(), storeId: this.storeId, tillId: this.id, staffId: 'eva', who: 'Eva', params: {}, facts: { ...before, ...change },
    })
  }

  /** I14: somebody looks at a piece under a name that the centre cannot store; or with so much beside it that it fills a batch. */
  writeOdd(unitId: string, which: number): void {
    const who = ODD_WORDS[which] ?? 'Eva'
    const params: Params = which < ODD_WORDS.length ? { odd: who } : { note: 'x'.repeat(140_000) }
    this.ground.store.write((db) =>
      recordEvent(db, {
        id: this.ground.newId(), kind: 'checked', unitId, at: this.ground.now(), storeId: this.storeId, tillId: this.id, staffId: 'eva', who, params, facts: null,
      }),
    )
    this.#wrote()
  }

  #wrote(): void {
    this.changes += 1
    this.#witness.seesPaper(this.ground.store.reading)
  }

  get #lastSeq(): number {
    return (sql(this.ground.store.reading, 'SELECT max(seq) AS seq FROM journal').get() as { seq: number | null }).seq ?? 0
  }

  #shift(db: Writing, at: string): string {
    const open = openShift(db)
    if (open) return open.id
    const id = `${this.id}-shift-${at}`
    recordShift(db, { id, opened_at: at, opened_by: 'Eva', float_cents: 0, currency: 'EUR', opened_seq: null })
    return id
  }

  batch(most: number): JournalBatch {
    const batch = nextBatch(this.ground.store.reading, this.id, KEY, most)
    const bytes = batch.events.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
    if (batch.events.length > BATCH_EVENTS_MAX || (batch.events.length > 1 && bytes > BATCH_BYTES_MAX)) throw new Error(`I14: ${this.id} sends ${bytes} bytes at once`)
    return batch
  }

  takeJournalReply(batch: JournalBatch, reply: JournalReply): void {
    const discovery = takeReply(this.ground.store, batch, reply)
    if (discovery !== null) this.discoveries.push(discovery)
    this.changes += 1
    dropShown(this.ground.store, this.ground.mirror, this.isMirrorKept)
  }

  takeFeed(reply: FeedReply): void {
    const mirror = this.#next ?? this.ground.mirror
    try {
      for (const { scope, rows } of reply.scopes) takeRows(mirror, scope, rows)
    } catch (error) {
      if (!(error instanceof FeedGap)) throw error
    }
    this.#maybeSwap()
    const { cursors } = this
    if (Object.entries(cursors).every(([scope, seq]) => seq >= (reply.scopes.find((told) => told.scope === scope)?.head ?? 0)))
      markFresh(this.ground.mirror, reply.at, reply.gen)
    dropShown(this.ground.store, this.ground.mirror, this.isMirrorKept)
    this.changes += 1
    this.#witness.seesMirror(this.ground.mirror.reading)
  }

  /**
   * A new mirror is filled beside the old one, and put in place when it knows all that the old one knew. A till asks for
   * one at a time: a late reply to an earlier question is heard by nobody.
   */
  takeFirst(first: Rows, template: string): void {
    if (first.turn < this.#turn) return
    this.#turn = first.turn
    this.#next?.close()
    const file = join(this.dir, 'next.db')
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    copyFileSync(join(template, 'mirror.db'), file)
    this.#next = this.ground.mirror.beside(file)
    followScopes(this.#next, this.scopes)
    takeLooseRows(this.#next, first.rows)
    for (const [scope, seq] of Object.entries(first.cursors)) sql(this.#next.reading, 'UPDATE sync_cursors SET seq = ? WHERE scope = ?').run(seq, scope)
    // What a centre that was put back had lost is no measure any more.
    this.#startsAnew = first.gen !== this.gen
    this.gen = first.gen
    this.#maybeSwap()
  }
  #turn = 0
  #next: Mirror | null = null
  #startsAnew = false

  #maybeSwap(): void {
    if (this.#next === null) return
    const fresh = cursorsOf(this.#next)
    if (!this.#startsAnew && Object.entries(cursorsOf(this.ground.mirror)).some(([scope, seq]) => (fresh[scope] ?? 0) < seq)) return
    if (this.#startsAnew) layUnshown(this.ground.store, this.#next)
    this.#next.close()
    this.#next = null
    this.ground.mirror.replaceWith(join(this.dir, 'next.db'))
    if (this.#startsAnew) this.#witness.forgetMirror()
    dropShown(this.ground.store, this.ground.mirror, this.isMirrorKept)
    this.changes += 1
    this.#witness.seesMirror(this.ground.mirror.reading)
  }

  keepClaim(unitId: string, reply: ClaimReply): void {
    this.ground.store.write((db) => keepClaim(db, unitId, reply, new Date(this.#now()).toISOString()))
    this.changes += 1
  }

  holdsClaim(unitId: string): boolean {
    const row = sql(this.ground.store.reading, "SELECT until FROM unit_claims WHERE unit_id = ? AND state = 'ours'").get(unitId) as { until: string } | undefined
    return row !== undefined && row.until > new Date(this.#now()).toISOString()
  }

  get cursors(): Record<string, number> {
    return cursorsOf(this.#next ?? this.ground.mirror)
  }

  /** Its files were put back to an earlier moment: what was shown since was not. */
  rewound(): void {
    this.ground.mirror.changed()
    this.#witness.forgetMirror()
    this.#witness.seesMirror(this.ground.mirror.reading)
  }

  isUpToDate(heads: ReadonlyMap<string, number>): boolean {
    return this.isAnswered && this.isFilled && Object.entries(this.cursors).every(([scope, seq]) => seq === (heads.get(scope) ?? 0))
  }

  /** Every event is at the centre, and its verdict is known here. */
  get isAnswered(): boolean {
    return this.isSent && progressOf(this.ground.store.reading).answered === this.#lastSeq
  }

  /** Every event is at the centre. */
  get isSent(): boolean {
    return progressOf(this.ground.store.reading).acked === this.#lastSeq
  }

  get inc(): string {
    return progressOf(this.ground.store.reading).inc
  }

  journal(): { seq: number; hash: string; body: string; unit_id: string | null; kind: string }[] {
    const rows = sql(this.ground.store.reading, 'SELECT seq, hash, body, unit_id, kind FROM journal ORDER BY seq').all() as { seq: number; hash: Buffer; body: string; unit_id: string | null; kind: string }[]
    return rows.map((row) => ({ ...row, hash: row.hash.toString('hex') }))
  }
}

const lineOf = (saleId: string, unitId: string): SaleLine =>
  ({
    lineId: `${saleId}-l`, tracking: 'unit', productId: PRODUCT, unitId, brand: 'Lumo', name: 'Lamp', variant: '', gtin: null, picture: 'other',
    aliases: [{ kind: 'serial', value: unitId.toUpperCase(), retiredWhy: null }], lot: null, expiry: null, quantity: 1, unitPrice_cents: PRICE,
    discount_cents: cents(0), total_cents: PRICE, taxRate_bp: 1_900, verdict: null,
  }) satisfies SaleLine
