import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { oneTill } from '../../support/core/one-till.ts'
import { enter, NotStarted, signIn, startTill, temporaryFolder, withDemoMirror } from '../../support/core/till.ts'

const at = oneTill({ beforeAll, afterAll })

function statusOf(headers: Record<string, string>, path = '/'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: at.till.port, path, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

function knock(options: { host?: string; origin?: string; key?: string; path?: string }): Promise<number> {
  const host = options.host ?? `127.0.0.1:${at.till.port}`
  const url = `ws://127.0.0.1:${at.till.port}${options.path ?? '/core'}?key=${options.key ?? at.till.key}`
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { origin: options.origin ?? `http://${host}`, headers: { host } })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

/** Starts a till that must refuse, and answers what it said. */
async function refusalOf(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  try {
    const started = await startTill(args)
    await started.end('SIGKILL')
  } catch (error) {
    if (error instanceof NotStarted) return { code: error.code, said: error.said }
    throw error
  }
  throw new Error('it started')
}

describe('the loopback door', () => {
  it('lets the page in with the right Host, Origin and key', async () => {
    expect(await knock({})).toBe(101)
    expect(await statusOf({ host: `127.0.0.1:${at.till.port}` })).toBe(200)
  })

  it.each([
    ['another Host', { host: 'evil.example', origin: 'http://evil.example' }],
    ['the right Host from a foreign page', { origin: 'https://evil.example' }],
    ['no key', { key: '' }],
    ['a wrong key', { key: 'a'.repeat(32) }],
    ['another path', { path: '/other' }],
  ])('answers 403 to %s', async (_story, options) => {
    expect(await knock(options)).toBe(403)
  })

  it('answers 403 to a page asked for under another name (DNS rebinding)', async () => {
    expect(await statusOf({ host: 'evil.example' })).toBe(403)
  })

  it.each(['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/assets/%00'])('gives no file outside of the pages: %s', async (path) => {
    expect(await statusOf({ host: `127.0.0.1:${at.till.port}` }, path)).toBe(404)
  })

  it('forbids scripts from anywhere else, framing and eval by its content policy', async () => {
    const policy = await new Promise<string>((resolve) => {
      request({ host: '127.0.0.1', port: at.till.port }, (response) => {
        response.resume()
        resolve(String(response.headers['content-security-policy']))
      }).end()
    })
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('hangs up on a message of three megabytes, and the till goes on', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${at.till.port}/core?key=${at.till.key}`, { origin: `http://127.0.0.1:${at.till.port}` })
    await new Promise((resolve) => socket.once('open', resolve))
    const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)))
    socket.send('x'.repeat(3 * 1_048_576))
    expect(await closed).toBe(1009)
    const { client, close } = await enter(at.till)
    expect((await client.desk.view()).seat).toBe('counter')
    close()
  })
})

describe('what a seat may do', () => {
  it('lets nobody sell who has not signed in', async () => {
    const { client, close } = await enter(at.till)
    await expect(client.sale.begin()).rejects.toMatchObject({ data: { code: 'not-signed-in' } })
    close()
  })

  it('lets a kiosk begin no sale, and show nothing of the staff', async () => {
    const place = temporaryFolder()
    withDemoMirror(place.path)
    const kiosk = await startTill(['--data', place.path, '--seat', 'kiosk'])
    const { client, close } = await enter(kiosk)
    await expect(client.sale.begin()).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
    await expect(client.session.signIn({ staffId: 'staff-mara', pin: '1111' })).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
    await expect(client.papers.find({ text: '' })).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
    expect((await client.desk.view()).session).toEqual({ at: 'unattended' })
    close()
    await kiosk.end()
    place.remove()
  })

  it('makes a person wait after five wrong PINs, longer each time, and lets the right one in afterwards', async () => {
    const { client, close } = await enter(at.till)
    const { session } = await client.desk.view()
    if (session.at !== 'signed-out') throw new Error('somebody is signed in')
    const person = session.staff[1]
    const attempt = (pin: string) => client.session.signIn({ staffId: person?.staffId ?? '', pin })
    const codes: string[] = []
    for (let i = 0; i < 6; i += 1) await attempt('9876').catch((error: { data: { code: string } }) => codes.push(error.data.code))
    expect(codes).toEqual(['wrong-pin', 'wrong-pin', 'wrong-pin', 'wrong-pin', 'locked-out', 'locked-out'])
    await expect(attempt(person?.demoPin ?? '')).rejects.toMatchObject({ data: { code: 'locked-out' } })
    await signIn(client, 'manager')
    close()
  })
})

describe('a wrong start is one clear sentence and changes nothing', () => {
  it('refuses a second till on the same folder', async () => {
    const { code, said } = await refusalOf(['--data', at.folder])
    expect(code).toBe(2)
    expect(said).toMatch(/already running/)
  })

  it('refuses a port that is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const place = temporaryFolder()
    withDemoMirror(place.path)
    const { code, said } = await refusalOf(['--data', place.path, '--port', String(port)])
    expect(code).toBe(2)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(said).toContain(`Port ${port} is already in use`)
    expect(readdirSync(place.path)).toEqual(['mirror.db'])
    server.close()
    place.remove()
  })

  it.each([
    [['--seat', 'throne'], /counter, kiosk or service/],
    [['--printer', 'lpt1'], /--printer/],
    [['--scanner', 'COM3'], /serial:PATH/],
    [['--port', '99999'], /1 to 65535/],
    [['--colour'], /--colour/],
    [['--store', 'nowhere'], /no store "nowhere"/],
  ])('refuses %j', async (args, words) => {
    const place = temporaryFolder()
    withDemoMirror(place.path)
    const { code, said } = await refusalOf(['--data', place.path, ...args])
    expect(code).toBe(2)
    expect(said).toMatch(words)
    expect(said.trim().split('\n')).toHaveLength(1)
    place.remove()
  })

  it('leaves a new folder as it found it when the first start is refused', async () => {
    const place = temporaryFolder()
    writeFileSync(join(place.path, 'settings.json'), '{"seat": "counter"}')
    const { code } = await refusalOf(['--data', place.path, '--store', 'nowhere'])
    expect(code).toBe(2)
    expect(readdirSync(place.path)).toEqual(['settings.json'])
    place.remove()
  })

  it('refuses a folder it cannot write', async () => {
    const place = temporaryFolder()
    writeFileSync(join(place.path, 'file'), '')
    const { code, said } = await refusalOf(['--data', join(place.path, 'file', 'below')])
    expect(code).toBe(2)
    expect(said).toMatch(/cannot be made/)
    place.remove()
  })

  it('refuses data of a newer program and leaves it byte for byte', async () => {
    const place = temporaryFolder()
    mkdirSync(place.path, { recursive: true })
    const db = new Database(join(place.path, 'shop.db'))
    db.pragma('user_version = 99')
    db.close()
    const before = readFileSync(join(place.path, 'shop.db'))
    const { code, said } = await refusalOf(['--data', place.path])
    expect(code).toBe(2)
    expect(said).toMatch(/newer Countermark/)
    expect(readFileSync(join(place.path, 'shop.db')).equals(before)).toBe(true)
    expect(readdirSync(place.path)).not.toContain('mirror.db')
    place.remove()
  })

  it('explains its options', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../electron/serve.ts'), '--help'])
    let out = ''
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(0)
    for (const option of ['--seat', '--data', '--port', '--no-open', '--scanner', '--printer', '--store', '--demo']) expect(out).toContain(option)
  })
})
