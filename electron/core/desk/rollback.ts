import type { Fault } from '../../../contract/fault.ts'

/** Rolls a transaction back with a refusal: nothing of the step is kept. */
export class Rollback extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}
