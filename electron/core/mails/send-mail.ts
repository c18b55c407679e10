import type { MailSettings, MailTrouble } from '../../../contract/mail.ts'

export interface Letter {
  /** The same at every try of one letter: a server or a reader that got it twice sees that it is one. */
  readonly messageId: string
  readonly to: string
  readonly fromName: string
  readonly subject: string
  readonly text: string
  readonly language: string
  readonly file: { readonly name: string; readonly bytes: Buffer }
}

/** Sent; or not now, and worth another try; or never, because the other side will not have it. */
export type Sent = { readonly is: 'sent' } | { readonly is: 'later' | 'never'; readonly why: MailTrouble }

const CONNECT_MS = 15_000
const SILENCE_MS = 30_000

/**
 * Gives one letter to the shop's mail server (SMTP, RFC 5321). A letter counts as sent when the server has answered 250
 * to its end, and not a moment earlier; what a broken line leaves open is tried again under the same message id.
 */
export async function sendMail(settings: MailSettings, password: string, letter: Letter): Promise<Sent> {
  // Loaded with the first letter: a till that sends none starts without it.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(settings.user === '' ? {} : { auth: { user: settings.user, pass: password } }),
  })
  try {
    await transport.sendMail({
      messageId: letter.messageId,
      from: { name: letter.fromName, address: settings.from },
      to: { name: '', address: letter.to },
      subject: letter.subject,
      text: letter.text,
      headers: { 'Content-Language': letter.language, 'Auto-Submitted': 'auto-generated' },
      attachments: [{ filename: letter.file.name, content: letter.file.bytes, contentType: 'application/pdf' }],
    })
    return { is: 'sent' }
  } catch (error) {
    return verdictOn(error)
  } finally {
    transport.close()
  }
}

/**
 * What a failure means. A reply of 5xx to the address or the letter is the server's last word (RFC 5321, 4.2.1); one to
 * the password is ours to mend, and so is everything else.
 */
function verdictOn(error: unknown): Sent {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code === 'EAUTH' || code === 'ENOAUTH') return { is: 'later', why: 'no-sign-in' }
  if (code === 'ETLS') return { is: 'later', why: 'not-secure' }
  const isLastWord = typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  if (isLastWord) return { is: 'never', why: 'not-taken' }
  return { is: 'later', why: typeof responseCode === 'number' ? 'not-taken' : 'no-line' }
}
