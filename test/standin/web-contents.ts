import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { app } from './app.ts'
import { quietly } from './cdp.ts'
import type { Event, Protocol } from './cdp.ts'
import { browser } from './chromium.ts'
import { makeCodec } from './codec.ts'
import { ipcMain } from './ipc-main.ts'
import { answerRequest } from './page-requests.ts'
import { PortLine } from './port-line.ts'
import type { PortLetter } from './port-line.ts'
import type { MessagePortMain } from './ports.ts'
import { addressInside, addressOutside, session } from './session.ts'
import { preventable, strict } from './strict.ts'
import { openTarget } from './targets.ts'
import { OPEN_BINDING, PRELOAD_WORLD, RECEIVE_FUNCTION, SEND_BINDING, worldSources } from './worlds.ts'
import type { PageLetter, PreloadLetter } from './worlds.ts'

const codec = makeCodec()
const all = new Map<number, WebContents>()
let nextId = 1

export interface ContentsOrder {
  readonly preload: string
  readonly width: number
  readonly height: number
}

interface OpenVerdict {
  readonly action: 'deny' | 'allow'
}

/** A page: one Chromium target, its two worlds, its requests and its ports. */
export class WebContents extends EventEmitter {
  readonly id = nextId++
  readonly session = session.defaultSession
  readonly mainFrame: { readonly url: string; readonly parent: null }
  zoomFactor = 1
  /** Resolves when the page is there, empty, with everything put in that comes before its first script. */
  readonly attached: Promise<void>
  targetId = ''
  readonly #order: ContentsOrder
  readonly #self: WebContents
  #sessionId = ''
  #frameId = ''
  #preloadContext: number | null = null
  #loadsExpected = 0
  #url = ''
  #destroyed = false
  #ports: PortLine
  #answerOpen: (details: { url: string }) => OpenVerdict = () => ({ action: 'allow' })

  constructor(order: ContentsOrder) {
    super()
    this.#order = order
    this.#ports = this.#newPortLine()
    const url = (): string => this.getURL()
    this.mainFrame = {
      get url() {
        return url()
      },
      parent: null,
    }
    this.#self = strict('webContents', this)
    all.set(this.id, this)
    this.attached = this.#attach()
    // Told again to everybody who waits for `attached`; this only keeps it from ending the process unseen.
    this.attached.catch((error: unknown) => console.error('[stand-in]', error))
  }

  /** What the program gets to see: this page, without anything the stand-in does not have. */
  get outside(): WebContents {
    return this.#self
  }

  async #attach(): Promise<void> {
    await app.whenReady()
    const { cdp } = browser()
    const { width, height } = this.#order
    const { targetId, sessionId } = await openTarget({ width, height }, () => this.emit('standin-target-gone'))
    this.targetId = targetId
    this.#sessionId = sessionId
    this.#listen()
    await Promise.all([
      cdp.send('Page.enable', {}, sessionId),
      cdp.send('Runtime.enable', {}, sessionId),
      cdp.send('Inspector.enable', {}, sessionId),
      cdp.send('Runtime.addBinding', { name: SEND_BINDING, executionContextName: PRELOAD_WORLD }, sessionId),
      cdp.send('Runtime.addBinding', { name: OPEN_BINDING }, sessionId),
    ])
    this.#frameId = (await cdp.send('Page.getFrameTree', {}, sessionId)).frameTree.frame.id
    const { electron, chrome, node } = process.versions as Record<string, string>
    const facts = { platform: process.platform, arch: process.arch, versions: { electron, chrome, node } }
    const sources = worldSources(readFileSync(this.#order.preload, 'utf8'), facts)
    const put = (source: string, worldName?: string): Promise<unknown> =>
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, ...(worldName && { worldName }) }, sessionId)
    await put(sources.page)
    await put(sources.preload, PRELOAD_WORLD)
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId)
    await cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId)
  }

  #listen(): void {
    const on = <E extends Event>(event: E, listener: (params: Protocol.Events[E]) => void): void =>
      browser().cdp.on(event, this.#sessionId, listener)
    on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string }
      if (context.name === PRELOAD_WORLD && frameId === this.#frameId) this.#preloadContext = context.id
    })
    on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#preloadContext) this.#pageGone()
    })
    on('Runtime.executionContextsCleared', () => this.#pageGone())
    on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === OPEN_BINDING) this.#opened((JSON.parse(payload) as { url: string }).url)
      if (name === SEND_BINDING) this.#take(JSON.parse(payload) as PageLetter)
    })
    on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.#url = frame.url + (frame.urlFragment ?? '')
      this.emit('did-navigate', preventable({}), this.getURL())
    })
    on('Page.loadEventFired', () => this.emit('did-finish-load', preventable({})))
    on('Inspector.targetCrashed', () => {
      this.#pageGone()
      this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 })
    })
    on('Fetch.requestPaused', (paused) => quietly(answerRequest(this.#requests(), paused)))
  }

  #requests(): Parameters<typeof answerRequest>[0] {
    return {
      contentsId: this.id,
      sessionId: this.#sessionId,
      isTopFrame: (frameId) => frameId === this.#frameId,
      mayNavigate: (url) => {
        if (this.#loadsExpected > 0) {
          this.#loadsExpected -= 1
          return true
        }
        const event = preventable({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame })
        this.emit('will-navigate', event, url)
        this.emit('will-frame-navigate', event)
        return !event.defaultPrevented
      },
    }
  }

  /** The document is gone, and with it its preload and every port it held. */
  #pageGone(): void {
    this.#preloadContext = null
    this.#ports.lost()
    this.#ports = this.#newPortLine()
  }

  #newPortLine(): PortLine {
    return new PortLine((letter: PortLetter) =>
      this.#deliver(letter.t === 'port-message' ? { ...letter, data: codec.encode(letter.data) } : letter),
    )
  }

  #take(letter: PageLetter): void {
    if (letter.t === 'preload-error') {
      console.error('[stand-in] preload:', letter.text)
      this.emit('preload-error', preventable({}), this.#order.preload, new Error(letter.text))
    } else if (letter.t === 'send') {
      const event = { sender: this.#self, senderFrame: this.mainFrame, ports: [] }
      ipcMain.emit(letter.channel, event, ...letter.args.map((arg) => codec.decode(arg)))
    } else if (letter.t === 'port-message') {
      this.#ports.receive({ ...letter, data: codec.decode(letter.data) })
    } else {
      this.#ports.receive(letter)
    }
  }

  #deliver(letter: PreloadLetter): void {
    if (this.#preloadContext === null || this.#destroyed) return
    const expression = `${RECEIVE_FUNCTION}(${JSON.stringify(JSON.stringify(letter))})`
    const params = { expression, contextId: this.#preloadContext }
    quietly(browser().cdp.send('Runtime.evaluate', params, this.#sessionId))
  }

  #opened(url: string): void {
    if (this.#answerOpen({ url: addressOutside(url) }).action === 'deny') return
    console.error('electron stand-in: a second window is not implemented')
    process.exit(70)
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver({ t: 'event', channel, args: args.map((arg) => codec.encode(arg)), ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.#ports.handOver(port))
    this.#deliver({ t: 'event', channel, args: [codec.encode(message)], ports })
  }

  setWindowOpenHandler(answer: (details: { url: string }) => OpenVerdict): void {
    this.#answerOpen = answer
  }

  async loadURL(url: string): Promise<void> {
    await this.attached
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()))
    this.#loadsExpected = 1
    const { errorText } = await browser().cdp.send('Page.navigate', { url: addressInside(url) }, this.#sessionId)
    this.#loadsExpected = 0
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`)
    await loaded
  }

  reload(): void {
    this.#loadsExpected = 1
    quietly(browser().cdp.send('Page.reload', {}, this.#sessionId))
  }

  /** The command is never answered: what would answer it is what ends. */
  forcefullyCrashRenderer(): void {
    quietly(browser().cdp.send('Page.crash', {}, this.#sessionId))
  }

  getURL(): string {
    return this.#url === 'about:blank' ? '' : addressOutside(this.#url)
  }

  /** The page of the stand-in is not zoomed by anybody's fingers; the limits are taken as given. */
  setVisualZoomLevelLimits(_least: number, _most: number): Promise<void> {
    return Promise.resolve()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  /** The stand-in's own: the window has closed. */
  end(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#ports.lost()
    all.delete(this.id)
    this.emit('destroyed')
  }
}

export const webContents = strict('webContents module', {
  getAllWebContents: (): readonly WebContents[] => [...all.values()].map((contents) => contents.outside),
  /** Playwright finds the window that belongs to one of its pages by this. */
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...all.values()].find((contents) => contents.targetId === targetId)?.outside,
})
