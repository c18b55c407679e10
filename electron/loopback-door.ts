import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { KIOSK_PAGE_HEADERS, PAGE_HEADERS } from '../contract/page-headers.ts'
import { StartFault } from './core/options.ts'
import type { LineSeat } from '../contract/roles.ts'
import type { Core } from './core/start-core.ts'

export interface Door {
  /** With the key in its fragment, which a browser never sends to anybody. */
  readonly url: string
  readonly port: number
  readonly key: string
  /** The customer's screen has a key of its own, which opens nothing else. */
  readonly displayUrl: string
  close(): Promise<void>
}

/** A claim with all its photographs is the largest thing a page sends. */
const MESSAGE_BYTES_MAX = 2.5 * 1024 * 1024

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/**
 * Opens the door: the built page and one WebSocket, on 127.0.0.1 only. A page comes in with the right Host (or another
 * name could be pointed at this machine), the right Origin (or any web page could) and the key made at this start.
 */
export async function serveCore(core: Core, pagesDir = rendererDir()): Promise<Door> {
  const key = randomBytes(24).toString('base64url')
  const displayKey = randomBytes(24).toString('base64url')
  const server = createServer()
  await listen(server, core.options.port)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the door has no port')
  const { port } = address
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX })

  server.on('request', (request, response) => {
    if (!hosts.has(request.headers.host ?? '')) return refuse(response)
    servePage(request, response, pagesDir, core.options.seat === 'kiosk')
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const seat = seatFor(request, hosts, [[key, core.options.seat], [displayKey, 'display']])
    if (seat === null) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (line) => {
      line.on('error', () => line.terminate())
      core.acceptSocket(line, seat)
    })
  })
  const displayUrl = `http://127.0.0.1:${port}/#display&key=${displayKey}`
  core.tellCustomerScreen(displayUrl)
  return {
    url: `http://127.0.0.1:${port}/#key=${key}`,
    displayUrl,
    port,
    key,
    close: () => closeDoor(server, sockets),
  }
}

/** Refuses (throws `StartFault`) a port that somebody else has. */
export async function refuseTakenPort(port: number | null): Promise<void> {
  if (port === null) return
  const server = createServer()
  await listen(server, port)
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

function rendererDir(): string {
  const near = [join(import.meta.dirname, '../renderer'), join(import.meta.dirname, '../dist/renderer')]
  const found = near.find((dir) => existsSync(join(dir, 'index.html')) && existsSync(join(dir, 'assets')))
  if (found === undefined) throw new StartFault('The screens have not been built. Run npm run build.')
  return found
}

async function listen(server: Server, port: number | null): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port ?? 0, '127.0.0.1', () => resolve())
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new StartFault(`Port ${port} is already in use by another program. Choose another with --port.`, { cause: error })
    if (error.code === 'EACCES') throw new StartFault(`Port ${port} may not be opened here. Choose one above 1024 with --port.`, { cause: error })
    throw error
  })
}

/** Which line a page may have: its key says so, never the page. Null: none. */
function seatFor(
  request: IncomingMessage, hosts: ReadonlySet<string>, keys: readonly (readonly [key: string, seat: LineSeat])[],
): LineSeat | null {
  const host = request.headers.host ?? ''
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const isOurs = url.pathname === '/core' && hosts.has(host) && request.headers.origin === `http://${host}`
  const given = url.searchParams.get('key') ?? ''
  const found = keys.filter(([key]) => sameKey(given, key))
  return isOurs ? (found[0]?.[1] ?? null) : null
}

/** In constant time: how long the comparison takes tells nothing about the key. */
function sameKey(given: string, key: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(key)
  return a.length === b.length && timingSafeEqual(a, b)
}

function servePage(request: IncomingMessage, response: ServerResponse, pagesDir: string, isKiosk: boolean): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  const file = fileOf(request.url ?? '/', pagesDir)
  if (file === null) return refuse(response, 404)
  response.writeHead(200, {
    ...(isKiosk ? KIOSK_PAGE_HEADERS : PAGE_HEADERS),
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    // Here the page is in a browser that others use too: it keeps nothing on its disk.
    'cache-control': 'no-store',
  })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(file).pipe(response)
}

/** Null for what is not a file inside the pages' folder. */
function fileOf(url: string, pagesDir: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname)
  } catch {
    return null
  }
  const file = normalize(join(pagesDir, path === '/' ? 'index.html' : path))
  if (!file.startsWith(pagesDir + sep) || path.includes('\0')) return null
  return existsSync(file) && statSync(file).isFile() ? file : null
}

function refuse(response: ServerResponse, status = 403): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${STATUS_CODES[status] ?? 'refused'}\n`)
}

async function closeDoor(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate()
  sockets.close()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
