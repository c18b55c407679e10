import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { PieceRule } from '../../../contract/campaign.ts'
import { matchKey } from '../../../contract/identity/match-key.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { Result } from '../../../contract/fault.ts'
import type { Cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { ReturnAction, ReturnView } from '../../../contract/return-view.ts'
import type { Right, Role, Seat } from '../../../contract/roles.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import type { ShiftAction } from '../../../contract/shift-view.ts'
import { demoExamples } from '../../../electron/core/demo/examples.ts'
import { DEMO_SEED, makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import { Desk, type Around } from '../../../electron/core/desk/desk.ts'
import { ViewFeed } from '../../../electron/core/desk/view-feed.ts'
import { unitOf } from '../../../electron/core/facts/judge.ts'
import type { Deed } from '../../../electron/core/flows/deed.ts'
import { Ground } from '../../../electron/core/ground.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { lendRight } from '../../../electron/core/people/authority.ts'
import { beginSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { setMeta } from '../../../electron/core/store/meta.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { NO_MACHINES } from './no-machines.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
export const MORNING = '2026-11-22T09:00:00.000Z'

let made: string | null = null
function demoMirrorFile(): string {
  if (made === null) {
    made = join(mkdtempSync(join(tmpdir(), 'countermark-floor-')), 'mirror.db')
    makeDemoMirror(made, join(MIGRATIONS, 'mirror'), { seed: DEMO_SEED, units: 2_000, now: MORNING })
    process.on('exit', () => made !== null && rmSync(join(made, '..'), { recursive: true, force: true }))
  }
  return made
}

/** A view of a refusal is a bug of the test; a test that wants a refusal reads the result itself. */
export function shown(result: Result<DeskView>): DeskView {
  if (!result.ok) throw new Error(`refused: ${result.fault.code} ${JSON.stringify(result.fault.params)}`)
  return result.value
}

/**
 * One desk in this process, without door, window or machines: the demo shop, real rows, real rules, and a clock the
 * test sets. Everything happens in one turn, so a whole morning takes milliseconds.
 */
export class ShopFloor {
  readonly ground: Ground
  readonly desk: Desk
  readonly #folder: string
  #now = Date.parse(MORNING)

  constructor(seat: Seat = 'counter', code = 'T1', around: Partial<Around> = {}) {
    this.#folder = mkdtempSync(join(tmpdir(), 'countermark-floor-'))
    copyFileSync(demoMirrorFile(), join(this.#folder, 'mirror.db'))
    const store = new Store(join(this.#folder, 'shop.db'), join(MIGRATIONS, 'shop'))
    const mirror = new Mirror(join(this.#folder, 'mirror.db'), join(MIGRATIONS, 'mirror'))
    store.write((db) => setMeta(db, 'demo', true))
    const place = mirror.store(mirror.about('home_store') ?? '') ?? mirror.stores()[0]
    if (!place) throw new Error('the demo has a store')
    const clock = { now: () => this.#now, after: () => () => undefined }
    this.ground = new Ground({ store, mirror, clock, seat, till: { id: `till-${code}`, code, name: code }, place })
    this.desk = new Desk(this.ground, { ...NO_MACHINES, ...around }, new ViewFeed(this.#now))
  }

  close(): void {
    this.ground.store.close()
    this.ground.mirror.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  later(ms: number): void {
    this.#now += ms
  }

  enter(role: Role): void {
    const row = staffOf(this.ground).find((person) => person.role === role)
    if (!row) throw new Error(`nobody is ${role}`)
    beginSession(this.ground, personOf(this.ground, row))
  }

  /** A colleague of this role lends the right for the next act. */
  async stepUp(role: Role, right: Right, reason: string): Promise<void> {
    const row = staffOf(this.ground).find((person) => person.role === role)
    const lent = await lendRight(this.ground, { right, staffId: row?.id ?? '', pin: row?.demo_pin ?? '', reason })
    if (!lent.ok) throw new Error(lent.fault.code)
  }

  story(name: string): string {
    const text = demoExamples(this.ground.mirror.reading, { storeId: this.ground.place.id, now: MORNING }).find((entry) => entry.story === name)?.text
    if (text === undefined) throw new Error(`the demo has no story ${name}`)
    return text
  }

  /** The centre opens a campaign that means this very number, and its news arrives in the mirror now. */
  recall(serial: string, productId: string): void {
    this.recallBy({ by: 'serials', serials: [serial] }, productId)
  }

  /** The same by whatever rule. */
  recallBy(rule: PieceRule, productId: string): void {
    const mirror = new Database(join(this.#folder, 'mirror.db'))
    mirror.prepare(
      `INSERT INTO campaigns (reference, product_id, rule, opened_on, reason, remedy, source, stop_use) VALUES ('RC-T', ?, ?, '2026-11-22', 'The cell can burn', 'New cell', 'Maker', 1)`,
    ).run(productId, JSON.stringify(rule))
    mirror.close()
  }

  /** Somebody reports a number as stolen that no piece of the centre's carries. */
  reportStolen(number: string): void {
    const mirror = new Database(join(this.#folder, 'mirror.db'))
    mirror.prepare("INSERT INTO stolen_numbers VALUES (?, ?, 'serial', ?, 'ST-1')").run(number, matchKey(number, 'loose'), MORNING)
    mirror.close()
  }

  /** The centre tells a line of a piece's life, now. */
  told(unitId: string, kind: string): void {
    const mirror = new Database(join(this.#folder, 'mirror.db'))
    mirror.prepare("INSERT INTO unit_events (unit_id, at, n, kind, store_id, who, params) VALUES (?, ?, 99, ?, ?, NULL, '{}')").run(unitId, this.ground.now(), kind, this.ground.place.id)
    mirror.close()
  }

  /** The centre sends another row of an article: for how long its maker stands by it, whether it is on sale. */
  article(productId: string, change: { readonly maker_months?: number; readonly active?: 0 | 1 }): void {
    const mirror = new Database(join(this.#folder, 'mirror.db'))
    for (const [column, value] of Object.entries(change)) mirror.prepare(`UPDATE products SET ${column} = ? WHERE id = ?`).run(value, productId)
    mirror.close()
  }

  /** The centre sends other rules, which apply at once. */
  rules(change: (policy: Policy) => Policy): void {
    const policy = { ...change(this.ground.policy()), version: `floor-${this.ground.newId()}` }
    const mirror = new Database(join(this.#folder, 'mirror.db'))
    mirror.prepare('INSERT INTO policies VALUES (?, ?, ?)').run(policy.version, this.ground.now(), JSON.stringify(policy))
    mirror.close()
  }

  scan(text: string): DeskView {
    const aim = /^\][A-Za-z]\d/.exec(text)?.[0] ?? null
    return shown(this.desk.scan({ text: aim === null ? text : text.slice(aim.length), aim }))
  }

  /** One turn of the desk with what its act answers; the code of the refusal where it refuses. */
  turn<T>(body: (deed: Deed) => Result<T>): { readonly did: T } | { readonly refused: string } {
    const done = this.desk.turn('', body)
    return done.ok ? { did: done.value } : { refused: done.fault.code }
  }

  sale(action: SaleAction): DeskView {
    const { front } = this.desk.view()
    if (front.screen !== 'sale') throw new Error(`in front is ${front.screen}`)
    return shown(this.desk.actSale(front.sale.flowId, action))
  }

  shift(action: ShiftAction): DeskView {
    return shown(this.desk.actShift(action))
  }

  tryReturn(action: ReturnAction): Result<DeskView> {
    const { front } = this.desk.view()
    if (front.screen !== 'return') throw new Error(`in front is ${front.screen}`)
    return this.desk.actReturn(front.return.flowId, action)
  }

  return(action: ReturnAction): ReturnView {
    return returnOf(shown(this.tryReturn(action)))
  }

  scanReturn(text: string): ReturnView {
    return returnOf(this.scan(text))
  }

  goReturn(): ReturnView {
    return returnOf(shown(this.desk.go('return', null)))
  }

  /** Sells what is scanned for cash, or for cash and card; answers the number of the receipt. */
  sell(texts: readonly string[], card_cents = 0): string {
    shown(this.desk.go('sale', null))
    for (const text of texts) this.scan(text)
    this.sale({ do: 'pay' })
    if (card_cents > 0) this.sale({ do: 'tender', kind: 'card', given_cents: card_cents as Cents, approvalCode: 'A1' })
    const { front } = this.desk.view()
    if (front.screen === 'sale' && front.sale.at === 'tendering') this.sale({ do: 'tender', kind: 'cash', given_cents: front.sale.due_cents })
    const paid = this.desk.view().front
    if (paid.screen !== 'sale' || paid.sale.at !== 'paid') throw new Error('the sale is not paid')
    return paid.sale.receiptNumber
  }

  unit(unitId: string) {
    const unit = unitOf(this.ground, unitId)
    if (!unit) throw new Error(`there is no unit ${unitId}`)
    return unit
  }

  /** Fresh pieces on the shelf here that may be sold, by their first number. */
  fresh(category: string, count = 1): { unitId: string; serial: string }[] {
    const rows = this.ground.mirror.reading.prepare(
      `SELECT u.id AS unitId, (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL ORDER BY a.kind = 'serial' DESC LIMIT 1) AS serial
       FROM units u JOIN products p ON p.id = u.product_id
       WHERE u.custody = 'in-stock' AND u.area = 'shelf' AND u.store_id = ? AND u.title = 'ours' AND u.condition = 'new' AND u.more IS NULL AND p.category = ?
       ORDER BY u.id LIMIT ?`,
    ).all(this.ground.place.id, category, count) as { unitId: string; serial: string }[]
    if (rows.length < count) throw new Error(`there are only ${rows.length} fresh pieces of ${category}`)
    return rows
  }
}

export function returnOf(view: DeskView): ReturnView {
  if (view.front.screen !== 'return') throw new Error(`in front is ${view.front.screen}`)
  return view.front.return
}

/** A view of a return in the state the story expects. */
export function at<At extends ReturnView['at']>(view: ReturnView, state: At): Extract<ReturnView, { at: At }> {
  if (view.at !== state) throw new Error(`the return is ${view.at}: ${JSON.stringify('notice' in view ? view.notice : null)}`)
  return view as Extract<ReturnView, { at: At }>
}

/** Says of the piece in hand what there is to say when all is well. */
export function lookOver(floor: ShopFloor, condition: 'new' | 'open-box' | 'damaged' = 'open-box', reason = 'changed-mind'): ReturnView {
  floor.return({ do: 'give-reason', reason })
  floor.return({ do: 'all-in-order' })
  return floor.return({ do: 'grade', condition })
}
