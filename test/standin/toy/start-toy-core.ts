/** The smallest core there can be: one number in a file, behind the same door as the real one. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EventPublisher, ORPCError, os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePortMain } from 'electron'
import type { Seat } from '../../../contract/roles.ts'
import type { RunningCore } from '../../../electron/shell/core-side.ts'

interface Channel {
  readonly seat: Seat
  readonly file: string
  readonly changes: EventPublisher<{ count: number }>
}

const call = os.$context<Channel>()

function read(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

const router = {
  seat: call.handler(({ context }) => ({ seat: context.seat, pid: process.pid })),
  add: call.handler(({ context }) => {
    if (context.seat === 'kiosk') throw new ORPCError('FORBIDDEN', { message: 'a kiosk does not count' })
    const count = read(context.file) + 1
    writeFileSync(context.file, String(count))
    context.changes.publish('count', count)
    return count
  }),
  changed: call.handler(async function* ({ context, signal }) {
    yield read(context.file)
    yield* context.changes.subscribe('count', signal === undefined ? {} : { signal })
  }),
  fall: call.handler(() => {
    setImmediate(() => process.exit(9))
    return null
  }),
}
export type ToyRouter = typeof router

function seatOf(args: readonly string[]): Seat {
  return args.includes('kiosk') ? 'kiosk' : 'counter'
}

export async function startToyCore(args: readonly string[]): Promise<RunningCore> {
  const folder = args[args.indexOf('--data') + 1]
  if (folder === undefined || !args.includes('--data')) throw new Error('The toy needs a folder for its number.')
  const file = join(folder, 'count')
  mkdirSync(dirname(file), { recursive: true })
  const changes = new EventPublisher<{ count: number }>()
  const handler = new RPCHandler(router)
  return {
    options: { seat: seatOf(args) },
    accept(port: MessagePortMain, seat: Seat) {
      handler.upgrade(port, { context: { seat, file, changes } })
      port.start()
    },
    // The toy has no customer's screen, and never will.
    onCustomerScreen: (call) => call(false),
    onKioskWindow: (call) => call('locked'),
    stop: async () => writeFileSync(join(folder, 'stopped'), 'in good order'),
  }
}
