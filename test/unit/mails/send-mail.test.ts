import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MailSettings } from '../../../contract/mail.ts'
import { sendMail, type Letter } from '../../../electron/core/mails/send-mail.ts'
import { smtpServer, type SmtpServer } from '../../support/mail/smtp-server.ts'

const LETTER: Letter = {
  messageId: '<m1@countermark.invalid>', to: 'rosa@example.org', fromName: 'Halden & Söhne', subject: 'Ihr Beleg T1-R000007', text: 'Danke, Rosa – für Ihren Einkauf.',
  language: 'de', file: { name: 'sale-T1-R000007.pdf', bytes: Buffer.from('%PDF-1.7 a receipt') },
}
let server: SmtpServer
let settings: MailSettings
beforeEach(async () => {
  server = await smtpServer()
  settings = { host: '127.0.0.1', port: server.port, security: 'none', user: '', from: 'till@shop.example' }
})
afterEach(() => server.close())

describe('a letter to a customer', () => {
  it('arrives with its PDF, its number and its own message id', async () => {
    expect(await sendMail(settings, '', LETTER)).toEqual({ is: 'sent' })
    const [got] = server.delivered
    expect(got?.to).toEqual(['rosa@example.org'])
    expect(got?.data).toContain('Message-ID: <m1@countermark.invalid>')
    expect(got?.data).toContain('T1-R000007')
    expect(got?.data).toContain('application/pdf')
    expect(got?.data).toContain(LETTER.file.bytes.toString('base64'))
  })

  it('is tried again when there is no line, when the server is busy, and when the line breaks before the last word', async () => {
    server.mood.toLetter = 'hang-up'
    expect(await sendMail(settings, '', LETTER)).toMatchObject({ is: 'later' })
    server.mood.toLetter = 451
    expect(await sendMail(settings, '', LETTER)).toEqual({ is: 'later', why: 'not-taken' })
    await server.close()
    expect(await sendMail(settings, '', LETTER)).toEqual({ is: 'later', why: 'no-line' })
  })

  it('is never sent again to an address that the server will not have', async () => {
    server.mood.toAddress = 550
    expect(await sendMail(settings, '', LETTER)).toEqual({ is: 'never', why: 'not-taken' })
    expect(server.delivered).toEqual([])
  })

  it('waits for somebody to mend the password, and goes when it is right', async () => {
    server.mood.signIn = 'till:secret'
    expect(await sendMail({ ...settings, user: 'till' }, 'wrong', LETTER)).toEqual({ is: 'later', why: 'no-sign-in' })
    expect(await sendMail({ ...settings, user: 'till' }, 'secret', LETTER)).toEqual({ is: 'sent' })
  })

  it('does not leave in the clear where the settings ask for TLS', async () => {
    expect(await sendMail({ ...settings, security: 'starttls' }, '', LETTER)).toMatchObject({ is: 'later' })
    expect(server.delivered).toEqual([])
  })

  it('keeps a line break in a name or a subject from becoming a header', async () => {
    expect(await sendMail(settings, '', { ...LETTER, subject: 'a\r\nBcc: all@example.org', fromName: 'b\r\nX-Bad: 1' })).toEqual({ is: 'sent' })
    expect(server.delivered[0]?.data).not.toMatch(/^(Bcc|X-Bad):/m)
  })
})
