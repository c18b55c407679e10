import { isSameMailServer, MailSettings } from '../../../contract/mail.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import type { Reading, Writing } from '../store/store.ts'

/** What the password is bound to: it opens nowhere else. */
const OWNER = 'mail-password'

interface Kept {
  readonly settings: unknown
  readonly password: string | null
}

/** Null where no mail server is set, or what is kept cannot be read by this version. */
export function mailSettings(db: Reading): { settings: MailSettings; sealedPassword: Buffer | null } | null {
  const kept = metaValue<Kept>(db, 'mail')
  const read = MailSettings.safeParse(kept?.settings)
  if (!read.success) return null
  return { settings: read.data, sealedPassword: typeof kept?.password === 'string' ? Buffer.from(kept.password, 'base64') : null }
}

/**
 * A password of null keeps the one there is, for the server it was given for; an empty one takes it away. Another host,
 * or the same one without TLS, would learn from us what nobody has told it.
 */
export function keepMailSettings(db: Writing, key: CustomerKey, settings: MailSettings | null, password: string | null): void {
  const before = mailSettings(db)
  const isSame = before !== null && settings !== null && isSameMailServer(before.settings, settings)
  const sealed = password === null ? (isSame ? before.sealedPassword : null) : password === '' ? null : key.seal(password, OWNER)
  setMeta(db, 'mail', settings === null ? null : { settings, password: sealed?.toString('base64') ?? null })
}

export const openPassword = (key: CustomerKey, sealed: Buffer | null): string => (sealed === null ? '' : (key.open(sealed, OWNER) ?? ''))
