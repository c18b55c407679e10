import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannelMain, utilityProcess } from 'electron'
import type { UtilityProcess, WebContents } from 'electron'
import type { KeyStore } from '../../contract/key-store.ts'
import { IPC } from '../../contract/port-handshake.ts'
import type { KioskWindowState } from '../../contract/kiosk-window.ts'
import type { LineSeat, Seat } from '../../contract/roles.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { backOff } from './back-off.ts'
import type { FromCore, ToCore } from './core-messages.ts'
import { Heartbeat, type Patience } from './heartbeat.ts'
import { answerOfKeyStore } from './key-store-line.ts'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000
/** A core that ran this long and then fell is a new mishap, not the same one again. */
const COUNTS_AS_WELL_MS = 60_000
export const CORE_SERVICE_NAME = 'Countermark core'

export interface CoreKeeper {
  /** Resolves with the seat when the core is ready; rejects with its own sentence when it refuses to start. */
  start(): Promise<Seat>
  /** Gives a window its port, now or as soon as there is a core; again after every restart. Replaces an older port. */
  connect(contents: WebContents, seat: LineSeat): void
  /** Ends the core in good order, or by force once `deadline_ms` has passed. Resolves when it is gone. */
  stop(deadline_ms: number): Promise<void>
}

export interface CoreOrder {
  /** The built core process. */
  readonly entry: string
  /** The settings of this start, handed on as they were given. */
  readonly args: readonly string[]
  readonly packaged: boolean
  /** Where the core's secrets are sealed. */
  readonly keyStore: KeyStore
  /** How long it may be silent before it counts as fallen. */
  readonly patience: Patience
  /** The till has a customer's screen, or has none any more. */
  customerScreen(wanted: boolean): void
  /** Staff at the door of a kiosk have said what its window is to be; a new core says `locked`. */
  kioskWindow(state: KioskWindowState): void
  /** A core that ends while the whole program ends is not replaced. */
  isQuitting(): boolean
  /** One line for the log. */
  log(line: string): void
}

/** Starts the core as a process of its own and keeps one alive: a fallen core is replaced, the windows stay. */
export function keepCore(order: CoreOrder): CoreKeeper {
  const windows = new Map<WebContents, LineSeat>()
  const pause = backOff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
  let child: UtilityProcess | null = null
  let ready = false
  let readyAt_ms = 0
  let stopping = false

  const send = (message: ToCore): void => child?.postMessage(message)
  const heartbeat = new Heartbeat(order.patience, () => send({ kind: 'ask' }), () => {
    order.log('The core does not answer any more; it is ended.')
    if (child !== null) endByForce(child)
  })

  function give(contents: WebContents, seat: LineSeat): void {
    if (child === null || contents.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage({ kind: 'accept', seat } satisfies ToCore, [port1])
    contents.postMessage(IPC.portGiven, null, [port2])
  }

  /** Resolves when the new core is ready; rejects when it refuses or ends before that. */
  function fork(): Promise<Seat> {
    return new Promise((resolve, reject) => {
      const born = utilityProcess.fork(order.entry, [], { serviceName: CORE_SERVICE_NAME, stdio: 'inherit' })
      child = born
      send({ kind: 'start', args: order.args, packaged: order.packaged })
      born.on('message', (message: FromCore) => {
        switch (message.kind) {
          case 'ready':
            ready = true
            readyAt_ms = performance.now()
            for (const [contents, seat] of windows) give(contents, seat)
            heartbeat.start()
            return resolve(message.seat)
          case 'customer-screen':
            return order.customerScreen(message.wanted)
          case 'kiosk-window':
            return order.kioskWindow(message.state)
          case 'seal':
          case 'open-sealed':
            return void answerOfKeyStore(order.keyStore, message).then(send)
          case 'here':
            return heartbeat.heard()
          case 'refused':
            reject(new Error(message.sentence))
            born.kill()
            return
          case 'stopped':
            born.kill()
            return
          default:
            return unreachable(message)
        }
      })
      born.once('exit', (code) => {
        child = null
        heartbeat.stop()
        reject(new Error(`The core ended with code ${code} before it was ready.`))
        if (ready) void fallen(code)
        ready = false
      })
    })
  }

  /** There is a shop on the screen and it waits, so this never gives up: it only waits longer between tries. */
  async function fallen(code: number): Promise<void> {
    if (stopping || order.isQuitting()) return
    order.log(`The core ended with code ${code}; another one starts.`)
    for (const contents of windows.keys()) if (!contents.isDestroyed()) contents.send(IPC.portLost)
    if (performance.now() - readyAt_ms > COUNTS_AS_WELL_MS) pause.reset()
    for (;;) {
      await sleep(pause.next_ms())
      if (stopping || order.isQuitting()) return
      try {
        await fork()
        order.log('The core is back.')
        return
      } catch (error) {
        order.log(error instanceof Error ? error.message : String(error))
      }
    }
  }

  return {
    start: fork,
    connect(contents, seat) {
      if (!windows.has(contents)) contents.once('destroyed', () => windows.delete(contents))
      windows.set(contents, seat)
      if (ready) give(contents, seat)
    },
    async stop(deadline_ms) {
      stopping = true
      heartbeat.stop()
      const ending = child
      if (ending === null) return
      const gone = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
      const force = setTimeout(() => endByForce(ending), deadline_ms)
      send({ kind: 'stop' })
      await gone
      clearTimeout(force)
    },
  }
}

/** A core that hangs hears no request to end; its own answer to SIGTERM would never run. */
function endByForce(core: UtilityProcess): void {
  if (core.pid !== undefined) process.kill(core.pid, 'SIGKILL')
}
