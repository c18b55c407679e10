import type { Clock } from '../clock.ts'
import type { Driver } from '../driver.ts'
import type { Running } from '../run-driver.ts'
import { runDriver } from '../run-driver.ts'
import type { Traffic } from '../traffic.ts'
import { watched } from '../traffic.ts'
import type { Transport } from '../transport.ts'

/** What the supervisor lends a device while it is open. */
export interface DeviceHost<Event> {
  readonly clock: Clock
  event(event: Event): void
  gone(why: string): void
  traffic(traffic: Traffic): void
}

/** A device that can be opened again and again; how its driver and line look inside is nobody's business. */
export interface Device<Command, Event> {
  readonly id: string
  /** What the person at the counter calls it. */
  readonly name: string
  readonly address: string
  /** Rejects with a `TransportFault` when it cannot be opened. Each call makes a new line and a fresh driver. */
  open(host: DeviceHost<Event>): Promise<Running<Command>>
  present?(): Promise<boolean>
}

/** Opens a line and runs a driver on it. */
export type Opening<Command, Event> = (host: DeviceHost<Event>) => Promise<Running<Command>>

/**
 * A device that the supervisor can open. `make` is called for every opening and may look for the device first, for one
 * whose driver depends on what is found; `runs` makes what it returns.
 */
export function device<Command, Event>(
  about: Omit<Device<Command, Event>, 'open'>,
  make: () => Opening<Command, Event> | Promise<Opening<Command, Event>>,
): Device<Command, Event> {
  return { ...about, open: async (host) => (await make())(host) }
}

/** An opening from a driver and its transport. */
export function runs<State, Command, Event>(
  driver: Driver<State, Command, Event>,
  transport: Transport,
): Opening<Command, Event> {
  return (host) =>
    runDriver({
      driver,
      transport: watched(transport, host.clock, (traffic) => host.traffic(traffic)),
      clock: host.clock,
      on: { event: (event) => host.event(event), gone: (why) => host.gone(why) },
    })
}
