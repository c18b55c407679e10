import { z } from 'zod'
import { Id, Instant } from './ids.ts'

export const MailState = z.enum(['waiting', 'sending', 'sent', 'refused', 'given-up'])
export type MailState = z.infer<typeof MailState>

/** Why a letter is not out yet. `refused` ones name what the other side said in `said`. */
export const MailTrouble = z.enum(['no-settings', 'no-line', 'no-sign-in', 'not-taken', 'not-secure', 'locked'])
export type MailTrouble = z.infer<typeof MailTrouble>

/** A letter on its way to a customer. The address is only hinted at. */
export const MailView = z.object({
  mailId: Id,
  documentId: Id,
  number: z.string(),
  to: z.string(),
  state: MailState,
  why: MailTrouble.nullable(),
  tries: z.int(),
  at: Instant,
})
export type MailView = z.infer<typeof MailView>

/** How letters leave the shop. `starttls` refuses a server that does not turn to TLS; `none` is for a server in the house. */
export const MailSettings = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(200),
  from: z.string().trim().min(3).max(200).regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/),
})
export type MailSettings = z.infer<typeof MailSettings>

/** Whether a password that was given for the one goes to the same place, by the same way, with the other. */
export const isSameMailServer = (one: MailSettings, other: MailSettings): boolean =>
  one.host === other.host && one.port === other.port && one.security === other.security && one.user === other.user
