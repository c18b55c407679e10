/**
 * The source text of the two worlds of a page, put into Chromium before any script of the page runs: the page's own
 * world, and the preload's beside it with its narrow bridge. The functions here are sent as text; each stands alone.
 */
import { makeCodec } from './codec.ts'
import type { Codec, Plain } from './codec.ts'

/** From a page's preload world to the stand-in. */
export type PageLetter =
  | { readonly t: 'send'; readonly channel: string; readonly args: readonly Plain[] }
  | { readonly t: 'port-message'; readonly port: number; readonly data: Plain }
  | { readonly t: 'port-closed'; readonly port: number }
  | { readonly t: 'preload-error'; readonly text: string }

/** From the stand-in to a page's preload world. */
export type PreloadLetter =
  | { readonly t: 'event'; readonly channel: string; readonly args: readonly Plain[]; readonly ports: readonly number[] }
  | { readonly t: 'port-message'; readonly port: number; readonly data: Plain }
  | { readonly t: 'port-closed'; readonly port: number }

export const SEND_BINDING = '__standinSend'
export const OPEN_BINDING = '__standinOpen'
export const RECEIVE_FUNCTION = '__standinReceive'
export const PRELOAD_WORLD = 'Electron Isolated Context'

interface ProcessFacts {
  readonly platform: string
  readonly arch: string
  readonly versions: Readonly<Record<string, string | undefined>>
}

export function worldSources(preload: string, facts: ProcessFacts): { page: string; preload: string } {
  const secret = JSON.stringify(`standin-${crypto.randomUUID()}`)
  const take = (name: string): string => `const told = globalThis.${name}; delete globalThis.${name};`
  return {
    page: `{ ${take(OPEN_BINDING)} (${pageWorld.toString()})(${secret}, told, (${makeCodec.toString()})()) }`,
    preload: `{ ${take(SEND_BINDING)} (${preloadWorld.toString()})(${secret}, told, (${makeCodec.toString()})(),
      function (require, module, exports, process) {\n${preload}\n}, ${JSON.stringify(facts)}, '${RECEIVE_FUNCTION}') }`,
  }
}

/** The page's world: takes what the bridge shows, and catches every way to open a second window. */
function pageWorld(secret: string, tellOpened: (json: string) => void, codec: Codec): void {
  const opened = (url: string): null => {
    tellOpened(JSON.stringify({ url: new URL(url || 'about:blank', document.baseURI).href }))
    return null
  }
  Object.defineProperty(globalThis, 'open', { value: (url: unknown = '') => opened(String(url)), configurable: true })
  const onClick = (event: MouseEvent): void => {
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement && part.href !== '')
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return
    const elsewhere = link.target !== '' && !/^_(self|top|parent)$/i.test(link.target)
    if (!elsewhere && event.button !== 1 && !event.ctrlKey && !event.metaKey && !event.shiftKey) return
    event.preventDefault()
    opened(link.href)
  }
  globalThis.addEventListener('click', onClick)
  globalThis.addEventListener('auxclick', onClick)

  /** A call crosses the worlds at once and answers at once, over an event both can hear. */
  const callPreload = (name: string, args: readonly unknown[]): unknown => {
    let answer: { ok: boolean; value: Plain } | null = null
    const hear = (event: Event): void => {
      if (event instanceof CustomEvent) answer = JSON.parse(String(event.detail)) as { ok: boolean; value: Plain }
    }
    globalThis.addEventListener(`${secret}:answer`, hear, { once: true })
    const detail = JSON.stringify({ name, args: args.map((arg) => codec.encode(arg)) })
    globalThis.dispatchEvent(new CustomEvent(`${secret}:call`, { detail }))
    const told = answer as { ok: boolean; value: Plain } | null
    if (told === null) throw new Error('stand-in: the preload did not answer')
    if (!told.ok) throw codec.decode(told.value)
    return codec.decode(told.value)
  }
  globalThis.addEventListener(`${secret}:show`, (event) => {
    if (!(event instanceof CustomEvent)) return
    const { key, names } = JSON.parse(String(event.detail)) as { key: string; names: readonly string[] }
    if (key in globalThis) throw new Error(`Cannot bind an API on top of an existing property on the window object`)
    const api = Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => callPreload(name, args)]))
    Object.defineProperty(globalThis, key, { value: Object.freeze(api), enumerable: true })
  })
}

/** The preload's world: a sandboxed `require`, the bridge to the page, the line to main. */
function preloadWorld(
  secret: string,
  sendText: (json: string) => void,
  codec: Codec,
  preload: (require: unknown, module: object, exports: object, process: object) => void,
  facts: ProcessFacts,
  receiveName: string,
): void {
  // As with nodeIntegrationInSubFrames: false, a frame within the page has no preload.
  if (window !== window.top) return
  type Listener = (event: { ports: readonly MessagePort[] }, ...args: unknown[]) => void
  const listeners = new Map<string, Listener[]>()
  const farEnds = new Map<number, MessagePort>()
  const send = (letter: PageLetter): void => sendText(JSON.stringify(letter))
  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key) {
        if (key in object || typeof key === 'symbol') return Reflect.get(object, key)
        throw new Error(`electron stand-in: ${name}.${key} is not implemented`)
      },
    })

  const adopt = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    farEnds.set(id, port2)
    port2.addEventListener('message', (event) => {
      send({ t: 'port-message', port: id, data: codec.encode(event.data) })
    })
    port2.addEventListener('close', () => {
      if (farEnds.delete(id)) send({ t: 'port-closed', port: id })
    })
    port2.start()
    return port1
  }

  const receive = (json: string): void => {
    const letter = JSON.parse(json) as PreloadLetter
    if (letter.t === 'event') {
      const ports = letter.ports.map(adopt)
      const args = letter.args.map((arg) => codec.decode(arg))
      for (const listener of listeners.get(letter.channel) ?? []) listener({ ports }, ...args)
    } else if (letter.t === 'port-message') {
      farEnds.get(letter.port)?.postMessage(codec.decode(letter.data))
    } else {
      const end = farEnds.get(letter.port)
      farEnds.delete(letter.port)
      end?.close()
    }
  }
  Object.defineProperty(globalThis, receiveName, { value: receive })

  const ipcRenderer = strict('ipcRenderer', {
    send(channel: string, ...args: unknown[]): void {
      send({ t: 'send', channel, args: args.map((arg) => codec.encode(arg)) })
    },
    on(channel: string, listener: Listener): void {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    },
  })

  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(key: string, api: Readonly<Record<string, unknown>>): void {
      for (const [name, value] of Object.entries(api)) {
        if (typeof value !== 'function') throw new Error(`electron stand-in: ${key}.${name} is not a function`)
      }
      globalThis.addEventListener(`${secret}:call`, (event) => {
        if (!(event instanceof CustomEvent)) return
        const { name, args } = JSON.parse(String(event.detail)) as { name: string; args: readonly Plain[] }
        let detail: string
        try {
          const run = api[name] as (...given: unknown[]) => unknown
          detail = JSON.stringify({ ok: true, value: codec.encode(run(...args.map((arg) => codec.decode(arg)))) })
        } catch (error) {
          detail = JSON.stringify({ ok: false, value: codec.encode(error) })
        }
        globalThis.dispatchEvent(new CustomEvent(`${secret}:answer`, { detail }))
      })
      const shown = JSON.stringify({ key, names: Object.keys(api) })
      globalThis.dispatchEvent(new CustomEvent(`${secret}:show`, { detail: shown }))
    },
  })

  const electron = strict('electron (in the preload)', { contextBridge, ipcRenderer })
  const require = (name: string): unknown => {
    if (/^electron(\/(renderer|common))?$/.test(name)) return electron
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  try {
    preload(require, module, module.exports, { ...facts, type: 'renderer', sandboxed: true, contextIsolated: true })
  } catch (error) {
    send({ t: 'preload-error', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
