import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** What happens to a line: `pass`; `cut` at once; `deaf`: the question arrives, the answer never does; `slow`; `half`: cut in the middle of what goes up. */
export type Fault = 'pass' | 'cut' | 'deaf' | 'slow' | 'half'

export interface FaultProxy {
  readonly url: string
  fault: Fault
  /** Ends every line that is open now. */
  cutAll(): void
  close(): Promise<void>
}

/** A cable between a till and a port of this machine, which can be hurt while it is used. */
export async function faultProxy(port: number): Promise<FaultProxy> {
  const open = new Set<Socket>()
  const proxy = { fault: 'pass' as Fault }
  const server = createServer((near) => {
    if (proxy.fault === 'cut') return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    let up = 0
    near.on('data', (piece: Buffer) => {
      up += piece.length
      if (proxy.fault === 'half' && up > 300) {
        far.write(piece.subarray(0, piece.length >> 1))
        return void near.destroy()
      }
      far.write(piece)
    })
    far.on('data', (piece: Buffer) => {
      if (proxy.fault === 'deaf') return void near.destroy()
      if (proxy.fault === 'slow') setTimeout(() => near.write(piece), 60)
      else near.write(piece)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cutAll = (): void => open.forEach((socket) => socket.destroy())
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAll,
    close: () =>
      new Promise<void>((resolve) => {
        cutAll()
        server.close(() => resolve())
      }),
  })
}
