import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { RPCHandler as PortHandler } from '@orpc/server/message-port'
import { RPCHandler as SocketHandler } from '@orpc/server/websocket'
import { refused, type Result } from '../../contract/fault.ts'
import { NO_KEY_STORE, type KeyStore } from '../../contract/key-store.ts'
import type { KioskWindowState } from '../../contract/kiosk-window.ts'
import type { MendReport, MendWay } from '../../contract/mending-view.ts'
import type { LineSeat } from '../../contract/roles.ts'
import { systemClock, type Clock } from '../../native/clock.ts'
import { logged } from './calls/log-bugs.ts'
import { routerOf } from './calls/router.ts'
import { CoreShop } from './core-shop.ts'
import { mirrorFile, removeDatabase, shopFile, takeDataFolder } from './data-folder.ts'
import { DEMO_SEED, DEMO_UNITS, makeDemoMirror } from './demo/make-demo-mirror.ts'
import { KioskIdle } from './desk/kiosk-idle.ts'
import { KioskWindow } from './desk/kiosk-window.ts'
import { ViewFeed } from './desk/view-feed.ts'
import { say } from './flows/say.ts'
import { openGround } from './open-ground.ts'
import { readOptions, StartFault, type CoreOptions } from './options.ts'
import { LockWatch } from './people/lock-watch.ts'
import { refusal } from './calls/guard.ts'
import { KeepCopies } from './mending/keep-copies.ts'
import { Mending } from './mending/mending.ts'
import { finishPlaces, foundFile, isEmptied, stampOf } from './mending/shop-files.ts'
import { StorageFault } from './store/open-database.ts'
import { KeptTillKey } from './sync/till-key.ts'

type HandlerPort = Parameters<PortHandler<{ seat: LineSeat }>['upgrade']>[0]
type HandlerSocket = Parameters<SocketHandler<{ seat: LineSeat }>['upgrade']>[0]

/** The shop, running. It cannot tell whether Electron or plain Node is around it. */
export interface Core {
  readonly options: CoreOptions
  readonly shop: CoreShop
  /** Set while the shop's file is damaged and nobody has said yet how to go on; there is no shop then. */
  readonly mending: Mending | null
  mend(way: MendWay): Promise<Result<MendReport>>
  /** Gives a window its line to the shop. The seat is the caller's word, never the window's. */
  accept(port: HandlerPort, seat: LineSeat): void
  acceptSocket(socket: HandlerSocket, seat: LineSeat): void
  /** Where the customer's screen is opened by hand, for the health page. */
  tellCustomerScreen(address: string): void
  /** Calls at once and at every change with whether this till has a customer's screen. */
  onCustomerScreen(call: (wanted: boolean) => void): void
  /** Somebody holds the kiosk's window: told at once and at every change what it is to be. */
  onKioskWindow(call: (state: KioskWindowState) => void): void
  stop(): Promise<void>
}

const SETTINGS_FILE = 'settings.json'

/** Where the numbered SQL files lie: beside the sources, or beside the built program. */
export function migrationsDir(): string {
  const near = [join(import.meta.dirname, '../../migrations'), join(import.meta.dirname, '../migrations')]
  const found = near.find((dir) => existsSync(dir))
  if (found === undefined) throw new StartFault('The program is not whole: its migrations folder is missing. Install it again.')
  return found
}

/**
 * Starts the shop on a data folder. A first start makes the demo shop. Refuses (throws `StartFault`) in one clear
 * sentence what a person can put right; nothing has been changed then.
 */
export async function startCore(args: readonly string[], _packaged = false, keyStore = NO_KEY_STORE): Promise<Core> {
  const options = readOptions(args)
  if (options === 'help') throw new StartFault('The core is not asked for help.')
  return startCoreWith(options, systemClock, keyStore)
}

export async function startCoreWith(options: CoreOptions, clock: Clock = systemClock, keyStore: KeyStore = NO_KEY_STORE): Promise<Core> {
  const isNew = !existsSync(options.dataDir) || readdirSync(options.dataDir).every((file) => file === SETTINGS_FILE)
  const lock = takeDataFolder(options.dataDir)
  try {
    const core = new RunningCore(options, clock, await KeptTillKey.read(options.dataDir, keyStore), () => lock.release())
    return core
  } catch (error) {
    lock.release()
    // A first start that was refused leaves the folder as it found it.
    if (isNew) for (const file of readdirSync(options.dataDir)) if (file !== SETTINGS_FILE) rmSync(join(options.dataDir, file), { recursive: true })
    if (error instanceof StorageFault) throw new StartFault(error.message, { cause: error })
    throw error
  }
}

class RunningCore implements Core {
  readonly options: CoreOptions
  readonly feed: ViewFeed
  /** Set while the shop's file is damaged and nobody has said yet how to go on; there is no shop then. */
  mending: Mending | null = null
  #shop: CoreShop | null = null
  readonly #clock: Clock
  readonly #tillKey: KeptTillKey
  readonly #release: () => void
  /** Outlives a shop that is opened afresh, as the window does. */
  readonly #kioskWindow = new KioskWindow()
  readonly #ports: PortHandler<{ seat: LineSeat }>
  readonly #sockets: SocketHandler<{ seat: LineSeat }>
  #idle: KioskIdle | LockWatch | null = null
  #copies: KeepCopies | null = null
  #closeGround: () => void = () => undefined
  #customerScreenAt: string | null = null

  constructor(options: CoreOptions, clock: Clock, tillKey: KeptTillKey, release: () => void) {
    this.options = options
    this.#clock = clock
    this.#tillKey = tillKey
    this.#release = release
    this.feed = new ViewFeed(clock.now())
    this.#openOrMend()
    const router = routerOf(this)
    this.#ports = new PortHandler(router, { clientInterceptors: [logged] })
    this.#sockets = new SocketHandler(router, { clientInterceptors: [logged] })
  }

  /** Refuses (throws) every act of the shop while its file is damaged. */
  get shop(): CoreShop {
    if (this.#shop === null) throw refusal('file-damaged')
    return this.#shop
  }

  async mend(way: MendWay): Promise<Result<MendReport>> {
    if (this.mending === null) return refused('not-in-this-state')
    const mended = await this.mending.mend(way)
    if (!mended.ok) return mended
    this.mending = null
    this.#openOrMend()
    this.#shop?.desk.changed()
    return mended
  }

  accept(port: HandlerPort, seat: LineSeat): void {
    this.#ports.upgrade(port, { context: { seat } })
    if ('start' in port && typeof port.start === 'function') port.start()
    if (seat === 'display') this.#watchScreen((gone) => ('on' in port ? port.on('close', gone) : 'addEventListener' in port && port.addEventListener('close', gone)))
  }

  acceptSocket(socket: HandlerSocket, seat: LineSeat): void {
    this.#sockets.upgrade(socket, { context: { seat } })
    if (seat === 'display') this.#watchScreen((gone) => socket.addEventListener('close', gone))
  }

  tellCustomerScreen(address: string): void {
    this.#customerScreenAt = address
    if (this.#shop !== null) this.#shop.counter.customerWindow.address = address
  }

  onCustomerScreen(call: (wanted: boolean) => void): void {
    let before: boolean | null = null
    const look = (): void => {
      const wanted = this.#shop !== null && this.#shop.counter.customerWindow.inUse !== null
      if (wanted !== before) call(wanted)
      before = wanted
    }
    look()
    this.feed.subscribe(look)
  }

  onKioskWindow(call: (state: KioskWindowState) => void): void {
    this.#kioskWindow.heldBy(call)
  }

  #watchScreen(onGone: (gone: () => void) => void): void {
    this.#shop?.counter.customerWindow.turned(true)
    onGone(() => this.#shop?.counter.customerWindow.turned(false))
  }

  async stop(): Promise<void> {
    this.#idle?.stop()
    this.mending?.close()
    await this.#copies?.stop()
    await this.#shop?.close()
    this.#closeGround()
    this.#release()
  }

  /** Opens the shop; where its file is damaged, waits for a person instead of beginning an empty one. */
  #openOrMend(): void {
    const { dataDir, seat } = this.options
    finishPlaces(dataDir, stampOf(new Date(this.#clock.now()).toISOString()))
    const damage = this.#damageKnown() ?? this.#tryToOpen()
    if (damage === null) {
      this.#idle ??= seat === 'kiosk' ? new KioskIdle(() => this.shop.desk, this.feed, this.#clock) : new LockWatch(() => this.shop.desk)
      if (this.#customerScreenAt !== null) this.shop.counter.customerWindow.address = this.#customerScreenAt
      return
    }
    this.mending = new Mending({ dataDir, migrationsDir: join(migrationsDir(), 'shop'), clock: this.#clock, seat, tillKey: this.#tillKey, ...damage })
  }

  #damageKnown(): { what: 'damaged' | 'emptied'; detail: string } | null {
    const { dataDir } = this.options
    if (isEmptied(dataDir)) return { what: 'emptied', detail: '' }
    return existsSync(foundFile(dataDir)) ? { what: 'damaged', detail: readFileSync(foundFile(dataDir), 'utf8') } : null
  }

  #tryToOpen(): { what: 'damaged'; detail: string } | null {
    try {
      this.#shop = this.#open()
      return null
    } catch (error) {
      if (error instanceof StorageFault && error.code === 'damaged') return { what: 'damaged', detail: error.message }
      throw error
    }
  }

  #open(): CoreShop {
    const { dataDir } = this.options
    const firstStart = !existsSync(shopFile(dataDir))
    if (firstStart && this.options.join === null && !existsSync(mirrorFile(dataDir)))
      makeDemoMirror(mirrorFile(dataDir), join(migrationsDir(), 'mirror'), {
        seed: DEMO_SEED,
        units: DEMO_UNITS,
        now: new Date(this.#clock.now()).toISOString(),
      })
    const ground = openGround(this.options, migrationsDir(), this.#clock, firstStart, this.#kioskWindow)
    if (this.options.join !== null && ground.demo) {
      ground.store.close()
      ground.mirror.close()
      throw new StartFault('This folder holds the demo shop, and a demo joins no centre. Choose another folder with --data.')
    }
    this.#closeGround = () => {
      ground.store.close()
      ground.mirror.close()
    }
    ground.store.whenBroken(() => void this.#openAnew())
    // What anybody may make again at any time is not kept a second time.
    if (!ground.demo)
      this.#copies ??= new KeepCopies({
        dataDir, clock: this.#clock,
        found: () => this.#shop?.desk.raise(say(ground, 'stop', 'file-damaged')),
      })
    return new CoreShop({
      ground,
      options: this.options,
      clock: this.#clock,
      feed: this.feed,
      tillKey: this.#tillKey,
      startAfresh: (how) => this.#startAfresh(how),
      moved: () => void this.#startAfresh('same'),
    })
  }

  /** The disk has failed in the middle of an act: the file is opened anew, and what it holds then is what is true. */
  async #openAnew(): Promise<void> {
    // Its thread reads the file that may have to leave its place.
    await this.#copies?.stop()
    this.#copies = null
    // What closes may have something to write, which is refused now.
    await this.#shop?.close().catch((error: unknown) => console.error(error))
    this.#closeGround()
    this.#shop = null
    this.#openOrMend()
    if (this.mending === null) this.shop.desk.raise(say(this.shop.desk.ground, 'stop', 'disk-failed'))
  }

  async #startAfresh(how: 'empty' | 'same') {
    await this.#copies?.stop()
    this.#copies = null
    await this.shop.close()
    this.#closeGround()
    if (how === 'empty') {
      removeDatabase(mirrorFile(this.options.dataDir))
      removeDatabase(shopFile(this.options.dataDir))
      this.#emptyShop()
    }
    this.#shop = this.#open()
    // A shop that was opened afresh is shown on the same screen as the one before.
    if (this.#customerScreenAt !== null) this.shop.counter.customerWindow.address = this.#customerScreenAt
    this.shop.desk.changed()
    return this.shop.desk.view()
  }

  /** An empty till: no demo is made again, because the precious file is there and says that it is no demo. */
  #emptyShop(): void {
    const ground = openGround(this.options, migrationsDir(), this.#clock, false)
    ground.store.close()
    ground.mirror.close()
  }
}

