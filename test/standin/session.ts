import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>
type BeforeRequest = (details: RequestDetails, answer: (verdict: { cancel?: boolean }) => void) => void

export interface RequestDetails {
  readonly url: string
  readonly method: string
  readonly webContentsId: number
}

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()
let beforeRequest: BeforeRequest | null = null

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme } of schemes) privileged.add(scheme)
  },
  handle(scheme: string, handler: Handler): void {
    if (!privileged.has(scheme)) throw new Error(`electron stand-in: ${scheme} was not registered before ready`)
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },
})

/**
 * Chromium on its own does not know a scheme of ours, so a page of `app://host/` lives at `https://host.app.standin/`
 * inside of it: an origin of its own, secure, and not on any network. Both directions of that translation.
 */
export function addressInside(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url)
  const name = scheme.slice(0, -1)
  return handlers.has(name) ? `https://${host}.${name}.standin${pathname || '/'}${search}${hash}` : url
}

export function addressOutside(url: string): string {
  return url.replace(/^https:\/\/([^/]*)\.([a-z0-9+.-]+)\.standin(?=[/?#]|$)/i, '$2://$1')
}

export function handlerOf(url: string): Handler | undefined {
  return handlers.get(new URL(url).protocol.slice(0, -1))
}

/** What the program's `onBeforeRequest` says of a request; without one, everything may be loaded. */
export function isCancelled(details: RequestDetails): Promise<boolean> {
  const ask = beforeRequest
  if (ask === null) return Promise.resolve(false)
  return new Promise((resolve) => ask(details, (verdict) => resolve(verdict.cancel === true)))
}

/**
 * The permission handlers are taken and never asked: Chromium under the stand-in answers for itself, and what our
 * handlers decide is tested where they decide it.
 */
class Session extends EventEmitter {
  readonly protocol = protocol
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest(handler: BeforeRequest | null): void {
      beforeRequest = handler
    },
  })
  setPermissionRequestHandler(_handler: unknown): void {}
  setPermissionCheckHandler(_handler: unknown): void {}
  setDevicePermissionHandler(_handler: unknown): void {}
}

export const session = strict('session', { defaultSession: strict('defaultSession', new Session()) })
