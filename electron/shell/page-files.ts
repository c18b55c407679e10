import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { PAGE_HEADERS } from '../../contract/page-headers.ts'
import { APP_HOST } from './app-origin.ts'

/** Only kinds the build makes. A file of another kind in the folder is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
}

/**
 * Answers a request to app:// from the folder `root` of the built page. Refuses another host, another method than
 * GET and HEAD, a path that leaves the folder in whatever writing, and kinds of files the build does not make.
 */
export async function answerFromFolder(root: string, request: Request, pageHeaders = PAGE_HEADERS): Promise<Response> {
  const url = new URL(request.url)
  if (url.host !== APP_HOST) return refusal(403)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
  const path = pathInside(root, url.pathname)
  if (path === null) return refusal(403)
  const contentType = CONTENT_TYPES[extname(path)]
  if (contentType === undefined) return refusal(404)
  const body = await readFile(path).catch(() => null)
  if (body === null) return refusal(404)
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: { ...pageHeaders, 'content-type': contentType },
  })
}

/**
 * The file a path of the address names, or null when it would lie outside of `root`. The address parser resolves
 * plain dots already; `%2f`, backslashes and NUL still carry a way out.
 */
export function pathInside(root: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (/[\0\\]/.test(decoded)) return null
  const base = normalize(root).replace(/[/\\]+$/, '')
  const path = normalize(join(base, decoded === '/' ? 'index.html' : decoded))
  return path.startsWith(base + sep) ? path : null
}

function refusal(status: 403 | 404 | 405): Response {
  return new Response(null, { status, headers: { ...PAGE_HEADERS } })
}
