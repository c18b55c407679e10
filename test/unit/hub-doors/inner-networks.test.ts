import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isInner, isInnerHost, trustedNetworks } from '../../../hub/doors/inner-networks.ts'
import { tryUrl } from '../../../hub/doors/webhook-target.ts'

describe('a target of messages', () => {
  it('does not lie on this machine, beside it, or at the cloud it runs in, however that is written', () => {
    const inner = [
      'http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://0x7f.0.0.1/', 'http://0.0.0.0/', 'http://localhost/', 'http://hub.localhost/', 'http://LOCALHOST./',
      'http://10.1.2.3/', 'http://172.31.255.255/', 'http://192.168.0.1/', 'http://169.254.169.254/latest/meta-data/', 'http://100.64.0.1/', 'http://[::1]/', 'http://[::]/',
      'http://[::ffff:127.0.0.1]/', 'http://[::ffff:a9fe:a9fe]/', 'http://[fd00::1]/', 'http://[fe80::1]/', 'http://[64:ff9b::7f00:1]/', 'http://[2002:7f00:1::]/', 'http://224.0.0.1/',
    ]
    for (const url of inner) expect(isInnerHost(new URL(url).hostname, undefined), url).toBe(true)
    for (const url of ['http://8.8.8.8/', 'http://172.32.0.1/', 'http://[2606:4700::1111]/', 'http://localhost.example.com/', 'http://shop.example.com/'])
      expect(isInnerHost(new URL(url).hostname, undefined), url).toBe(false)
  })

  it('may lie in a network that whoever runs the centre trusts, and in no other', () => {
    const trusted = trustedNetworks('10.20.0.0/16, fd12::/16')
    expect(['10.20.3.4', 'fd12::7', '8.8.8.8'].map((address) => isInner(address, trusted))).toEqual([false, false, false])
    expect(['10.21.3.4', 'fd13::7', '127.0.0.1'].map((address) => isInner(address, trusted))).toEqual([true, true, true])
    for (const text of ['10.0.0.0', '10.0.0.0/33', 'home/8', '::/200']) expect(() => trustedNetworks(text), text).toThrow(RangeError)
  })

  it('never is an address of IPv4 hidden in one of IPv6', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => {
      expect(isInner(`::ffff:${address}`, undefined)).toBe(isInner(address, undefined))
    }))
  })
})

describe('a message on its way', () => {
  let server: Server
  let port = 0
  let asked = 0
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1
      if (request.url !== '/hangs') response.writeHead(request.url === '/moved' ? 302 : 204, { location: 'http://169.254.169.254/' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const send = (url: string, trusts = '') =>
    tryUrl(url, { headers: {}, body: '{}', answer_ms_max: 300, ending: new AbortController().signal, trusted: trustedNetworks(trusts) })

  it('does not go out where the name means this machine when it is looked up', async () => {
    expect(await send(`http://localhost:${port}/`)).toEqual({ code: 'inner-address', detail: '' })
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ code: 'inner-address', detail: '' })
    expect(asked).toBe(0)
  })

  it('goes to a trusted network by name and by number, follows no redirect, and has its time', async () => {
    expect(await send(`http://127.0.0.1:${port}/`, '127.0.0.0/8')).toBeNull()
    expect(await send(`http://localhost:${port}/`, '127.0.0.0/8,::1/128')).toBeNull()
    expect(await send(`http://127.0.0.1:${port}/moved`, '127.0.0.0/8')).toEqual({ code: 'answered', detail: '302' })
    expect(await send(`http://127.0.0.1:${port}/hangs`, '127.0.0.0/8')).toEqual({ code: 'no-answer', detail: '0.3' })
    expect(await send('http://127.0.0.1:1/', '127.0.0.0/8')).toEqual({ code: 'not-reached', detail: 'ECONNREFUSED' })
    expect(asked).toBe(4)
  })
})
