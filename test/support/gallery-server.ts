import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { PAGE_HEADERS } from '../../contract/page-headers.ts'

const ROOT = join(import.meta.dirname, '../..')
const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
}

export interface GalleryServer {
  /** The page of one state is at `/gallery.html?state=…&language=…&look=…` under it. */
  readonly origin: string
  close(): Promise<void>
}

/** The gallery of still screens, built for the occasion and served under the content policy of the product. */
export async function galleryServer(): Promise<GalleryServer> {
  const folder = await mkdtemp(join(tmpdir(), 'countermark-gallery-'))
  await build({
    configFile: false,
    root: join(ROOT, 'renderer'),
    base: './',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: join(ROOT, 'renderer/gallery.html') },
    },
  })
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname
    readFile(join(folder, path)).then(
      (body) => response.writeHead(200, { ...PAGE_HEADERS, 'content-type': MIME[extname(path)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
