import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MailSettings } from '../../../contract/mail.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { keepMailSettings, mailSettings, openPassword } from '../../../electron/core/mails/mail-settings.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'

const SERVER: MailSettings = { host: 'mail.shop.example', port: 465, security: 'tls', user: 'till', from: 'till@shop.example' }
const key = new CustomerKey(randomBytes(32))
let till: MoneyTill

beforeEach(() => {
  till = moneyTill()
  keep(SERVER, 'a secret')
})
afterEach(() => till.close())

const keep = (settings: MailSettings | null, password: string | null): void =>
  till.ground.store.write((db) => keepMailSettings(db, key, settings, password))
const password = (): string => openPassword(key, mailSettings(till.ground.store.reading)?.sealedPassword ?? null)

describe('the password of the mail server', () => {
  it('stays when only the address changes that letters come from', () => {
    keep({ ...SERVER, from: 'shop@shop.example' }, null)
    expect(password()).toBe('a secret')
  })

  it.each([{ host: 'mail.elsewhere.example' }, { port: 2_465 }, { security: 'none' as const }, { user: 'somebody' }])(
    'is not sent to where nobody has given it to: %j', (other) => {
      keep({ ...SERVER, ...other }, null)
      expect(mailSettings(till.ground.store.reading)).toEqual({ settings: { ...SERVER, ...other }, sealedPassword: null })
      keep(SERVER, null)
      expect(password()).toBe('')
    },
  )

  it('is the new one where one is given with the new server, and gone where it is taken away', () => {
    keep({ ...SERVER, host: 'mail.elsewhere.example' }, 'another')
    expect(password()).toBe('another')
    keep({ ...SERVER, host: 'mail.elsewhere.example' }, '')
    expect(password()).toBe('')
  })
})
