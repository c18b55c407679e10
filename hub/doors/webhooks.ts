import { createHmac } from 'node:crypto'
import type { WebhookRow } from '../contract/office-calls.ts'
import { tryUrl } from './webhook-target.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { newSecret } from '../people/sessions.ts'
import { paramsOf, toldAfter, toldHead, type NumberedTold } from '../reports/told-row.ts'

interface HookRow {
  readonly id: string
  readonly url: string
  readonly kinds: string
  readonly secret_sealed: Buffer
  readonly state: WebhookRow['state']
  readonly sent_to: number
  readonly failures: number
  readonly last_error: string | null
  readonly last_sent_at: string | null
  readonly next_try_ms: number
}

/** A target that has not answered by then has not got it. */
const ANSWER_MS_MAX = 10_000
const EVENTS_MAX = 100
const WAIT_MS = 2_000
const WAIT_MS_MAX = 60 * 60_000
/** With the waits above this is about two days of silence; then a person is to look. */
const FAILURES_MAX = 60
const LEASE_MS = ANSWER_MS_MAX + 20_000

/** All webhooks, with how far behind each is. */
export async function listWebhooks(db: Query): Promise<WebhookRow[]> {
  const head = await toldHead(db)
  return (await db.query<HookRow>('SELECT * FROM webhook ORDER BY made_at')).map((row) => hookView(row, head))
}

const hookView = (row: HookRow, head: number): WebhookRow => ({
  id: row.id, url: row.url, kinds: JSON.parse(row.kinds) as string[], state: row.state, sentTo: row.sent_to, behind: Math.max(0, head - row.sent_to),
  failures: row.failures, lastError: row.last_error, lastSentAt: row.last_sent_at, nextTryAt: row.next_try_ms === 0 ? null : instant(row.next_try_ms),
})

/** A new target hears what happens from now on. The secret for its signatures is shown once. */
export async function makeWebhook(office: Office, who: string, given: { url: string; kinds: readonly string[] }): Promise<{ secret: string; row: WebhookRow }> {
  if (!/^https?:\/\//u.test(given.url)) throw new HubRefusal('not-public', { url: given.url })
  const id = newId()
  const secret = `whsec_${newSecret()}`
  const head = await toldHead(office.db)
  await office.db.query(
    "INSERT INTO webhook (id, url, kinds, secret_sealed, state, sent_to, made_at) VALUES ($1, $2, $3, $4, 'on', $5, $6)",
    [id, given.url, JSON.stringify(given.kinds), office.sealing.seal(id, secret), head, instant(office.now_ms())],
  )
  await logAct(office.db, office, who, 'webhook-made', given.url)
  const [row] = await office.db.query<HookRow>('SELECT * FROM webhook WHERE id = $1', [id])
  if (row === undefined) throw new Error('a webhook that was just made')
  return { secret, row: hookView(row, head) }
}

/** Switched on again, a target is told all that it has missed. */
export async function setWebhook(office: Office, who: string, given: { id: string; state: 'on' | 'off' }): Promise<WebhookRow[]> {
  const touched = await office.db.touch('UPDATE webhook SET state = $2, failures = 0, next_try_ms = 0 WHERE id = $1', [given.id, given.state])
  if (touched === 0) throw new HubRefusal('no-such-thing')
  await logAct(office.db, office, who, `webhook-${given.state}`, given.id)
  return listWebhooks(office.db)
}

export async function dropWebhook(office: Office, who: string, id: string): Promise<WebhookRow[]> {
  await office.db.query('DELETE FROM webhook WHERE id = $1', [id])
  await logAct(office.db, office, who, 'webhook-dropped', id)
  return listWebhooks(office.db)
}

/**
 * Sends to every target that has something to hear and is not waiting; each on its own, so one that hangs holds up
 * nobody else. Answers whether anything was sent.
 */
export async function sendWebhooks(office: Office, holder: string): Promise<boolean> {
  const head = await toldHead(office.db)
  const now_ms = office.now_ms()
  const due = await office.db.query<HookRow>(
    "SELECT * FROM webhook WHERE state = 'on' AND sent_to < $1 AND next_try_ms <= $2 AND held_until_ms < $2 ORDER BY id LIMIT 50", [head, now_ms],
  )
  const sent = await Promise.all(due.map((hook) => sendOne(office, hook, holder)))
  return sent.includes(true)
}

async function sendOne(office: Office, hook: HookRow, holder: string): Promise<boolean> {
  const now_ms = office.now_ms()
  const mine = await office.db.touch(
    'UPDATE webhook SET holder = $2, held_until_ms = $3 WHERE id = $1 AND held_until_ms < $4 AND sent_to = $5', [hook.id, holder, now_ms + LEASE_MS, now_ms, hook.sent_to],
  )
  if (mine !== 1) return false
  const rows = await toldAfter(office.db, hook.sent_to, EVENTS_MAX)
  const last = rows.at(-1)
  const kinds = new Set(JSON.parse(hook.kinds) as string[])
  const wanted = rows.filter((row) => kinds.size === 0 || kinds.has(row.kind))
  const error = wanted.length === 0 ? null : await post(office, hook, wanted)
  const at_ms = office.now_ms()
  if (error === null) {
    await office.db.query(
      `UPDATE webhook SET sent_to = $3, failures = 0, last_error = NULL, next_try_ms = 0, held_until_ms = 0,
         last_sent_at = CASE WHEN $5 THEN $4 ELSE last_sent_at END WHERE id = $1 AND holder = $2`,
      [hook.id, holder, last?.seq ?? hook.sent_to, instant(at_ms), wanted.length > 0],
    )
    return true
  }
  const failures = hook.failures + 1
  await office.db.query(
    'UPDATE webhook SET failures = $3, last_error = $4, next_try_ms = $5, held_until_ms = 0, state = $6 WHERE id = $1 AND holder = $2',
    [hook.id, holder, failures, error.slice(0, 300), at_ms + waitAfter(failures), failures >= FAILURES_MAX ? 'given-up' : 'on'],
  )
  return false
}

/** Doubling up to an hour, never in step with others. */
function waitAfter(failures: number): number {
  const most_ms = Math.min(WAIT_MS_MAX, WAIT_MS * 2 ** Math.min(failures, 20))
  return most_ms / 2 + Math.random() * (most_ms / 2)
}

/** One message: null when the target took it (2xx), else why not. Redirects are not followed. */
async function post(office: Office, hook: HookRow, rows: readonly NumberedTold[]): Promise<string | null> {
  const body = JSON.stringify({ id: `${hook.id}.${rows[0]?.seq ?? 0}`, events: rows.map(messageOf) })
  const stamp = String(Math.floor(office.now_ms() / 1_000))
  const signature = signatureOf(office.sealing.open(hook.id, hook.secret_sealed), stamp, body)
  const headers = {
    'content-type': 'application/json', 'user-agent': 'Countermark', 'countermark-timestamp': stamp, 'countermark-signature': `v1=${signature}`,
    'countermark-delivery': `${hook.id}.${rows[0]?.seq ?? 0}`,
  }
  return tryUrl(hook.url, { headers, body, answer_ms_max: ANSWER_MS_MAX })
}

/** HMAC-SHA-256 over `timestamp.body`: the moment is signed too, so an old message cannot be sent again. */
export const signatureOf = (secret: string, stamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex')

/** One line as other systems get it. */
export const messageOf = (row: NumberedTold) => ({
  seq: row.seq, id: row.id, kind: row.kind, at: row.at, receivedAt: row.received_at, unitId: row.unit_id, productId: row.product_id, serial: row.serial,
  lot: row.lot, storeId: row.store_id, tillId: row.till, verdict: row.verdict, amount_cents: row.amount_cents, currency: row.currency, params: paramsOf(row),
})
