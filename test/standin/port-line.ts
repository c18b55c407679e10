import { MessagePortMain } from './ports.ts'

/** What travels between two processes for the ports that were handed from one to the other. */
export type PortLetter =
  | { readonly t: 'port-message'; readonly port: number; readonly data: unknown }
  | { readonly t: 'port-closed'; readonly port: number }

interface FarEnd {
  message(data: unknown): void
  closed(): void
}

/** The ports that cross one line to another process, by number. */
export class PortLine {
  #next = 1
  readonly #send: (letter: PortLetter) => void
  readonly #ends = new Map<number, FarEnd>()

  constructor(send: (letter: PortLetter) => void) {
    this.#send = send
  }

  /** Gives a port to the other process and returns its number there. */
  handOver(port: MessagePortMain): number {
    const id = this.#next++
    this.#attach(id, port)
    return id
  }

  /** Makes the port the other process has given us under this number. */
  adopt(id: number): MessagePortMain {
    const [mine, far] = MessagePortMain.pair()
    this.#attach(id, far)
    return mine
  }

  receive(letter: PortLetter): void {
    const end = this.#ends.get(letter.port)
    if (letter.t === 'port-message') end?.message(letter.data)
    else end?.closed()
  }

  /** The other process is gone, and with it every end it held. */
  lost(): void {
    for (const end of this.#ends.values()) end.closed()
    this.#ends.clear()
  }

  #attach(id: number, port: MessagePortMain): void {
    const end = port.handOver({
      message: (data) => this.#send({ t: 'port-message', port: id, data }),
      closed: () => {
        if (this.#ends.delete(id)) this.#send({ t: 'port-closed', port: id })
      },
    })
    this.#ends.set(id, end)
  }
}
