import type { SelfTest } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import type { ScanEvent } from '../../../native/driver.ts'
import { hexOf } from '../../../native/bytes.ts'

/** How long a test waits for a person to scan or to place a tag. */
const TEST_MS = 30_000
const LINES_MAX = 50

interface Test {
  readonly test: SelfTest
  /** Null once it is over: the device belongs to the sale again. */
  readonly cancel: (() => void) | null
}

/** Tests that go on or have ended, by device. While one waits, what the device says goes to it and not to the sale. */
export class SelfTests {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #tests = new Map<string, Test>()

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  of(deviceId: string): SelfTest | null {
    return this.#tests.get(deviceId)?.test ?? null
  }

  /** While a test goes on, the device belongs to it. */
  isGoing(deviceId: string): boolean {
    return (this.#tests.get(deviceId)?.cancel ?? null) !== null
  }

  /** `ended` is told when the wait is over by time or by `end`. */
  begin(deviceId: string, ended: () => void = () => undefined): void {
    this.end(deviceId)
    const expire = this.#clock.after(TEST_MS, () => this.#expired(deviceId))
    const cancel = (): void => {
      expire()
      ended()
    }
    this.#tests.set(deviceId, { test: { at: 'waiting', lines: [], why: null }, cancel })
    this.#changed()
  }

  /** What came. One scan is enough and ends the test; with tags it goes on gathering until its time is over. */
  arrived(deviceId: string, lines: SelfTest['lines'], then: 'done' | 'more'): void {
    const before = this.#tests.get(deviceId)
    if (!before || before.cancel === null) return
    const known = new Set(before.test.lines.map((line) => line.text))
    const fresh = lines.filter((line) => !known.has(line.text))
    if (fresh.length === 0 && before.test.at !== 'waiting') return
    const test: SelfTest = { at: 'arrived', lines: [...before.test.lines, ...fresh].slice(0, LINES_MAX), why: null }
    this.#tests.set(deviceId, { test, cancel: then === 'more' ? before.cancel : null })
    if (then === 'done') before.cancel()
    this.#changed()
  }

  /** The device gave its answer at once, or said no. */
  answered(deviceId: string, why: string | null): void {
    this.end(deviceId)
    this.#tests.set(deviceId, { test: { at: why === null ? 'arrived' : 'over', lines: [], why }, cancel: null })
    this.#changed()
  }

  end(deviceId: string): void {
    const before = this.#tests.get(deviceId)
    if (!before) return
    this.#tests.delete(deviceId)
    before.cancel?.()
    this.#changed()
  }

  close(): void {
    for (const { cancel } of this.#tests.values()) cancel?.()
    this.#tests.clear()
  }

  #expired(deviceId: string): void {
    const before = this.#tests.get(deviceId)
    if (!before) return
    const test: SelfTest = before.test.at === 'arrived' ? before.test : { at: 'over', lines: [], why: 'time-out' }
    this.#tests.set(deviceId, { test, cancel: null })
    before.cancel?.()
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
