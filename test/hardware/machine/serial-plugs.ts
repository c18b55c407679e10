import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'

/**
 * The host's end of QEMU's USB serial adapters. QEMU shows the adapter to the guest only while somebody is connected to
 * its socket, so that connecting is plugging in. The guest asks by lines of JSON over a virtual port.
 */
type Order =
  | { readonly do: 'plug' | 'unplug'; readonly port: number }
  | { readonly do: 'say'; readonly port: number; readonly hex: string; readonly pause_ms: number }

const TRIES = 400
const TRY_MS = 25

/** Obeys the guest until the machine is off. The returned function lets go of everything. */
export async function serveSerialPlugs(folder: string): Promise<() => void> {
  const plugged = new Map<number, Socket>()
  const control = await dial(join(folder, 'plugs.sock'))
  const tell = (word: object) => control.write(`${JSON.stringify(word)}\n`)
  let turn: Promise<unknown> = Promise.resolve()
  onLines(control, (line) => {
    turn = turn
      .then(() => obey(JSON.parse(line) as Order, plugged, folder, tell))
      .then(() => tell({ done: true }), (error: unknown) => tell({ done: false, why: String(error) }))
  })
  control.on('error', () => control.destroy())
  return () => {
    for (const socket of [control, ...plugged.values()]) socket.destroy()
  }
}

async function obey(order: Order, plugged: Map<number, Socket>, folder: string, tell: (word: object) => void) {
  const { port } = order
  const socket = plugged.get(port)
  switch (order.do) {
    case 'plug': {
      const line = await dial(join(folder, `serial${port}.sock`))
      line.on('data', (bytes: Buffer) => tell({ port, heard: bytes.toString('hex') }))
      line.on('error', () => line.destroy())
      plugged.set(port, line)
      return
    }
    case 'unplug':
      socket?.destroy()
      plugged.delete(port)
      return
    case 'say': {
      const bytes = Buffer.from(order.hex, 'hex')
      if (order.pause_ms === 0) return void socket?.write(bytes)
      for (const byte of bytes) {
        socket?.write(Buffer.of(byte))
        await new Promise((resolve) => setTimeout(resolve, order.pause_ms))
      }
      return
    }
    default:
      return order satisfies never
  }
}

/** QEMU makes its sockets a moment after it was started. */
async function dial(path: string): Promise<Socket> {
  for (let tries = 1; ; tries++) {
    const socket = connect(path)
    const failed = await new Promise<Error | null>((resolve) => {
      socket.once('connect', () => resolve(null))
      socket.once('error', resolve)
    })
    if (failed === null) return socket
    if (tries >= TRIES) throw failed
    await new Promise((resolve) => setTimeout(resolve, TRY_MS))
  }
}

function onLines(socket: Socket, take: (line: string) => void): void {
  let held = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (held + text).split('\n')
    held = lines.pop() ?? ''
    for (const line of lines) if (line !== '') take(line)
  })
}
