import type { Params } from '../contract/ids.ts'
import type { HubFaultCode } from './contract/allowed.ts'

/** Bad news for the person or program that asked, from the closed list; whatever was begun is rolled back. */
export class HubRefusal extends Error {
  readonly fault: HubFaultCode
  readonly params: Params

  constructor(fault: HubFaultCode, params: Params = {}) {
    super(fault)
    this.name = 'HubRefusal'
    this.fault = fault
    this.params = params
  }
}
