import type { Clock } from '../../clock.ts'
import type { Line, Transport } from '../../transport.ts'
import { TransportFault } from '../../transport.ts'
import type { ReaderSimulator } from './reader-simulator.ts'

export interface PluggedSimulator extends Transport {
  /** Pulls the cable; the line ends, and opening fails until it is plugged in again. */
  unplug(): void
  plug(): void
}

const TICK_MS = 20

/** A simulated reader at the end of a simulated cable: practice mode and tests use it where a serial port would be. */
export function simulatedTransport(simulator: ReaderSimulator, clock: Clock): PluggedSimulator {
  const address = `simulator:${simulator.family}`
  let plugged = true
  let end: ((why: string) => void) | null = null
  return {
    address,
    open(on) {
      if (!plugged) return Promise.reject(new TransportFault('not-there', `${address} is not plugged in`))
      if (end !== null) return Promise.reject(new TransportFault('busy', `${address} is open already`))
      let cancel = () => {}
      const tick = () => {
        const bytes = simulator.pass(TICK_MS)
        cancel = clock.after(TICK_MS, tick)
        if (bytes.length > 0) on.bytes(bytes)
      }
      const stop = () => {
        cancel()
        end = null
      }
      end = (why) => {
        stop()
        on.gone(why)
      }
      cancel = clock.after(TICK_MS, tick)
      const line: Line = {
        write(bytes) {
          if (end === null) return Promise.reject(new TransportFault('lost', `${address} is gone`))
          const answer = simulator.hear(bytes)
          // A real reader never answers within the write itself.
          if (answer.length > 0) clock.after(1, () => end !== null && on.bytes(answer))
          return Promise.resolve()
        },
        close() {
          stop()
          return Promise.resolve()
        },
      }
      return Promise.resolve(line)
    },
    present: () => Promise.resolve(plugged),
    unplug() {
      plugged = false
      simulator.power(false)
      end?.('the cable was pulled')
    },
    plug() {
      plugged = true
      simulator.power(true)
    },
  }
}
