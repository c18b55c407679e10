import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LINE_BYTES_MAX, LineQuestion, type LineAnswer } from './line-words.ts'
import { seal, unseal, type LineKey } from './sealed.ts'

/** Hears the kiosks of the store. Whoever has not the key learns nothing, not even whether there is anybody. */
export class LineServer {
  readonly #server: Server
  readonly #key: LineKey
  readonly #answer: (question: LineQuestion) => LineAnswer

  constructor(key: LineKey, answer: (question: LineQuestion) => LineAnswer) {
    this.#key = key
    this.#answer = answer
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.destroy())
    })
    this.#server.requestTimeout = 5_000
  }

  /** Rejects where the port is taken. */
  listen(at: { host: string; port: number }): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(at.port, at.host, () => resolve((this.#server.address() as AddressInfo).port))
    })
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = request.method === 'POST' && request.url === '/line' ? await boundedText(request) : null
    const question = LineQuestion.safeParse(text === null ? null : unseal(this.#key, text, 'question'))
    if (!question.success || text === null) return void response.writeHead(404).end()
    // Bound to the very question: an old answer played back fits no new one.
    response.writeHead(200, { 'content-type': 'text/plain' }).end(seal(this.#key, this.#answer(question.data), text.slice(0, 64)))
  }
}

async function boundedText(request: IncomingMessage): Promise<string | null> {
  let text = ''
  for await (const part of request) {
    text += String(part)
    if (text.length > LINE_BYTES_MAX) return null
  }
  return text
}
