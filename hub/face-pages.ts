import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import type { Answer } from './server.ts'

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json',
}

/** Where the built pages lie: beside the built program, or in the sources' dist. Null where nobody has built them. */
export function facePagesDir(): string | null {
  const near = [join(import.meta.dirname, '../hub-face'), join(import.meta.dirname, '../dist/hub-face'), join(import.meta.dirname, '../../dist/hub-face')]
  return near.find((dir) => existsSync(join(dir, 'index.html'))) ?? null
}

/** A file of the built pages. Names that carry a digest may be kept for good; the page itself is asked for each time. */
export function pageAnswer(dir: string | null, path: string): Answer {
  if (dir === null) return { status: 503, body: 'The pages have not been built. Run npm run build.', headers: { 'content-type': 'text/plain' } }
  const wanted = path === '' ? 'index.html' : path
  const file = normalize(join(dir, wanted))
  const isInside = file.startsWith(dir + sep)
  if (!isInside || !existsSync(file) || !statSync(file).isFile()) return { status: 404, json: { error: 'not-found' } }
  return {
    status: 200,
    body: readFileSync(file),
    headers: {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': wanted.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    },
  }
}
