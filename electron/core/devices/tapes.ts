import type { SavedText } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import type { Traffic } from '../../../native/traffic.ts'
import { TapeRecorder } from '../../../native/transports/tape.ts'

/** A tape somebody forgot must not fill the memory: it ends here by itself. */
const TAPE_CHARACTERS_MAX = 4 * 1024 * 1024
const TAPE_MS_MAX = 15 * 60_000

interface Running {
  readonly lines: string[]
  readonly end: () => void
}

/** Tapes being recorded, one a device: what passes both ways with its times, to be replayed in a test. */
export class Tapes {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #running = new Map<string, Running>()
  readonly #done = new Map<string, readonly string[]>()

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  isRunning(deviceId: string): boolean {
    return this.#running.has(deviceId)
  }

  /** `listen` leads to the device's line; the tape begins when that opens next. */
  start(deviceId: string, address: string, listen: (listener: (traffic: Traffic) => void) => () => void): void {
    this.stop(deviceId)
    const lines: string[] = []
    let size = 0
    const recorder = new TapeRecorder(address, (line) => {
      size += line.length + 1
      if (size > TAPE_CHARACTERS_MAX) this.stop(deviceId)
      else lines.push(line)
    })
    const hush = listen((traffic) => recorder.note(traffic))
    const cancel = this.#clock.after(TAPE_MS_MAX, () => this.stop(deviceId))
    this.#done.delete(deviceId)
    this.#running.set(deviceId, {
      lines,
      end: () => {
        hush()
        cancel()
      },
    })
    this.#changed()
  }

  stop(deviceId: string): void {
    const running = this.#running.get(deviceId)
    if (!running) return
    running.end()
    this.#running.delete(deviceId)
    this.#done.set(deviceId, running.lines)
    this.#changed()
  }

  /** The tape as a file, ended if it still ran; null where none was begun, or the line did not open since. */
  take(deviceId: string): SavedText | null {
    this.stop(deviceId)
    const lines = this.#done.get(deviceId)
    if (!lines || lines.length === 0) return null
    return { fileName: `${deviceId}.tape`, text: `${lines.join('\n')}\n` }
  }

  close(): void {
    for (const deviceId of this.#running.keys()) this.stop(deviceId)
  }
}
