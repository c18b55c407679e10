import { manyTags, RFID_CASES } from '../support/rfid/samples.ts'
import { closedPresence, openPresence, passed, sighted } from '../../native/rfid/presence.ts'
import { tagSeen } from '../../native/rfid/reader.ts'

export interface RfidBench {
  readonly name: string
  readonly promised_per_s: number
  readonly limitName: string
  /** Handles `n` tags and tells how many a second that is. */
  run(n: number): number
  /** The least that can be done with the bytes of as many. */
  limit(n: number): number
}

/** What a serial line brings at once. */
const CHUNK_BYTES = 256
/** The stream is made of a block that is heard again and again, so that making it does not count. */
const BLOCK_TAGS = 1_000

const SIXTY = Array.from({ length: 60 }, (_, place) =>
  tagSeen({ epc: `E2${place.toString(16).padStart(22, '0')}`, rssi_dbm: -30 - (place % 20), antenna: 1 }),
)

function perSecond(n: number, work: () => number): number {
  const began = performance.now()
  const done = work()
  if (done < n) throw new Error(`${done} of ${n} came out`)
  return (done * 1_000) / (performance.now() - began)
}

/**
 * Tags decoded a second, bytes in to sightings out, for each protocol; and sightings through presence. A line of
 * 115,200 baud brings five hundred a second, so the promise leaves the till nearly all of its time for the shop.
 */
export const benches: readonly RfidBench[] = [
  ...RFID_CASES.map(({ driver, samples, ready }): RfidBench => {
    const one = samples.filter((sample) => sample.events.length === 1)
    const bytes = manyTags({ driver, samples: one, ready }, BLOCK_TAGS)
    return {
      name: `${driver.name}: bytes to tags`,
      promised_per_s: 100_000,
      limitName: 'every byte summed once',
      run: (n) =>
        perSecond(n, () => {
          let state = driver.start()
          for (const input of ready) state = driver.step(state, input)[0]
          let tags = 0
          for (let at = 0; tags < n; at = at + CHUNK_BYTES < bytes.length ? at + CHUNK_BYTES : 0) {
            const [next, effects] = driver.step(state, { kind: 'bytes', bytes: bytes.subarray(at, at + CHUNK_BYTES) })
            state = next
            for (const effect of effects) if (effect.kind === 'emit' && effect.event.kind === 'tag') tags++
          }
          return tags
        }),
      limit: (n) =>
        perSecond(n, () => {
          let sum = 0
          let tags = 0
          for (; tags < n; tags += BLOCK_TAGS) for (const byte of bytes) sum = (sum + byte) & 0xff
          return sum < 0 ? 0 : tags
        }),
    }
  }),
  {
    name: 'presence over 60 tags: sightings',
    promised_per_s: 20_000,
    limitName: 'every sighting looked up once',
    run: (n) =>
      perSecond(n, () => {
        let presence = openPresence(closedPresence(), 0, { learn: false })
        let events = 0
        for (let count = 0; count < n; count++) {
          const [next, said] = sighted(presence, SIXTY[count % SIXTY.length]!, count * 2)
          presence = next
          events += said.length
        }
        return n + events + passed(presence, n * 2 + 10_000)[1].length
      }),
    limit: (n) =>
      perSecond(n, () => {
        const last = new Map<string, number>()
        for (let count = 0; count < n; count++) last.set(SIXTY[count % SIXTY.length]!.epc ?? '', count)
        return n + last.size
      }),
  },
]
