import { z } from 'zod'
import { Day, Id, Instant, Language } from '../../contract/ids.ts'
import { leading, looking, owning, Page, pageOf } from './allowed.ts'

export const ImportKind = z.enum(['products', 'units', 'customers', 'staff', 'stolen'])
export type ImportKind = z.infer<typeof ImportKind>

export const RowTrouble = z.object({ line: z.int(), column: z.string(), code: z.string(), value: z.string() })
export type RowTrouble = z.infer<typeof RowTrouble>

export const ImportView = z.object({
  id: Id, kind: ImportKind, fileName: z.string(), state: z.enum(['uploading', 'ready', 'running', 'stopped', 'done', 'failed']),
  bytes: z.int(), doneBytes: z.int(), doneRows: z.int(), goodRows: z.int(), badRows: z.int(), startedAt: Instant, endedAt: Instant.nullable(),
  by: z.string(),
})
export type ImportView = z.infer<typeof ImportView>

export const ImportPreview = z.object({
  view: ImportView, delimiter: z.string(), encoding: z.string(), columns: z.array(z.string()), missing: z.array(z.string()), unused: z.array(z.string()),
  rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()), troubles: z.array(RowTrouble) })),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const imports = {
  list: leading.output(z.array(ImportView)),
  /** The file itself comes by `POST /face/imports/<kind>`, as it is and as long as it is. */
  preview: leading.input(z.object({ id: Id })).output(ImportPreview),
  start: leading.input(z.object({ id: Id })).output(ImportView),
  stop: leading.input(z.object({ id: Id })).output(ImportView),
  view: leading.input(z.object({ id: Id })).output(ImportView),
  troubles: leading.input(z.object({ id: Id, after: z.int().default(0) })).output(z.array(RowTrouble)),
}

export const Scope = z.enum(['stock', 'events', 'orders', 'notices', 'products', 'epcis', 'readings', 'postings'])
export type Scope = z.infer<typeof Scope>

export const ApiKeyRow = z.object({
  id: Id, name: z.string(), scopes: z.array(Scope), madeAt: Instant, lastUsedAt: Instant.nullable(), revokedAt: Instant.nullable(),
})
export type ApiKeyRow = z.infer<typeof ApiKeyRow>
/** Why a target has not taken a message: `detail` is a status, seconds, or the word of the network. */
export const HookTrouble = z.object({ code: z.enum(['answered', 'no-answer', 'inner-address', 'not-reached']), detail: z.string() })
export type HookTrouble = z.infer<typeof HookTrouble>

export const WebhookRow = z.object({
  id: Id, url: z.string(), kinds: z.array(z.string()),
  /** Set for a subscription that another system made by itself. */
  queryName: z.string().nullable(), state: z.enum(['on', 'off', 'given-up']), sentTo: z.int(), behind: z.int(),
  failures: z.int(), lastError: HookTrouble.nullable(), lastSentAt: Instant.nullable(), nextTryAt: Instant.nullable(),
})
export type WebhookRow = z.infer<typeof WebhookRow>

export const doors = {
  keys: owning.output(z.array(ApiKeyRow)),
  /** The key itself is shown once. */
  makeKey: owning.input(z.object({ name: z.string().trim().min(1).max(80), scopes: z.array(Scope).min(1) })).output(z.object({ key: z.string(), row: ApiKeyRow })),
  revokeKey: owning.input(z.object({ id: Id })).output(z.array(ApiKeyRow)),
  webhooks: owning.output(z.array(WebhookRow)),
  makeWebhook: owning.input(z.object({ url: z.url().max(500), kinds: z.array(z.string().max(40)).max(40) })).output(z.object({ secret: z.string(), row: WebhookRow })),
  setWebhook: owning.input(z.object({ id: Id, state: z.enum(['on', 'off']) })).output(z.array(WebhookRow)),
  dropWebhook: owning.input(z.object({ id: Id })).output(z.array(WebhookRow)),
  postings: looking.input(z.object({ day: Day })).output(z.object({ csv: z.string(), datev: z.string(), rows: z.int() })),
}

/** Why somebody did it, in words that a database can hold. */
const Why = z.string().trim().min(1).max(300).refine((text) => !text.includes('\u0000'), 'no zero in it')

export const CustomerView = z.object({
  id: Id, name: z.string(), email: z.string(), phone: z.string(), address: z.string(), language: Language, keepUntil: Day, erasedAt: Instant.nullable(),
  units: z.array(z.object({ unitId: Id, since: Instant, thing: z.string(), serial: z.string().nullable() })),
})
export type CustomerView = z.infer<typeof CustomerView>

/** Two who may be one person, and by what they seem to be. */
export const CustomerDouble = z.object({ by: z.array(z.enum(['email', 'phone', 'card'])), people: z.array(CustomerView).length(2) })
export type CustomerDouble = z.infer<typeof CustomerDouble>

/** The person that stands for both from now on; `mergeId` is what it can be undone by. */
export const MergedCustomer = z.object({ mergeId: Id, person: CustomerView })
export type MergedCustomer = z.infer<typeof MergedCustomer>

export const customers = {
  /** Who may be kept twice: the same mail address, telephone number or card under two ids. */
  doubles: leading.input(Page).output(pageOf(CustomerDouble)),
  merge: leading.input(z.object({ keepId: Id, awayId: Id, why: Why })).output(MergedCustomer),
  unmerge: leading.input(z.object({ mergeId: Id })).output(z.array(CustomerView)),
  /** By the whole mail address or telephone number: what is sealed cannot be searched by its parts. */
  find: leading.input(z.object({ text: z.string().trim().min(3).max(254) })).output(z.array(CustomerView)),
  exported: leading.input(z.object({ id: Id })).output(z.object({ fileName: z.string(), text: z.string() })),
  erase: leading.input(z.object({ id: Id, why: Why })).output(CustomerView),
}
