import { constants } from 'node:fs'
import { access, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Line, Transport, TransportTrouble } from '../transport.ts'
import { TransportFault } from '../transport.ts'

export interface UsbPrinterFileOptions {
  /** The node of Linux's usblp driver, such as `/dev/usb/lp0`. */
  readonly path: string
  /** How long a printer may take no byte at all before the line counts as lost. */
  readonly write_ms_max?: number
}

const WRITE_MS_MAX = 10_000
const READ_EVERY_MS = 50
const TRY_AGAIN_MS = 20
const READ_BYTES = 512
/** usblp takes at most this much in one write. */
const WRITE_BYTES = 8192

/**
 * A USB printer through Linux's usblp. The node is opened non-blocking: a blocking write to a printer that is offline
 * never returns and holds a thread of the pool for good. `EAGAIN` therefore means "not now", and whoever waits has a
 * deadline. Only a character device is accepted, and nothing is ever created: a receipt written to a regular file that
 * stands where the printer should be would look printed.
 */
export function usbPrinterFile(options: UsbPrinterFileOptions): Transport {
  const address = `usb:${options.path}`
  return {
    address,
    async open(on) {
      const file = await openDevice(options.path, address)
      return new FileLine(file, address, options.write_ms_max ?? WRITE_MS_MAX, on)
    },
    present: () =>
      access(options.path).then(
        () => true,
        () => false,
      ),
  }
}

async function openDevice(path: string, address: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw new TransportFault(troubleOf(error.code), `${address}: ${error.message}`, { cause: error })
  })
  const stat = await file.stat()
  if (stat.isCharacterDevice()) return file
  await file.close()
  throw new TransportFault('not-there', `${address} is not a printer device`)
}

class FileLine implements Line {
  private readonly file: FileHandle
  private readonly address: string
  private readonly write_ms_max: number
  private readonly on: { bytes(bytes: Uint8Array): void; gone(why: string): void }
  private at: 'open' | 'closing' | 'gone' = 'open'
  private readonly reading: Promise<void>
  private writing: Promise<void> = Promise.resolve()
  private closing: Promise<void> | null = null

  constructor(
    file: FileHandle,
    address: string,
    write_ms_max: number,
    on: { bytes(bytes: Uint8Array): void; gone(why: string): void },
  ) {
    this.file = file
    this.address = address
    this.write_ms_max = write_ms_max
    this.on = on
    this.reading = this.read()
  }

  write(bytes: Uint8Array): Promise<void> {
    const written = this.writing.then(() => this.push(bytes))
    this.writing = written.catch(() => undefined)
    return written
  }

  close(): Promise<void> {
    if (this.at === 'open') this.at = 'closing'
    this.closing ??= Promise.all([this.reading, this.writing])
      .then(() => this.file.close())
      .then(() => this.gone('closed'))
    return this.closing
  }

  /** usblp has no way to wait for data that Node could use, so the node is asked again and again. */
  private async read(): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES)
    while (this.at === 'open') {
      try {
        const { bytesRead } = await this.file.read(buffer, 0, READ_BYTES, null)
        if (bytesRead > 0) this.on.bytes(buffer.slice(0, bytesRead))
        else await pause(READ_EVERY_MS)
      } catch (error) {
        if (!isNotNow(error)) return this.gone(messageOf(error))
        await pause(READ_EVERY_MS)
      }
    }
  }

  private async push(bytes: Uint8Array): Promise<void> {
    let waited_ms = 0
    for (let at = 0; at < bytes.length; ) {
      if (this.at !== 'open') throw new TransportFault('lost', `${this.address}: the line is closed`)
      try {
        const { bytesWritten } = await this.file.write(bytes, at, Math.min(WRITE_BYTES, bytes.length - at), null)
        at += bytesWritten
        waited_ms = 0
      } catch (error) {
        if (!isNotNow(error)) return this.fail(messageOf(error))
        if (waited_ms >= this.write_ms_max) return this.fail('the printer takes no bytes')
        await pause(TRY_AGAIN_MS)
        waited_ms += TRY_AGAIN_MS
      }
    }
  }

  private fail(why: string): never {
    this.gone(why)
    throw new TransportFault('lost', `${this.address}: ${why}`)
  }

  private gone(why: string): void {
    if (this.at === 'gone') return
    this.at = 'gone'
    this.on.gone(why)
  }
}

function isNotNow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function troubleOf(code: string | undefined): TransportTrouble {
  if (code === 'EACCES' || code === 'EPERM') return 'not-allowed'
  if (code === 'EBUSY') return 'busy'
  return 'not-there'
}
