import type { HookTrouble } from '../contract/office-calls.ts'
import { instant, newId } from '../ground.ts'
import type { Office } from '../people/office.ts'
import { toldAfter, toldHead } from '../reports/told-row.ts'
import { nextTurn } from './epcis-subscriptions.ts'
import { messageFor, type HookMessage } from './hook-message.ts'
import { tryUrl } from './webhook-target.ts'
import type { HookRow } from './webhooks.ts'

/** A target that has not answered by then has not got it. */
const ANSWER_MS_MAX = 10_000
const EVENTS_MAX = 100
const WAIT_MS = 2_000
const WAIT_MS_MAX = 60 * 60_000
/** With the waits above this is about two days of silence; then a person is to look. */
const FAILURES_MAX = 60
const LEASE_MS = ANSWER_MS_MAX + 20_000

/** Sends to the targets; each on its own, so that one that hangs holds up nobody else. */
export class WebhookSender {
  readonly #office: Office
  readonly #holder = newId()
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #ending = new AbortController()

  constructor(office: Office) {
    this.#office = office
  }

  /**
   * Starts with every target that has something to hear, is not waiting, and is not being sent to. One with a schedule
   * has its turn at each moment, also when nothing came: what comes later waits for the next moment.
   */
  async turn(): Promise<void> {
    const head = await toldHead(this.#office.db)
    const now_ms = this.#office.now_ms()
    const due = await this.#office.db.query<HookRow>(
      `SELECT * FROM webhook WHERE state = 'on' AND (sent_to < $1 OR report_if_empty OR (query_name IS NOT NULL AND next_try_ms > 0))
         AND next_try_ms <= $2 AND held_until_ms < $2 ORDER BY id LIMIT 50`, [head, now_ms],
    )
    for (const hook of due) {
      if (this.#underWay.has(hook.id)) continue
      const sending = this.#sendAll(hook)
        .catch((error: unknown) => this.#office.log(error instanceof Error ? (error.stack ?? error.message) : String(error)))
        .finally(() => this.#underWay.delete(hook.id))
      this.#underWay.set(hook.id, sending)
    }
  }

  /** Waits for nobody's answer any more; what was not confirmed is sent again by whoever comes next. */
  async stop(): Promise<void> {
    this.#ending.abort()
    await Promise.all(this.#underWay.values())
  }

  /** One message after the other, until the target knows all or does not answer. */
  async #sendAll(hook: HookRow): Promise<void> {
    let next: HookRow | null = hook
    while (next !== null && !this.#ending.signal.aborted) next = await this.#send(next)
  }

  /** One message. Answers the target as it stands afterwards, where there may be more for it; else null. */
  async #send(hook: HookRow): Promise<HookRow | null> {
    const { db, now_ms } = this.#office
    const started_ms = now_ms()
    const mine = await db.touch(
      `UPDATE webhook SET holder = $2, held_until_ms = $3
       WHERE id = $1 AND state = 'on' AND held_until_ms < $4 AND next_try_ms <= $4 AND sent_to = $5`,
      [hook.id, this.#holder, started_ms + LEASE_MS, started_ms, hook.sent_to],
    )
    if (mine !== 1) return null
    const rows = await toldAfter(db, hook.sent_to, EVENTS_MAX)
    const isLast = rows.length < EVENTS_MAX
    const message = await messageFor(this.#office, hook, rows, isLast)
    const error = message === null ? null : await this.#post(hook, message)
    if (error !== null) {
      await this.#failed(hook, error)
      return null
    }
    const told: HookRow = {
      ...hook, sent_to: rows.at(-1)?.seq ?? hook.sent_to, failures: 0, last_error: null, last_sent_at: message === null ? hook.last_sent_at : instant(now_ms()),
      next_try_ms: isLast && hook.query_name !== null ? nextTurn(hook, now_ms()) : 0,
    }
    await this.#sent(told)
    return isLast ? null : told
  }

  async #sent({ id, sent_to, last_sent_at, next_try_ms }: HookRow): Promise<void> {
    await this.#office.db.query(
      `UPDATE webhook SET sent_to = $3, failures = 0, last_error = NULL, last_sent_at = $4, next_try_ms = $5, held_until_ms = 0
       WHERE id = $1 AND holder = $2`, [id, this.#holder, sent_to, last_sent_at, next_try_ms],
    )
  }

  async #failed(hook: HookRow, { code, detail }: HookTrouble): Promise<void> {
    const isEnding = this.#ending.signal.aborted
    const failures = hook.failures + (isEnding ? 0 : 1)
    await this.#office.db.query(
      'UPDATE webhook SET failures = $3, last_error = $4, next_try_ms = $5, held_until_ms = 0, state = CASE WHEN $6 AND state = \'on\' THEN \'given-up\' ELSE state END WHERE id = $1 AND holder = $2',
      [hook.id, this.#holder, failures, isEnding ? hook.last_error : `${code} ${detail}`.slice(0, 300), isEnding ? 0 : this.#office.now_ms() + waitAfter(failures), failures >= FAILURES_MAX],
    )
  }

  /** Null when the target took it (2xx), else why not. */
  #post(hook: HookRow, { headers, body }: HookMessage): Promise<HookTrouble | null> {
    return tryUrl(hook.url, { headers, body, answer_ms_max: ANSWER_MS_MAX, ending: this.#ending.signal, trusted: this.#office.trusted })
  }
}

/** Doubling up to an hour, never in step with others. */
function waitAfter(failures: number): number {
  const most_ms = Math.min(WAIT_MS_MAX, WAIT_MS * 2 ** Math.min(failures, 20))
  return Math.round(most_ms / 2 + Math.random() * (most_ms / 2))
}
