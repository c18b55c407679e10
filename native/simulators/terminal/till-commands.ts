import { fromBcd, readFields } from '../../terminals/zvt-fields.ts'
import type { Apdu } from '../../terminals/apdu.ts'
import type { ZvtCommand } from '../../terminals/zvt-commands.ts'

/** Reads what a till says, as a terminal does; null for what is no command of ZVT, or one that is not whole. */
export function readTillCommand(apdu: Apdu): ZvtCommand | null {
  const { body } = apdu
  switch ((apdu.class << 8) | apdu.instruction) {
    case 0x0600:
      return registration(body)
    case 0x0601:
      return payment(body)
    case 0x0631:
      return withPassword(body, (password, rest) => {
        const amount_cents = field(rest, 0x04)
        return amount_cents === null ? null : { kind: 'refund', password, amount_cents }
      })
    case 0x0630:
      return withPassword(body, (password, rest) => {
        const receipt = field(rest, 0x87)
        return receipt === null ? null : { kind: 'reverse', password, receipt }
      })
    case 0x0650:
      return withPassword(body, (password) => ({ kind: 'end-of-day', password }))
    case 0x0620:
      return withPassword(body, (password) => ({ kind: 'repeat-receipt', password }))
    case 0x0501:
      return withPassword(body, (password) => ({ kind: 'status', password }))
    case 0x849d: {
      const amount_cents = field(body, 0x04)
      return amount_cents === null ? null : { kind: 'part-of-goods', amount_cents }
    }
    default:
      return body.length === 0 ? bare((apdu.class << 8) | apdu.instruction) : null
  }
}

function bare(code: number): ZvtCommand | null {
  switch (code) {
    case 0x8000:
      return { kind: 'acknowledge' }
    case 0x8483:
      return { kind: 'unsupported' }
    case 0x8466:
      return { kind: 'no-goods' }
    case 0x849c:
      return { kind: 'more-time' }
    case 0x0670:
      return { kind: 'diagnosis' }
    case 0x06b0:
      return { kind: 'abort' }
    case 0x0602:
      return { kind: 'log-off' }
    default:
      return null
  }
}

function registration(body: Uint8Array): ZvtCommand | null {
  return withPassword(body, (password, rest) => {
    const currency = fromBcd(rest.subarray(1, 3))
    const config = rest[0]
    return rest.length < 3 || config === undefined || currency === null
      ? null
      : { kind: 'register', password, config, currency }
  })
}

function payment(body: Uint8Array): ZvtCommand | null {
  const amount_cents = field(body, 0x04)
  if (amount_cents === null) return null
  const polls = readFields(body).fields.find((entry) => entry.id === 0x02)?.value[0]
  return polls === undefined ? { kind: 'pay', amount_cents } : { kind: 'pay', amount_cents, polls }
}

function withPassword(
  body: Uint8Array,
  read: (password: string, rest: Uint8Array) => ZvtCommand | null,
): ZvtCommand | null {
  const password = body.length < 3 ? null : fromBcd(body.subarray(0, 3))
  return password === null ? null : read(String(password).padStart(6, '0'), body.subarray(3))
}

function field(body: Uint8Array, id: number): number | null {
  const found = readFields(body).fields.find((entry) => entry.id === id)
  return found === undefined ? null : fromBcd(found.value)
}
