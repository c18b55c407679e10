import { EventEmitter } from 'node:events'

export interface PortMessage {
  readonly data: unknown
  readonly ports: readonly MessagePortMain[]
}

/**
 * Electron's MessagePortMain on plain Node: what is sent waits until the other end is started, and an end that is
 * closed or lost is told to the other. A port that was handed to another process lives on here as that process's
 * ear and mouth, and throws when anybody here still uses it.
 */
export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | null = null
  #waiting: PortMessage[] = []
  #started = false
  #closed = false
  #away = false

  static pair(): readonly [MessagePortMain, MessagePortMain] {
    const [one, two] = [new MessagePortMain(), new MessagePortMain()]
    one.#peer = two
    two.#peer = one
    return [one, two]
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (this.#away) throw new Error('electron stand-in: this port was handed on and cannot be used here')
    if (transfer.length > 0) throw new Error('electron stand-in: a port inside a port message is not implemented')
    this.#send(structuredClone(data))
  }

  start(): void {
    this.#started = true
    for (const message of this.#waiting.splice(0)) setImmediate(() => this.emit('message', message))
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    const peer = this.#peer
    setImmediate(() => {
      this.emit('close')
      // What was sent before the end is still read, then the other end is over too.
      peer?.close()
    })
  }

  /** Hands this end to another process: `away` takes what was sent to it, the answer brings what is sent from there. */
  handOver(away: { message(data: unknown): void; closed(): void }): { message(data: unknown): void; closed(): void } {
    if (this.#away || this.#closed) throw new Error('electron stand-in: a closed or handed-on port was handed on')
    this.#away = true
    this.on('message', (message: PortMessage) => away.message(message.data))
    this.once('close', () => away.closed())
    this.start()
    return { message: (data) => this.#send(data), closed: () => this.close() }
  }

  #send(data: unknown): void {
    const peer = this.#peer
    if (this.#closed || peer === null || peer.#closed) return
    const message: PortMessage = { data, ports: [] }
    if (peer.#started) setImmediate(() => peer.emit('message', message))
    else peer.#waiting.push(message)
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const [port1, port2] = MessagePortMain.pair()
    this.port1 = port1
    this.port2 = port2
  }
}
