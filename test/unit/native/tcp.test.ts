import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tcp } from '../../../native/transports/tcp.ts'
import { until } from '../../support/pseudo-terminal.ts'

describe('a line to a device on the net', () => {
  let server: Server
  let port: number
  const sockets: Socket[] = []
  const heard: Buffer[] = []

  beforeEach(async () => {
    sockets.length = 0
    heard.length = 0
    server = createServer((socket) => {
      sockets.push(socket)
      socket.on('data', (bytes) => heard.push(bytes))
      socket.on('error', () => undefined)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = portOf(server)
  })
  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })

  async function line(more: { readonly close_ms_max?: number } = {}) {
    const bytes: Uint8Array[] = []
    const gone: string[] = []
    const transport = tcp({ host: '127.0.0.1', port, ...more })
    const open = await transport.open({ bytes: (each) => bytes.push(each), gone: (why) => gone.push(why) })
    await until(() => sockets.length > 0)
    return { bytes, gone, open }
  }

  it('carries bytes both ways and says once that the device went away', async () => {
    const { bytes, gone, open } = await line()
    await open.write(Uint8Array.of(0x10, 0x04, 0x01))
    sockets[0]!.write(Uint8Array.of(0x12))
    await until(() => bytes.length > 0 && heard.length > 0)
    expect([...bytes[0]!]).toEqual([0x12])
    sockets[0]!.end()
    await until(() => gone.length > 0)
    await expect(open.write(Uint8Array.of(1))).rejects.toMatchObject({ trouble: 'lost' })
    await open.close()
    expect(gone).toHaveLength(1)
  })

  it('tells a reset from a good end', async () => {
    const { gone } = await line()
    sockets[0]!.resetAndDestroy()
    await until(() => gone.length > 0)
    expect(gone[0]).toMatch(/ECONNRESET/)
  })

  it('says that nobody listens', async () => {
    await new Promise((resolve) => server.close(resolve))
    const quiet = { bytes: () => {}, gone: () => {} }
    await expect(tcp({ host: '127.0.0.1', port }).open(quiet)).rejects.toMatchObject({ trouble: 'refused' })
    server.listen(0, '127.0.0.1')
  })

  it('sends what was written before it closes', async () => {
    const { open } = await line()
    void open.write(new Uint8Array(200_000))
    await open.close()
    await until(() => heard.reduce((sum, each) => sum + each.length, 0) === 200_000)
  })

  it('closes within its deadline when the device reads nothing', async () => {
    const { open } = await line({ close_ms_max: 300 })
    sockets[0]!.pause()
    const written = open.write(new Uint8Array(50_000_000)).catch((error: unknown) => error)
    const started = Date.now()
    await open.close()
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(await written).toMatchObject({ trouble: 'lost' })
  })
})

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
