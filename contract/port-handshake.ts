/**
 * How a page under Electron comes to its one port to the core. The port is the page's only way out, and it cannot
 * cross the context bridge, so it travels as a window message, the way Electron documents it:
 *
 * 1. The page listens for `message` on its window, then calls `countermark.askForPort()`.
 * 2. Main pairs a channel with the core, the seat of the window fixed by main, and hands one end to the preload.
 * 3. The preload posts `{ kind: 'countermark.port' }` to its own window with that port as `event.ports[0]`.
 *    Every later one replaces the port before it: the core was started again.
 * 4. When the core is gone the preload posts `{ kind: 'countermark.port-lost' }`. The page says "one moment" and
 *    waits; the next port comes without asking.
 *
 * The page believes a message only when `readWindowMessage` says so: it came from this very window and origin.
 */

/** The key under which the preload shows `WindowBridge` to the page; its absence means there is no Electron. */
export const BRIDGE_NAME = 'countermark'

export interface WindowBridge {
  /** Asks main for a port. Asking again ends the port given before. */
  askForPort(): void
  /** Tells main that the photo step is on the screen: only then may the camera be asked for. */
  photoStep(open: boolean): void
}

/** What the preload posts to the window it runs in. */
export type WindowMessage = { readonly kind: 'countermark.port' } | { readonly kind: 'countermark.port-lost' }

/** The channels between preload and main. Each message is checked by its sender's frame, never by its content. */
export const IPC = {
  askForPort: 'port.ask',
  portGiven: 'port.given',
  portLost: 'port.lost',
  photoStep: 'photo-step.changed',
} as const

/** What of a `MessageEvent` decides: said here by shape, because these words are read in processes without a DOM. */
export interface WindowMessageEvent {
  readonly source: unknown
  readonly origin: string
  readonly data: unknown
  readonly ports: readonly unknown[]
}

/**
 * Whether an event is the preload's word to this page, and which. Refuses other frames, other origins, unknown
 * shapes and a wrong number of ports.
 */
export function readWindowMessage(
  event: WindowMessageEvent,
  self: { readonly window: unknown; readonly origin: string },
): WindowMessage | null {
  if (event.source !== self.window || event.origin !== self.origin) return null
  const { data } = event
  if (typeof data !== 'object' || data === null || !('kind' in data)) return null
  if (data.kind === 'countermark.port' && event.ports.length === 1) return { kind: 'countermark.port' }
  if (data.kind === 'countermark.port-lost' && event.ports.length === 0) return { kind: 'countermark.port-lost' }
  return null
}
