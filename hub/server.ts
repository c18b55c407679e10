import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdDecompressSync } from 'node:zlib'

/**
 * The centre's door. A room of the hub adds itself by giving a list of `Route`s to its entry in `hub/rooms.ts`:
 *
 *   export const tillRoutes = (ground: HubGround): Route[] => [
 *     { method: 'GET', path: '/v1/tills/:till', answer: async (asked) => ({ status: 200, json: await tillOf(ground.db, asked.params['till'] ?? '') }) },
 *   ]
 *
 * `path` is matched part by part: `:name` takes one part, `*` at the end the rest (in `params['*']`). The first route
 * that fits wins, method `*` fits all. A route that writes to `asked.response` itself (a stream, a handler of another
 * library such as oRPC's node adapter) answers `'answered'`. Who may call is the business of the route.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | '*'
  readonly path: string
  answer(asked: Asked): Promise<Answer>
}

export type Answer =
  | 'answered'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly json: unknown }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string | Buffer | null }

export interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly params: Readonly<Record<string, string>>
  /** The whole body, refused (413) beyond `bytes_max`, also when it grows beyond that in unpacking (zstd). */
  bytes(bytes_max: number): Promise<Buffer>
  /** The body as JSON; refused (400) when it is none. */
  json(bytes_max: number): Promise<unknown>
}

/** An answer that ends a request from wherever it was noticed. The message is for the log of the other side. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string = code) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
  }
}

export interface Door {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

export interface DoorOptions {
  readonly host: string
  readonly port: number
  readonly routes: readonly Route[]
  /** Told of what is a bug of ours; the caller gets 500 and no stack. */
  readonly log: (line: string) => void
}

const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 60_000

/** Opens the door. A request that takes longer than a minute to arrive is cut: nobody holds a line by being slow. */
export function openDoor(options: DoorOptions): Promise<Door> {
  const routes = options.routes.map((route) => ({ route, parts: partsOf(route.path) }))
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    serve(routes, request, response, options.log).catch((error: unknown) => fail(response, error, options.log))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      const { port } = server.address() as AddressInfo
      const shown = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host
      resolve({ url: `http://${shown}:${port}`, port, close: () => closed(server) })
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

interface Known {
  readonly route: Route
  readonly parts: readonly string[]
}

async function serve(known: readonly Known[], request: IncomingMessage, response: ServerResponse, log: (line: string) => void): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://hub')
  // PostgreSQL keeps no zero, and no address of ours has one.
  if (url === null || /%00/u.test(url.href)) throw new Refusal(400, 'bad-path')
  const given = partsOf(url.pathname)
  let pathFits = false
  for (const { route, parts } of known) {
    const params = matched(parts, given)
    if (params === null) continue
    pathFits = true
    if (route.method !== '*' && route.method !== (request.method === 'HEAD' ? 'GET' : request.method)) continue
    const answer = await route.answer({
      request, response, url, params,
      bytes: (most) => bytesOf(request, most),
      json: async (most) => jsonOf(await bytesOf(request, most)),
    })
    if (answer !== 'answered') send(response, answer)
    return
  }
  fail(response, pathFits ? new Refusal(405, 'method-not-allowed') : new Refusal(404, 'not-found'), log)
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '')

function matched(parts: readonly string[], given: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    if (part === '*') {
      params['*'] = given.slice(index).join('/')
      return params
    }
    const there = given[index]
    if (there === undefined) return null
    if (part.startsWith(':')) params[part.slice(1)] = unescaped(there)
    else if (part !== there) return null
  }
  return parts.length === given.length ? params : null
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(400, 'bad-path')
  }
}

async function bytesOf(request: IncomingMessage, bytes_max: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > bytes_max) throw new Refusal(413, 'too-large')
    pieces.push(piece)
  }
  const whole = Buffer.concat(pieces)
  if (request.headers['content-encoding'] !== 'zstd') return whole
  try {
    return zstdDecompressSync(whole, { maxOutputLength: bytes_max })
  } catch {
    throw new Refusal(413, 'too-large')
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    throw new Refusal(400, 'not-json')
  }
}

export function send(response: ServerResponse, answer: Exclude<Answer, 'answered'>): void {
  const body = 'json' in answer ? JSON.stringify(answer.json) : answer.body
  response.writeHead(answer.status, {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...('json' in answer ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...answer.headers,
  })
  response.end(body)
}

function fail(response: ServerResponse, error: unknown, log: (line: string) => void): void {
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal')
  if (!(error instanceof Refusal)) log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  if (response.headersSent) return void response.destroy()
  // The rest of a body that is not read any more would keep the line open.
  response.setHeader('connection', 'close')
  send(response, { status: refusal.status, json: { error: refusal.code } })
}
