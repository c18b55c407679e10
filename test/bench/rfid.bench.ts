import { manyTags, RFID_CASES } from '../support/rfid/samples.ts'
import { closedPresence, openPresence, passed, sighted } from '../../native/rfid/presence.ts'
import { tagSeen } from '../../native/rfid/reader.ts'

export interface RfidBench {
  readonly name: string
  readonly unit: string
  /** Handles `n` units and returns how many it saw come out, so that nothing can be optimised away. */
  run(n: number): number
}

/** What a serial line brings at once. */
const CHUNK_BYTES = 256
/** The stream is made of a block that is heard again and again, so that making it does not count. */
const BLOCK_TAGS = 1_000

/** Tags decoded a second, bytes in to sightings out, for each protocol; and sightings through presence. */
export const benches: readonly RfidBench[] = [
  ...RFID_CASES.map(
    ({ driver, samples, ready }): RfidBench => ({
      name: `${driver.name}: bytes to sightings`,
      unit: 'tags',
      run(n) {
        const one = samples.filter((sample) => sample.events.length === 1)
        const bytes = manyTags({ driver, samples: one, ready }, BLOCK_TAGS)
        let state = driver.start()
        for (const input of ready) state = driver.step(state, input)[0]
        let tags = 0
        for (let at = 0; tags < n; at = at + CHUNK_BYTES < bytes.length ? at + CHUNK_BYTES : 0) {
          const [next, effects] = driver.step(state, { kind: 'bytes', bytes: bytes.subarray(at, at + CHUNK_BYTES) })
          state = next
          for (const effect of effects) if (effect.kind === 'emit' && effect.event.kind === 'tag') tags++
        }
        return tags
      },
    }),
  ),
  {
    name: 'presence over 60 tags',
    unit: 'sightings',
    run(n) {
      let presence = openPresence(closedPresence(), 0, { learn: false })
      const tags = Array.from({ length: 60 }, (_, i) =>
        tagSeen({ epc: `E2${i.toString(16).padStart(22, '0')}`, rssi_dbm: -30 - (i % 20), antenna: 1 }),
      )
      let events = 0
      for (let count = 0; count < n; count++) {
        const [next, said] = sighted(presence, tags[count % tags.length]!, count * 2)
        presence = next
        events += said.length
      }
      return n + events + passed(presence, n * 2 + 10_000)[1].length
    },
  },
]
