import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

const LOOK_MS = 2
const BYTES_MAX = 8192
/** One look reads at most so often, so that a device that never falls silent does not stop the stories. */
const READS_MAX = 64

/**
 * The device's end of a virtual device: a node of the kernel, opened non-blocking and looked at every two milliseconds,
 * because a blocking read would hold the process at its end.
 */
export class KernelNode {
  private readonly fd: number
  private readonly timer: NodeJS.Timeout

  /** `hear` gets what the host sent. A slow device is told by `pace_bytes`: how much it takes at each look. */
  constructor(path: string, hear: (bytes: Uint8Array) => void, pace_bytes: () => number = () => BYTES_MAX) {
    this.fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
    const buffer = Buffer.alloc(BYTES_MAX)
    this.timer = setInterval(() => {
      const take = pace_bytes()
      for (let reads = 0; take > 0 && reads < READS_MAX; reads++) {
        const count = this.read(buffer, Math.min(take, BYTES_MAX))
        if (count === 0) return
        hear(Uint8Array.from(buffer.subarray(0, count)))
        if (take < BYTES_MAX) return
      }
    }, LOOK_MS)
  }

  /** Sends everything, waiting where the kernel's buffer is full. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(this.fd, bytes, at)
      } catch (error) {
        if (!isNotNow(error)) throw error
        await pause(1)
      }
    }
  }

  /** Sends at once, in one piece. */
  writeNow(bytes: Uint8Array): void {
    writeSync(this.fd, bytes)
  }

  close(): void {
    clearInterval(this.timer)
    closeSync(this.fd)
  }

  private read(buffer: Buffer, count_max: number): number {
    try {
      return readSync(this.fd, buffer, 0, count_max, null)
    } catch (error) {
      // Nothing there; or unplugged, which the stories look at from the other side.
      if (isNotNow(error) || hasCode(error, ['EIO', 'ENODEV', 'ESHUTDOWN'])) return 0
      throw error
    }
  }
}

function isNotNow(error: unknown): boolean {
  return hasCode(error, ['EAGAIN'])
}

/** Whether this is one of the system's errors by these names. */
export function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
