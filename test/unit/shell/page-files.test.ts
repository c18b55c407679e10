import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { answerFromFolder, pathInside } from '../../../electron/shell/page-files.ts'
import { KIOSK_PAGE_HEADERS } from '../../../contract/page-headers.ts'
import { isOurPage } from '../../../electron/shell/app-origin.ts'

const folder = mkdtempSync(join(tmpdir(), 'countermark-page-'))
const root = join(folder, 'renderer')
mkdirSync(root)
writeFileSync(join(root, 'index.html'), '<title>till</title>')
writeFileSync(join(root, 'notes.sqlite'), 'not a page')
writeFileSync(join(folder, 'secret.js'), 'outside of the page')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = (address: string, init?: RequestInit) => answerFromFolder(root, new Request(address, init))

describe('the files of the page', () => {
  it('serves the page with its policy', async () => {
    const answer = await ask('app://countermark/')
    expect(await answer.text()).toBe('<title>till</title>')
    const policy = answer.headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toMatch(/unsafe-|https?:|\*/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('puts the page of a kiosk into a sandbox: no window, no printing, no message box, no file to keep', async () => {
    const answer = await answerFromFolder(root, new Request('app://countermark/'), KIOSK_PAGE_HEADERS)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/; sandbox allow-scripts allow-same-origin$/)
    expect((await ask('app://countermark/')).headers.get('content-security-policy')).not.toContain('sandbox')
  })

  it('serves no other host, no other method, no other kind, and says no with the same policy', async () => {
    expect((await ask('app://somewhere/index.html')).status).toBe(403)
    expect((await ask('app://countermark/index.html', { method: 'POST' })).status).toBe(405)
    expect((await ask('app://countermark/notes.sqlite')).status).toBe(404)
    const missing = await ask('app://countermark/nothing.js')
    expect(missing.status).toBe(404)
    expect(missing.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it.each(['/../secret.js', '/..%2fsecret.js', '/%2e%2e%2fsecret.js', '/..%5csecret.js', '/%00', '/%', '//etc/passwd'])(
    'does not leave its folder for %s',
    async (path) => {
      const answer = await ask(`app://countermark${path}`)
      expect([403, 404]).toContain(answer.status)
      expect(await answer.text()).toBe('')
    },
  )

  it('stays inside its folder, whatever is written', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '%00', '/', '\\', '//'), fc.string({ maxLength: 8 }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = pathInside(root, `/${parts.join('/')}`)
        expect(path === null || path.startsWith(root + sep)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

it('knows its own page from one that only begins like it', () => {
  expect(isOurPage('app://countermark/index.html#x')).toBe(true)
  for (const other of ['app://countermark.evil/', 'app://evil/countermark', 'https://countermark/', 'countermark', '', 'app://countermark:1/']) {
    expect(isOurPage(other)).toBe(false)
  }
})
