import type { DeskView } from '../../../contract/desk-view.ts'
import { customerLines, type CustomerLines } from './customer-lines.ts'
import type { SupervisedDevices } from './supervised-devices.ts'

/** Customer displays of two lines: they are told what changed, and nothing twice. */
export class LineDisplays {
  readonly #devices: SupervisedDevices
  #shown: CustomerLines | null = null

  constructor(devices: SupervisedDevices) {
    this.#devices = devices
  }

  turned(view: DeskView): void {
    const lines = customerLines(view)
    if (lines.upper === this.#shown?.upper && lines.lower === this.#shown.lower) return
    this.#shown = lines
    for (const { deviceId, role } of this.#devices.inUse)
      if (role === 'display') this.#devices.show(deviceId, lines.upper, lines.lower)
  }

  /** A display that has just been opened is empty, and one that showed a test shows something else. */
  forget(): void {
    this.#shown = null
  }

  /** Every place of both lines filled, so that a dead one is seen. False where it is not ready. */
  test(deviceId: string): boolean {
    this.forget()
    return this.#devices.show(deviceId, '12345678901234567890', 'Countermark')
  }
}
