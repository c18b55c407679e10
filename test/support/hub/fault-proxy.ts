import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { overhearUploads, type Upload } from './overheard-uploads.ts'

/**
 * What happens to a line: `pass`; `cut` at once; `deaf`: the question arrives, the answer never does; `slow`; `half`: cut
 * in the middle of what goes up; `doubled`: an upload reaches the centre twice, nearly at the same time.
 */
export type Fault = 'pass' | 'cut' | 'deaf' | 'slow' | 'half' | 'doubled'

export interface FaultProxy {
  readonly url: string
  fault: Fault
  /** How often a fault has really hurt something; `doubled`: how often the centre has taken the second as well. */
  readonly met: Readonly<Record<Exclude<Fault, 'pass' | 'slow'>, number>>
  /** Ends every line that is open now. */
  cutAll(): void
  /**
   * Plays an upload to the centre at `port` once more that newer ones have overtaken. False where none is old enough, or
   * the centre did not take it.
   */
  playLate(port: number): Promise<boolean>
  close(): Promise<void>
}

const UPLOADS_KEPT = 6
const ANSWER_MS_MAX = 15_000

/** A cable between a till and a port of this machine, which can be hurt while it is used. */
export async function faultProxy(port: number): Promise<FaultProxy> {
  const open = new Set<Socket>()
  const uploads: Upload[] = []
  const met = { cut: 0, deaf: 0, half: 0, doubled: 0 }
  const proxy = { fault: 'pass' as Fault, met }
  const line = (socket: Socket, closed: () => void): Socket => {
    open.add(socket)
    socket.on('error', () => undefined)
    return socket.on('close', () => {
      open.delete(socket)
      closed()
    })
  }
  /** The same bytes on a line of their own. Nobody hears the answer; whether the centre has taken them is told. */
  const play = (upload: Upload, to: number): Promise<boolean> =>
    new Promise((resolve) => {
      const far = line(connect(to, '127.0.0.1'), () => resolve(false))
      far.setTimeout(ANSWER_MS_MAX, () => far.destroy())
      far.write(upload.bytes)
      far.once('data', (piece: Buffer) => {
        resolve(piece.toString('latin1').startsWith('HTTP/1.1 200'))
        far.destroy()
      })
    })
  const server = createServer((near) => {
    if (proxy.fault === 'cut') {
      met.cut += 1
      return void near.destroy()
    }
    const far = connect(port, '127.0.0.1')
    const hangUp = (): void => [near, far].forEach((socket) => socket.destroy())
    for (const socket of [near, far]) line(socket, hangUp)
    const readAlong = overhearUploads((upload) => {
      uploads.push(upload)
      uploads.splice(0, uploads.length - UPLOADS_KEPT)
      if (proxy.fault === 'doubled') void play(upload, port).then((taken) => (met.doubled += Number(taken)))
    })
    let up = 0
    near.on('data', (piece: Buffer) => {
      up += piece.length
      if (proxy.fault === 'half' && up > 300) {
        met.half += 1
        far.write(piece.subarray(0, piece.length >> 1))
        return void near.destroy()
      }
      far.write(piece)
      readAlong(piece)
    })
    far.on('data', (piece: Buffer) => {
      if (proxy.fault === 'deaf') {
        met.deaf += 1
        return void near.destroy()
      }
      if (proxy.fault === 'slow') setTimeout(() => near.write(piece), 60)
      else near.write(piece)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cutAll = (): void => open.forEach((socket) => socket.destroy())
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAll,
    playLate: async (to: number) => {
      const [old] = uploads
      // The till goes on from what the centre has told it to have: something newer than the old one is there.
      if (old === undefined || (uploads.at(-1)?.prevSeq ?? 0) <= old.lastSeq) return false
      return play(old, to)
    },
    close: () =>
      new Promise<void>((resolve) => {
        cutAll()
        server.close(() => resolve())
      }),
  })
}
