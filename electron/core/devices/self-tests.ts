import type { SelfTest } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import type { ScanEvent } from '../../../native/driver.ts'
import { hexOf } from '../../../native/bytes.ts'

/** How long a test waits for a person to scan or to place a tag. */
const TEST_MS = 30_000
const LINES_MAX = 50

/** Tests that go on or have ended, by device. While one waits, what the device says goes to it and not to the sale. */
export class SelfTests {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #tests = new Map<string, { test: SelfTest; cancel: () => void }>()

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  of(deviceId: string): SelfTest | null {
    return this.#tests.get(deviceId)?.test ?? null
  }

  isWaiting(deviceId: string): boolean {
    return this.of(deviceId)?.at === 'waiting'
  }

  /** `ended` is told when the wait is over by time or by `end`. */
  begin(deviceId: string, ended: () => void = () => undefined): void {
    this.end(deviceId)
    const expire = this.#clock.after(TEST_MS, () => this.#turn(deviceId, { at: 'over', lines: [], why: 'time-out' }))
    const cancel = (): void => {
      expire()
      ended()
    }
    this.#tests.set(deviceId, { test: { at: 'waiting', lines: [], why: null }, cancel })
    this.#changed()
  }

  /** What came; a test that arrived may go on gathering, as with tags. */
  arrived(deviceId: string, lines: SelfTest['lines']): void {
    const before = this.#tests.get(deviceId)
    if (!before) return
    const known = new Set(before.test.lines.map((line) => line.text))
    const fresh = lines.filter((line) => !known.has(line.text))
    if (fresh.length > 0 || before.test.at === 'waiting')
      this.#turn(deviceId, { at: 'arrived', lines: [...before.test.lines, ...fresh].slice(0, LINES_MAX), why: null })
  }

  /** The device gave its answer at once, or said no. */
  answered(deviceId: string, why: string | null): void {
    this.end(deviceId)
    this.#tests.set(deviceId, { test: { at: why === null ? 'arrived' : 'over', lines: [], why }, cancel: () => undefined })
    this.#changed()
  }

  end(deviceId: string): void {
    const before = this.#tests.get(deviceId)
    if (!before) return
    this.#tests.delete(deviceId)
    before.cancel()
    this.#changed()
  }

  close(): void {
    for (const { cancel } of this.#tests.values()) cancel()
    this.#tests.clear()
  }

  #turn(deviceId: string, test: SelfTest): void {
    const before = this.#tests.get(deviceId)
    if (!before) return
    if (test.at === 'over') before.cancel()
    this.#tests.set(deviceId, { ...before, test })
    this.#changed()
  }
}

/** Everything a scan brought, field by field. */
export function scanLines(scan: ScanEvent): SelfTest['lines'] {
  return [
    { code: 'text', text: scan.text },
    ...(scan.aim === null ? [] : [{ code: 'aim' as const, text: scan.aim }]),
    ...(scan.symbology === null ? [] : [{ code: 'symbology' as const, text: scan.symbology }]),
    { code: 'hex', text: hexOf(scan.raw) },
  ]
}
