import { readApdu } from '../../native/terminals/apdu.ts'
import { currencyNumber } from '../../native/terminals/currencies.ts'
import { zvtBytes, type ZvtCommand } from '../../native/terminals/zvt-commands.ts'
import { readMessage, type ZvtMessage } from '../../native/terminals/zvt-messages.ts'
import { readTillCommand } from '../../native/simulators/terminal/till-commands.ts'
import type { FrameFields, VectorProtocol, VectorProtocols } from './device-vector.ts'

/** What the till says is read as the simulated terminal reads it, and made again with the driver's own commands. */
const zvt: VectorProtocol = {
  parse(bytes, vector) {
    const apdu = readApdu(bytes)
    if (apdu === null) return null
    if (vector.dir === 'device>host') return heard(readMessage(apdu))
    const command = readTillCommand(apdu)
    return command === null ? null : { command, amount: 'amount_cents' in command ? command.amount_cents : null }
  },
  build: (fields) => ('command' in fields ? zvtBytes(fields['command'] as ZvtCommand) : null),
}

function heard(message: ZvtMessage): FrameFields | null {
  switch (message.kind) {
    case 'status': {
      const { result, details } = message.information
      return {
        result,
        amount: details.amount_cents,
        currency: details.currency === null ? null : String(currencyNumber(details.currency)).padStart(3, '0'),
        trace: details.trace,
        receipt: details.receipt,
        tid: details.terminalId,
        text: details.text,
        cardName: details.cardName,
      }
    }
    case 'intermediate':
      return { intermediate: message.status }
    case 'other':
      return null
    default:
      return { ...message }
  }
}

export const terminalProtocols: VectorProtocols = { zvt }
