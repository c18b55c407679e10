import { createHmac } from 'node:crypto'
import type { Office } from '../people/office.ts'
import { paramsOf, type NumberedTold } from '../reports/told-row.ts'
import { documentFor } from './epcis-subscriptions.ts'
import type { HookRow } from './webhooks.ts'

export interface HookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a target is told of these lines, signed; null where none of them is for it. `isLast`: there are no more for now. */
export async function messageFor(office: Office, hook: HookRow, rows: readonly NumberedTold[], isLast: boolean): Promise<HookMessage | null> {
  const delivery = `${hook.id}.${nameOf(hook, rows)}`
  const stamp = String(Math.floor(office.now_ms() / 1_000))
  const secret = office.sealing.open(hook.id, hook.secret_sealed)
  if (hook.query_name !== null) {
    const document = await documentFor(office, hook, hook.query_name, rows, isLast)
    if (document === null) return null
    const body = JSON.stringify(document)
    // A client that chose no token wants no signature.
    const signed: Record<string, string> = secret === '' ? {} : { 'gs1-signature': `t=${stamp},v1=${signatureOf(secret, stamp, body)}` }
    return { headers: { ...common(delivery, stamp), 'content-type': 'application/ld+json', 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0', ...signed }, body }
  }
  const kinds = new Set(JSON.parse(hook.kinds) as string[])
  const wanted = rows.filter((row) => kinds.size === 0 || kinds.has(row.kind))
  if (wanted.length === 0) return null
  const body = JSON.stringify({ id: delivery, events: wanted.map(messageOf) })
  return { headers: { ...common(delivery, stamp), 'content-type': 'application/json', 'countermark-signature': `v1=${signatureOf(secret, stamp, body)}` }, body }
}

/** One name for a message however often it is sent, and for no other: the lines it is made of; where there are none, after which message it comes. */
const nameOf = (hook: HookRow, rows: readonly NumberedTold[]): string =>
  rows.length === 0 ? `after-${Date.parse(hook.last_sent_at ?? hook.made_at)}` : `${rows[0]?.seq}-${rows.at(-1)?.seq}`

const common = (delivery: string, stamp: string) => ({ 'user-agent': 'Countermark', 'countermark-timestamp': stamp, 'countermark-delivery': delivery })

/** HMAC-SHA-256 over `timestamp.body`: the moment is signed too, so an old message cannot be sent again. */
const signatureOf = (secret: string, stamp: string, body: string): string => createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex')

/** One line as other systems get it. */
export const messageOf = (row: NumberedTold) => ({
  seq: row.seq, id: row.id, kind: row.kind, at: row.at, receivedAt: row.received_at, unitId: row.unit_id, productId: row.product_id, serial: row.serial,
  lot: row.lot, storeId: row.store_id, tillId: row.till, verdict: row.verdict, amount_cents: row.amount_cents, currency: row.currency, params: paramsOf(row),
})
