import type { TransportTrouble } from '../transport.ts'

/**
 * Where a device stands, in codes the screen has words for. `searching`: never seen since the start; `lost`: it was
 * ready and is not any more; `not-allowed`, `busy`, `refused`, `time-out`, `no-library`: it is there and does not open.
 */
export type DeviceState = 'stopped' | 'searching' | 'opening' | 'ready' | Exclude<TransportTrouble, 'not-there'>

/** What the health page shows of a device. Times are milliseconds since 1970. */
export interface DeviceHealth {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly state: DeviceState
  /** The system's own words for a state that is not good; for the support file, not for the customer. */
  readonly why: string | null
  readonly since: number
  readonly opened_count: number
  readonly lost_count: number
  readonly event_count: number
  readonly last_event: { readonly kind: string; readonly at: number } | null
  readonly bytes_in: number
  readonly bytes_out: number
  readonly garbled_count: number
  /** More garbled input within the last minute than a sound cable and the right speed explain. */
  readonly noisy: boolean
}
