import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts'

export type Command = keyof Protocol.CommandParameters
export type Event = keyof Protocol.Events
export type { Protocol }

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
  readonly sessionId?: string
}

/** Chromium's DevTools protocol over the pipe it was started with: one JSON text, then a NUL. */
export class Cdp {
  #nextId = 0
  #text = ''
  readonly #sink: Writable
  readonly #events = new EventEmitter()
  readonly #waiting = new Map<number, { method: string; resolve(value: unknown): void; reject(error: Error): void }>()

  constructor(sink: Writable, source: Readable) {
    this.#sink = sink
    this.#events.setMaxListeners(0)
    // A write to a browser that just ended is answered by its exit, which somebody watches.
    sink.on('error', (error) => this.#failAll(error.message))
    source.setEncoding('utf8')
    source.on('data', (text: string) => this.#read(text))
    source.on('close', () => this.#failAll('the browser closed'))
  }

  on<E extends Event>(event: E, sessionId: string, listener: (params: Protocol.Events[E]) => void): void {
    this.#events.on(`${sessionId}:${event}`, listener)
  }

  send<C extends Command>(
    method: C,
    params: Protocol.CommandParameters[C],
    sessionId?: string,
  ): Promise<Protocol.CommandReturnValues[C]> {
    const id = (this.#nextId += 1)
    this.#sink.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: (value) => resolve(value as Protocol.CommandReturnValues[C]), reject })
    })
  }

  #read(text: string): void {
    const parts = (this.#text + text).split('\0')
    this.#text = parts.pop() ?? ''
    for (const part of parts) this.#take(JSON.parse(part) as Answer)
  }

  #take(answer: Answer): void {
    if (answer.id === undefined) {
      this.#events.emit(`${answer.sessionId ?? ''}:${answer.method ?? ''}`, answer.params)
      return
    }
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.error === undefined) waiting?.resolve(answer.result)
    else waiting?.reject(new Error(`${waiting.method}: ${answer.error.message}`))
  }

  #failAll(why: string): void {
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: ${why}, so it is closed`))
    this.#waiting.clear()
  }
}

/** What may go wrong because a page or the browser ended in between, and means nothing more than that. */
const ENDED = /closed|not found|detached|Invalid InterceptionId|No target|Cannot find context|Inspected target/i

/** Waits for nobody: a command to a page that has ended is dropped, any other failure is told on stderr. */
export function quietly(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!(error instanceof Error) || !ENDED.test(error.message)) console.error('[stand-in]', error)
  })
}
