/**
 * The only place that knows how the core is reached: by the one port that Electron's preload hands over, or by a
 * WebSocket to the loopback door the page was loaded from. Everything behind it sees a typed client that comes and goes.
 */
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../contract/contract.ts'
import { BRIDGE_NAME, readWindowMessage } from '../contract/port-handshake.ts'
import type { WindowBridge } from '../contract/port-handshake.ts'

export type Core = ContractRouterClient<Contract>

export interface Hearer {
  /** The core can be spoken to. Each call replaces the client before it. */
  up(core: Core): void
  /** The core is gone; it comes back by itself, except when the page was opened without a key. */
  down(why: 'lost' | 'no-key'): void
}

const RETRY_MS_MIN = 150
const RETRY_MS_MAX = 4_000

/** Starts to connect and keeps at it until the returned function is called. */
export function connect(hearer: Hearer): () => void {
  const bridge = (window as { readonly [BRIDGE_NAME]?: WindowBridge })[BRIDGE_NAME]
  return bridge === undefined ? connectBySocket(hearer) : connectByPort(bridge, hearer)
}

function connectByPort(bridge: WindowBridge, hearer: Hearer): () => void {
  let port: MessagePort | null = null
  const onMessage = (event: MessageEvent) => {
    const message = readWindowMessage(event, { window, origin: window.location.origin })
    if (message === null) return
    hangUp(port)
    port = message.kind === 'countermark.port' ? (event.ports[0] ?? null) : null
    if (port === null) return hearer.down('lost')
    port.start()
    hearer.up(createORPCClient<Core>(new PortLink({ port })))
  }
  window.addEventListener('message', onMessage)
  bridge.askForPort()
  return () => {
    window.removeEventListener('message', onMessage)
    hangUp(port)
  }
}

/** A port tells only its other end that it was closed; calls that wait for an answer over it have to hear of it too. */
function hangUp(port: MessagePort | null): void {
  port?.dispatchEvent(new Event('close'))
  port?.close()
}

function connectBySocket(hearer: Hearer): () => void {
  const key = new URLSearchParams(window.location.hash.slice(1)).get('key')
  if (key === null || key === '') {
    hearer.down('no-key')
    return () => {}
  }
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
  const address = `${scheme}://${window.location.host}/core?key=${encodeURIComponent(key)}`
  let wait_ms = RETRY_MS_MIN
  let timer: number | undefined
  let socket: WebSocket | null = null
  let ended = false

  const open = () => {
    const opened = new WebSocket(address)
    socket = opened
    opened.addEventListener('open', () => {
      wait_ms = RETRY_MS_MIN
      hearer.up(createORPCClient<Core>(new SocketLink({ websocket: opened })))
    })
    opened.addEventListener('close', () => {
      if (ended) return
      hearer.down('lost')
      timer = window.setTimeout(open, wait_ms)
      wait_ms = Math.min(RETRY_MS_MAX, wait_ms * 2)
    })
  }
  open()
  return () => {
    ended = true
    window.clearTimeout(timer)
    socket?.close()
  }
}
