import type { Line, Transport, TransportTrouble } from '../../../native/transport.ts'
import { TransportFault } from '../../../native/transport.ts'

/** A socket that a test plugs devices into: open or refused as told, bytes by hand, every opening counted. */
export class ScriptedLine implements Transport {
  readonly address = 'script:1'
  readonly wrote: Uint8Array[] = []
  opened_count = 0
  open_now = 0
  /** What the next openings meet; null opens. */
  trouble: TransportTrouble | null = null
  plugged: boolean | null = null
  /** How a write ends: at once, never, or with the line lost. */
  writes: 'at once' | 'never' | 'lost' = 'at once'
  closes: 'at once' | 'never' = 'at once'
  /** Bytes that arrive while the line is still being opened. */
  early: Uint8Array | null = null
  private on: Parameters<Transport['open']>[0] | null = null
  readonly present?: () => Promise<boolean>

  constructor(options: { readonly tellsPresence?: boolean } = {}) {
    if (options.tellsPresence === true) this.present = () => Promise.resolve(this.plugged ?? true)
  }

  open(on: Parameters<Transport['open']>[0]): Promise<Line> {
    this.opened_count++
    if (this.trouble !== null) return Promise.reject(new TransportFault(this.trouble, `told to be ${this.trouble}`))
    this.on = on
    this.open_now++
    if (this.early !== null) on.bytes(this.early)
    return Promise.resolve(this.line())
  }

  bytes(bytes: Uint8Array | string): void {
    this.on?.bytes(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
  }

  unplug(why = 'unplugged'): void {
    const { on } = this
    if (on === null) return
    this.on = null
    this.open_now--
    on.gone(why)
  }

  private line(): Line {
    let closing: Promise<void> | null = null
    return {
      write: (bytes) => {
        this.wrote.push(bytes)
        if (this.writes === 'never') return new Promise(() => {})
        return this.writes === 'lost' ? Promise.reject(new TransportFault('lost', 'write: EIO')) : Promise.resolve()
      },
      close: () => {
        closing ??= new Promise((resolve) => {
          if (this.closes === 'never') return
          this.unplug('closed')
          resolve()
        })
        return closing
      },
    }
  }
}
