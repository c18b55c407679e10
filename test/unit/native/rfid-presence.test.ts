import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Presence, PresenceEvent, PresenceOptions } from '../../../native/rfid/presence.ts'
import {
  BIN,
  chosen,
  closedPresence,
  closePresence,
  dismissed,
  holdPresence,
  openPresence,
  PAD,
  passed,
  presentTags,
  resumePresence,
  sighted,
  TAGS_MAX,
} from '../../../native/rfid/presence.ts'
import { tagSeen } from '../../../native/rfid/reader.ts'
import { r200 } from '../../../native/rfid/r200.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { TagField } from '../../../native/simulators/rfid/tag-field.ts'
import { Counter } from '../../support/rfid/counter.ts'

const SHOE = '30340242201D8840000186A0'
const BAG = '30340242201D8840000186A1'
const BOOT = '30340242201D8840000186A2'

/** A pad told by hand what is read, and when. */
class Pad {
  presence: Presence
  readonly events: PresenceEvent[] = []
  at_ms = 0

  constructor(options: PresenceOptions = PAD, learn = false) {
    this.presence = openPresence(closedPresence(options), 0, { learn })
  }

  /** Every 50 ms the tags are read at these strengths, for so long. */
  reads(ms: number, levels: Readonly<Record<string, number | null>>): this {
    for (const until = this.at_ms + ms; this.at_ms < until; ) {
      this.at_ms += 50
      for (const [epc, rssi_dbm] of Object.entries(levels))
        this.keep(sighted(this.presence, tagSeen({ epc, rssi_dbm, antenna: 1 }), this.at_ms))
      this.keep(passed(this.presence, this.at_ms))
    }
    return this
  }

  keep([presence, events]: readonly [Presence, readonly PresenceEvent[]]): this {
    this.presence = presence
    this.events.push(...events)
    return this
  }

  get story(): readonly string[] {
    return this.events.map((event) => {
      switch (event.kind) {
        case 'added':
          return `+${event.tag}`
        case 'removed':
          return `-${event.tag}`
        case 'learned':
          return `strays ${event.strays.join(' ')}`
        case 'unsure':
          return `unsure ${event.tags.join(' ')}`
        case 'crowded':
          return 'crowded'
        default:
          return event satisfies never
      }
    })
  }
}

describe('the pad is the cart', () => {
  it('adds a piece laid down, removes it when lifted, and adds it again when laid again', () => {
    const pad = new Pad().reads(1_000, { [SHOE]: -45 })
    expect(pad.story).toEqual([`+${SHOE}`])
    pad.reads(1_200, {})
    expect(pad.story).toEqual([`+${SHOE}`])
    pad.reads(100, {})
    expect(pad.story).toEqual([`+${SHOE}`, `-${SHOE}`])
    expect(pad.reads(500, { [SHOE]: -45 }).story).toEqual([`+${SHOE}`, `-${SHOE}`, `+${SHOE}`])
  })

  it('does not add for a single glimpse, nor for two that are far apart', () => {
    const pad = new Pad().reads(50, { [SHOE]: -45 }).reads(450, {}).reads(50, { [SHOE]: -45 })
    expect(pad.reads(3_000, {}).story).toEqual([])
  })

  it('takes several pieces laid down together', () => {
    expect(new Pad().reads(500, { [SHOE]: -45, [BAG]: -47, [BOOT]: -50 }).story).toEqual([
      `+${SHOE}`,
      `+${BAG}`,
      `+${BOOT}`,
    ])
  })

  it('does not sell what a customer carries in a bag two metres away', () => {
    const pad = new Pad().reads(2_000, { [SHOE]: -45, [BAG]: -68 })
    expect(presentTags(pad.presence)).toEqual([SHOE])
    expect(pad.story).toEqual([`+${SHOE}`])
  })

  it('keeps a weak piece whose tag flickers, as long as it is seen within the time', () => {
    const pad = new Pad().reads(300, { [SHOE]: -54 })
    for (let flicker = 0; flicker < 10; flicker++) pad.reads(900, {}).reads(50, { [SHOE]: -63 })
    expect(pad.story).toEqual([`+${SHOE}`])
  })

  it('gives a bin more patience than a pad', () => {
    const bin = new Pad(BIN).reads(500, { [SHOE]: -45 }).reads(2_400, {})
    expect(bin.story).toEqual([`+${SHOE}`])
    expect(bin.reads(200, {}).story).toEqual([`+${SHOE}`, `-${SHOE}`])
  })

  it('judges a reader that tells no strength by its sightings alone', () => {
    expect(new Pad().reads(500, { [SHOE]: null }).story).toEqual([`+${SHOE}`])
  })
})

describe('near-identical readings', () => {
  it('asks when the threshold runs between two pieces that are nearly as strong', () => {
    const pad = new Pad().reads(1_000, { [SHOE]: -53, [BAG]: -57 })
    expect(pad.story.at(-1)).toBe(`unsure ${SHOE} ${BAG}`)
    expect(presentTags(pad.presence)).toEqual([])
    pad.keep(chosen(pad.presence, SHOE))
    pad.keep(dismissed(pad.presence, BAG)).reads(3_000, { [SHOE]: -53, [BAG]: -57 })
    expect(presentTags(pad.presence)).toEqual([SHOE])
    expect(pad.story.slice(-1)).toEqual(['unsure '])
  })

  it('asks no more when one of them has gone', () => {
    const pad = new Pad().reads(500, { [SHOE]: -53, [BAG]: -57 }).reads(2_000, { [SHOE]: -53 })
    expect(presentTags(pad.presence)).toEqual([SHOE])
    expect(pad.story.at(-1)).toBe('unsure ')
  })

  it('does not doubt a piece taken already for a neighbour that comes later', () => {
    const pad = new Pad().reads(1_000, { [SHOE]: -53 }).reads(1_000, { [SHOE]: -53, [BAG]: -57 })
    expect(presentTags(pad.presence)).toEqual([SHOE])
    expect(pad.story).toEqual([`+${SHOE}`, `unsure ${BAG}`])
  })

  it('has the clerk choose when one piece is wanted and two lie there', () => {
    const one = { ...PAD, mode: 'one' } as const
    expect(new Pad(one).reads(500, { [SHOE]: -40, [BAG]: -50 }).story).toEqual([`+${SHOE}`])
    const two = new Pad(one).reads(500, { [SHOE]: -45, [BAG]: -48 })
    expect(two.story.at(-1)).toBe(`unsure ${SHOE} ${BAG}`)
    two.keep(chosen(two.presence, BAG)).reads(2_000, { [SHOE]: -45, [BAG]: -48 })
    expect(presentTags(two.presence)).toEqual([BAG])
  })
})

describe('what was there before', () => {
  it('mutes the shelf behind the pad until it has been away for long', () => {
    const pad = new Pad(PAD, true).reads(2_500, { [BAG]: -50 })
    expect(pad.story).toEqual([`strays ${BAG}`])
    pad.reads(10_000, { [BAG]: -40, [SHOE]: -45 })
    expect(presentTags(pad.presence)).toEqual([SHOE])
    pad.reads(4_000, {}).reads(500, { [BAG]: -40 })
    expect(presentTags(pad.presence)).toEqual([])
    pad.reads(5_100, {}).reads(500, { [BAG]: -40 })
    expect(presentTags(pad.presence)).toEqual([BAG])
  })

  it('takes in a piece that was laid down too early when somebody says so', () => {
    const pad = new Pad(PAD, true).reads(2_500, { [SHOE]: -45 })
    pad.keep(chosen(pad.presence, SHOE))
    expect(pad.reads(1_000, { [SHOE]: -45 }).story).toEqual([`strays ${SHOE}`, `+${SHOE}`])
  })
})

describe('a reader that goes away', () => {
  it('leaves the cart as it is, and gives every piece its time when it is back', () => {
    const pad = new Pad().reads(500, { [SHOE]: -45, [BAG]: -45 })
    pad.presence = holdPresence(pad.presence)
    pad.reads(60_000, {})
    expect(presentTags(pad.presence)).toEqual([SHOE, BAG])
    pad.presence = resumePresence(pad.presence, pad.at_ms)
    pad.reads(2_000, { [SHOE]: -45 })
    expect(pad.story).toEqual([`+${SHOE}`, `+${BAG}`, `-${BAG}`])
  })

  it('learns the shelf anew when the reader went away while it was learning', () => {
    const pad = new Pad(PAD, true).reads(1_000, { [BAG]: -45 })
    pad.presence = holdPresence(pad.presence)
    pad.at_ms += 10_000
    pad.presence = resumePresence(pad.presence, pad.at_ms)
    expect(pad.reads(2_500, { [BAG]: -45, [BOOT]: -45 }).story).toEqual([`strays ${BAG} ${BOOT}`])
  })

  it('does not take a short silence of the reader for lifted pieces', () => {
    const pad = new Pad().reads(500, { [SHOE]: -45, [BAG]: -45 })
    pad.at_ms += 2_500
    expect(pad.reads(500, { [SHOE]: -45, [BAG]: -45 }).story).toEqual([`+${SHOE}`, `+${BAG}`])
  })

  it('notices a lifted piece on a reader that looks only every two seconds', () => {
    const pad = new Pad().reads(500, { [SHOE]: -45 })
    for (let round = 0; round < 2; round++) {
      pad.at_ms += 2_000
      pad.keep(passed(pad.presence, pad.at_ms))
    }
    expect(pad.story).toEqual([`+${SHOE}`, `-${SHOE}`])
  })

  it('says nothing when no flow is open', () => {
    const pad = new Pad()
    pad.presence = closePresence(pad.presence)
    expect(pad.reads(2_000, { [SHOE]: -30 }).story).toEqual([])
  })
})

it('tells once that the pad is crowded, and remembers no more than it can', () => {
  const pad = new Pad()
  for (let count = 0; count < TAGS_MAX + 50; count++)
    pad.keep(sighted(pad.presence, tagSeen({ epc: `E2${count.toString(16).padStart(22, '0')}`, rssi_dbm: -70 }), 10))
  expect(pad.story).toEqual(['crowded'])
  expect(pad.presence.tags.size).toBe(TAGS_MAX)
})

it('never adds twice without removing, never removes what it did not add, whatever is read when', () => {
  const reading = fc.record({
    gap_ms: fc.integer({ min: 0, max: 2_000 }),
    tag: fc.constantFrom(SHOE, BAG, BOOT),
    rssi_dbm: fc.option(fc.integer({ min: -80, max: -30 })),
    does: fc.constantFrom('read', 'read', 'read', 'read', 'wait', 'choose', 'dismiss', 'hold', 'resume'),
  })
  const days = fc.array(reading, { maxLength: 80 })
  fc.assert(
    fc.property(days, fc.constantFrom('cart', 'one'), fc.boolean(), (day, mode, learn) => {
      const pad = new Pad({ ...PAD, mode }, learn)
      for (const { gap_ms, tag, rssi_dbm, does } of day) {
        pad.at_ms += gap_ms
        if (does === 'read') pad.keep(sighted(pad.presence, tagSeen({ epc: tag, rssi_dbm }), pad.at_ms))
        else if (does === 'wait') pad.keep(passed(pad.presence, pad.at_ms))
        else if (does === 'choose') pad.keep(chosen(pad.presence, tag))
        else if (does === 'dismiss') pad.keep(dismissed(pad.presence, tag))
        else if (does === 'hold') pad.presence = holdPresence(pad.presence)
        else pad.presence = resumePresence(pad.presence, pad.at_ms)
      }
      const cart = new Set<string>()
      for (const event of pad.events) {
        if (event.kind === 'added') {
          expect(cart.has(event.tag)).toBe(false)
          cart.add(event.tag)
        }
        if (event.kind === 'removed') expect(cart.delete(event.tag)).toBe(true)
      }
      expect([...cart].sort()).toEqual([...presentTags(pad.presence)].sort())
    }),
    { numRuns: 1_000 },
  )
})

it('holds all of it together on a real driver: a bag beside the counter, a piece lifted and laid again', () => {
  const field = new TagField(3)
  field.place({ epc: BAG, rssi_dbm: -70, answers: 0.7 })
  const at = new Counter(r200, r200Simulator({}, field)).pass(1_000).openFlow({ learn: true }).pass(2_500)
  field.place({ epc: SHOE, rssi_dbm: -48, answers: 0.6 })
  at.pass(5_000)
  field.lift(SHOE)
  at.pass(2_000)
  field.place({ epc: SHOE, rssi_dbm: -48, answers: 0.6 })
  at.pass(2_000)
  expect(at.cart).toEqual([`+${SHOE}`, `-${SHOE}`, `+${SHOE}`])
})
