import { z } from 'zod'
import { instant, newId } from '../ground.ts'
import { logAct, type Office } from '../people/office.ts'
import { toldHead, type NumberedTold } from '../reports/told-row.ts'
import { EpcisProblem } from './epcis-problem.ts'
import { conditionsOf, queryNamed } from './epcis-queries.ts'
import { eventsAmong, queryDocument } from './epcis-query.ts'
import { isInnerHost } from './inner-networks.ts'
import { nextMoment, QuerySchedule } from './schedule.ts'
import type { HookRow } from './webhooks.ts'

/** What other systems hand in. Without `stream: true` a schedule is asked for: nobody is flooded by accident. */
export const NewSubscription = z.strictObject({
  dest: z.url({ protocol: /^https?$/u }).max(500).meta({ description: 'Where the answers are posted.' }),
  signatureToken: z.string().min(1).max(200).optional().meta({ description: 'Chosen by you; each message is signed with it in `GS1-Signature`.' }),
  stream: z.literal(true).optional().meta({ description: 'Tell every event at once.' }),
  schedule: QuerySchedule.optional().meta({ description: 'Tell at these moments (UTC) what came since.' }),
  reportIfEmpty: z.boolean().default(false).meta({ description: 'With a schedule: say so, too, when nothing came.' }),
  initialRecordTime: z.iso.datetime({ offset: true }).optional().meta({ description: 'Begin with what was recorded since then; without it, with now.' }),
})

/** What of a subscription stands beside its row as a target. */
const Standing = z.object({ base: z.string(), schedule: QuerySchedule.nullable(), initialRecordTime: z.string().nullable() })
type Standing = z.infer<typeof Standing>

const standingOf = (hook: HookRow): Standing => Standing.parse(JSON.parse(hook.standing ?? 'null'))

export const Subscription = z.object({
  subscriptionID: z.string(), dest: z.url(), createdAt: z.iso.datetime(), lastNotifiedAt: z.iso.datetime().optional(), initialRecordTime: z.string().optional(),
  minRecordTime: z.string(), stream: z.literal(true).optional(), schedule: QuerySchedule.optional(), reportIfEmpty: z.boolean().optional(),
})
export type Subscription = z.infer<typeof Subscription>

function viewOf(hook: HookRow): Subscription {
  const { schedule, initialRecordTime } = standingOf(hook)
  return {
    subscriptionID: hook.id, dest: hook.url, createdAt: hook.made_at, ...(hook.last_sent_at === null ? {} : { lastNotifiedAt: hook.last_sent_at }),
    ...(initialRecordTime === null ? {} : { initialRecordTime }), minRecordTime: hook.last_sent_at ?? initialRecordTime ?? hook.made_at,
    ...(schedule === null ? { stream: true as const } : { schedule, reportIfEmpty: hook.report_if_empty }),
  }
}

/** Has the answers of a named question posted to `dest`, from now on or from `initialRecordTime`. `base`: the centre's address, as it was asked. */
export async function subscribe(office: Office, who: string, queryName: string, given: unknown, base: string): Promise<Subscription> {
  const { name } = await queryNamed(office.db, queryName)
  const read = NewSubscription.safeParse(given)
  if (!read.success) throw new EpcisProblem('ValidationException', z.prettifyError(read.error))
  const { dest, signatureToken, stream, schedule, reportIfEmpty, initialRecordTime } = read.data
  if ((stream === undefined) === (schedule === undefined)) throw new EpcisProblem('SubscriptionControlsException', 'Either stream: true or a schedule.')
  if (stream && reportIfEmpty) throw new EpcisProblem('SubscriptionControlsException', 'reportIfEmpty goes with a schedule.')
  if (isInnerHost(new URL(dest).hostname, office.trusted)) throw new EpcisProblem('ValidationException', 'dest lies in an inner network.')
  const now_ms = office.now_ms()
  const first_ms = schedule === undefined ? 0 : nextMoment(schedule, now_ms)
  if (first_ms === null) throw new EpcisProblem('SubscriptionControlsException', 'No moment ever fits this schedule.')
  const id = newId()
  const standing: Standing = { base, schedule: schedule ?? null, initialRecordTime: initialRecordTime ?? null }
  await office.db.query(
    `INSERT INTO webhook (id, url, kinds, secret_sealed, state, sent_to, made_at, next_try_ms, query_name, standing, report_if_empty)
     VALUES ($1, $2, '[]', $3, 'on', $4, $5, $6, $7, $8, $9)`,
    [
      id, dest, office.sealing.seal(id, signatureToken ?? ''), initialRecordTime === undefined ? await toldHead(office.db) : 0, instant(now_ms), first_ms,
      name, JSON.stringify(standing), reportIfEmpty,
    ],
  )
  await logAct(office.db, office, who, 'subscription-made', `${name}: ${dest}`)
  return subscriptionOf(office, name, id)
}

export async function listSubscriptions(office: Office, queryName: string): Promise<Subscription[]> {
  const { name } = await queryNamed(office.db, queryName)
  return (await office.db.query<HookRow>('SELECT * FROM webhook WHERE query_name = $1 ORDER BY made_at, id', [name])).map(viewOf)
}

export async function subscriptionOf(office: Office, queryName: string, id: string): Promise<Subscription> {
  const [hook] = await office.db.query<HookRow>('SELECT * FROM webhook WHERE id = $1 AND query_name = $2', [id, queryName])
  if (hook === undefined) throw new EpcisProblem('NoSuchResourceException', 'No such subscription.')
  return viewOf(hook)
}

export async function unsubscribe(office: Office, who: string, queryName: string, id: string): Promise<void> {
  const { dest } = await subscriptionOf(office, queryName, id)
  await office.db.query('DELETE FROM webhook WHERE id = $1', [id])
  await logAct(office.db, office, who, 'subscription-dropped', `${queryName}: ${dest}`)
}

/** What a subscriber is told of these lines, `isLast` when there are no more for now; null where nothing is to be told. */
export async function documentFor(office: Office, hook: HookRow, queryName: string, rows: readonly NumberedTold[], isLast: boolean): Promise<object | null> {
  const { base, initialRecordTime } = standingOf(hook)
  const params = conditionsOf(await queryNamed(office.db, queryName))
  const since = initialRecordTime === null ? 0 : Date.parse(initialRecordTime)
  const events = await eventsAmong(office.db, rows.filter(({ received_at }) => Date.parse(received_at) >= since), params, base)
  if (events.length === 0 && !(hook.report_if_empty && isLast)) return null
  return queryDocument(events, instant(office.now_ms()), base, { queryName, subscriptionID: hook.id })
}

/** When a subscriber who has been told all there was is told again: 0, at once. */
export function nextTurn(hook: HookRow, now_ms: number): number {
  const { schedule } = standingOf(hook)
  return schedule === null ? 0 : (nextMoment(schedule, now_ms) ?? 0)
}
