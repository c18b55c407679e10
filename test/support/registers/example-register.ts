import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ActivationService } from '../../../contract/activation.ts'
import type { OutsideCheck } from '../../../contract/outside-check.ts'

/** How the register behaves at the next question. */
export type Manner =
  | { readonly says: unknown; readonly after_ms?: number }
  | 'hangs' | 'drips' | 'rubbish' | 'fails' | 'huge' | 'redirects' | 'cuts-off'

/**
 * A register as the trade knows them: one question over HTTP, one JSON answer, and every way of having a bad day. It
 * keeps what it was asked, so that a test can see that no more was said than had to be.
 */
export class ExampleRegister {
  manner: Manner = { says: { result: { status: 'CLEAR', ref: null } } }
  readonly asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  static async open(): Promise<ExampleRegister> {
    const register = new ExampleRegister()
    await new Promise<void>((resolve) => register.#server.listen(0, '127.0.0.1', resolve))
    return register
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const part of request) body += String(part)
    this.asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    const { manner } = this
    switch (manner) {
      case 'hangs':
        return
      case 'drips': {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
        return
      }
      case 'rubbish':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Wartung</html>\0\xff')
      case 'fails':
        return void response.writeHead(500).end(JSON.stringify({ result: { status: 'CLEAR' } }))
      case 'redirects':
        return void response.writeHead(302, { location: `${this.origin}/elsewhere` }).end()
      case 'cuts-off':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
        response.write('{"result":{"status":"CL')
        return void setTimeout(() => response.destroy(), 10)
      case 'huge': {
        response.writeHead(200, { 'content-type': 'application/json' })
        const chunk = `"${'x'.repeat(64 * 1024)}",`
        const pour = (): void => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once('drain', pour)
        }
        return pour()
      }
      default:
        setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(manner.says)), manner.after_ms ?? 0)
    }
  }
}

/** A register of stolen goods as a policy describes one; what a test does not say is like this. */
export const stolenRegister = (origin: string, more: Partial<Extract<OutsideCheck, { asks: 'stolen' }>> = {}): OutsideCheck => ({
  id: 'example', register: 'Example Register', asks: 'stolen', url: `${origin}/check?imei={number}`, method: 'GET',
  headers: { authorization: 'Bearer {key}' }, body: null, numbers: ['imei', 'serial'], categories: ['*'], intents: ['check', 'return'],
  limit_ms: 3_000, answerAt: '/result/status', referenceAt: '/result/ref', mayKeep: true,
  means: { CLEAR: 'not-listed', STOLEN: 'listed' }, ...more,
})

/** A provider as a policy describes one; what a test does not say is like this. */
export const exampleProvider = (origin: string, more: Partial<ActivationService> = {}): ActivationService => ({
  id: 'talk', provider: 'Example Talk', url: `${origin}/connect`, headers: { authorization: 'Bearer {key}' },
  body: '{"id": "{id}", "imei": "{imei}", "iccid": "{sim}", "receipt": "{receipt}"}', categories: ['phone'], limit_ms: 3_000,
  answerAt: '/status', referenceAt: '/order', means: { active: 'done', rejected: 'refused' }, ...more,
})
