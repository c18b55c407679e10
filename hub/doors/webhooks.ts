import { HookTrouble, type WebhookRow } from '../contract/office-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { newSecret } from '../people/sessions.ts'
import { toldHead } from '../reports/told-row.ts'
import { isInnerHost } from './inner-networks.ts'

export interface HookRow {
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
  readonly made_at: string
  /** The named question whose answers it is told; null: a target of the owner's, told every event of its kinds. */
  readonly query_name: string | null
  readonly standing: string | null
  readonly report_if_empty: boolean
}

/** All webhooks, with how far behind each is. */
export async function listWebhooks(db: Query): Promise<WebhookRow[]> {
  const head = await toldHead(db)
  return (await db.query<HookRow>('SELECT * FROM webhook ORDER BY made_at')).map((row) => hookView(row, head))
}

const hookView = (row: HookRow, head: number): WebhookRow => ({
  id: row.id, url: row.url, kinds: JSON.parse(row.kinds) as string[], queryName: row.query_name, state: row.state, sentTo: row.sent_to, behind: Math.max(0, head - row.sent_to),
  failures: row.failures, lastError: troubleIn(row.last_error), lastSentAt: row.last_sent_at, nextTryAt: row.next_try_ms === 0 ? null : instant(row.next_try_ms),
})

const troubleIn = (text: string | null): HookTrouble | null => {
  if (text === null) return null
  const [code, ...detail] = text.split(' ')
  const read = HookTrouble.safeParse({ code, detail: detail.join(' ') })
  return read.success ? read.data : { code: 'not-reached', detail: text }
}

/** A new target hears what happens from now on. The secret for its signatures is shown once. */
export async function makeWebhook(office: Office, who: string, given: { url: string; kinds: readonly string[] }): Promise<{ secret: string; row: WebhookRow }> {
  if (!/^https?:\/\//u.test(given.url) || isInnerHost(new URL(given.url).hostname, office.trusted)) throw new HubRefusal('not-public', { url: given.url })
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

/** Switched on again, a target is told all that it has missed; one with a schedule, where it has missed nothing, at its next moment. */
export async function setWebhook(office: Office, who: string, given: { id: string; state: 'on' | 'off' }): Promise<WebhookRow[]> {
  const touched = await office.db.touch(
    'UPDATE webhook SET state = $2, failures = 0, next_try_ms = CASE WHEN query_name IS NULL THEN 0 ELSE $3::bigint END WHERE id = $1', [given.id, given.state, office.now_ms()],
  )
  if (touched === 0) throw new HubRefusal('no-such-thing')
  await logAct(office.db, office, who, `webhook-${given.state}`, given.id)
  return listWebhooks(office.db)
}

export async function dropWebhook(office: Office, who: string, id: string): Promise<WebhookRow[]> {
  await office.db.query('DELETE FROM webhook WHERE id = $1', [id])
  await logAct(office.db, office, who, 'webhook-dropped', id)
  return listWebhooks(office.db)
}
