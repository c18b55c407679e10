import type { MessagePortMain, ParentPort } from 'electron'
import type { KeyStore } from '../../contract/key-store.ts'
import type { KioskWindowState } from '../../contract/kiosk-window.ts'
import type { LineSeat, Seat } from '../../contract/roles.ts'
import { unreachable } from '../../contract/unreachable.ts'
import type { FromCore, ToCore } from './core-messages.ts'
import { KeyStoreOfMain } from './key-store-line.ts'

const END_ALONE_MS = 1_000

/** What of a core this end needs. */
export interface RunningCore {
  readonly options: { readonly seat: Seat }
  accept(port: MessagePortMain, seat: LineSeat): void
  onCustomerScreen(call: (wanted: boolean) => void): void
  onKioskWindow(call: (state: KioskWindowState) => void): void
  stop(): Promise<void>
}

export type StartCore = (args: readonly string[], packaged: boolean, keyStore: KeyStore) => Promise<RunningCore>

/**
 * The core process's end of the line to main: starts the core once it is told how, hands it each window's port with
 * the seat main has fixed for it, and stops it when asked. A core that cannot start is told to main in its own
 * words; anything else that goes wrong ends the process, and main starts another.
 */
export function answerMain(parent: ParentPort, start: StartCore): void {
  let starting: Promise<RunningCore> | null = null
  let ending: Promise<void> | null = null
  const end = (): Promise<void> => (ending ??= stopped(starting))
  // Ctrl+C in a terminal reaches every process of the program at once; main decides in which order they end.
  process.on('SIGINT', () => {})
  // A machine that shuts down ends every process by itself; the shop is closed first.
  process.on('SIGTERM', () => void end().then(() => process.exit(0)))
  const tell = (message: FromCore): void => parent.postMessage(message)
  const keyStore = new KeyStoreOfMain(tell)

  parent.on('message', (event: { data: ToCore; ports: MessagePortMain[] }) => {
    const message = event.data
    switch (message.kind) {
      case 'start':
        starting ??= start(message.args, message.packaged, keyStore)
        starting.then(
          (core) => {
            tell({ kind: 'ready', seat: core.options.seat })
            core.onCustomerScreen((wanted) => tell({ kind: 'customer-screen', wanted }))
            if (core.options.seat === 'kiosk') core.onKioskWindow((state) => tell({ kind: 'kiosk-window', state }))
          },
          (error: unknown) => tell({ kind: 'refused', sentence: sentenceOf(error) }),
        )
        return
      case 'accept': {
        const [port] = event.ports
        if (port === undefined) throw new Error('main sent a seat without a port')
        void starting?.then((core) => core.accept(port, message.seat))
        return
      }
      case 'sealed':
      case 'opened':
        return keyStore.heard(message)
      case 'ask':
        return tell({ kind: 'here' })
      case 'stop':
        void end().then(() => {
          tell({ kind: 'stopped' })
          // The answer is on its way; main ends the process when it has it, and this is for a main that is gone.
          setTimeout(() => process.exit(0), END_ALONE_MS)
        })
        return
      default:
        return unreachable(message)
    }
  })
}

/** A core that never started has nothing to close. */
async function stopped(starting: Promise<RunningCore> | null): Promise<void> {
  const core = await (starting ?? Promise.resolve(null)).catch(() => null)
  await core?.stop()
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
