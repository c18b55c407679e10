import { describe, expect, it } from 'vitest'
import { PadAtCounter, type PadFlow } from '../../../electron/core/devices/pad-at-counter.ts'
import type { PresenceEvent } from '../../../native/rfid/presence.ts'
import { tagSeen } from '../../../native/rfid/reader.ts'

const PHONE = '30340242201D8840000186A0'
const COAT = '30340242201D8840000186A1'
const flow = (key: string, more: Partial<PadFlow> = {}): PadFlow => ({ key, mode: 'cart', learn: true, ...more })

/** A pad with a reader that is set as the shop wants it, and a clock that moves with what is read. */
function counter() {
  const heard: PresenceEvent[] = []
  let at_ms = 1_000_000
  let looking: PadFlow | null = null
  const pad: PadAtCounter = new PadAtCounter('DE', {
    send: () => undefined,
    presence: (event) => heard.push(event),
    // As at the till: every change of the pad makes a view, and whoever draws it says which flow is in front.
    changed: () => pad.want(looking, at_ms),
  })
  pad.hear({
    kind: 'reader', family: 'r200', model: null, firmware: null, power_dbm: 18, power_max_dbm: 26, region: 'eu', region_code: 3,
    power_is_stored: false, region_is_stored: false, pushes_unasked: false,
  }, at_ms)
  return {
    pad,
    heard,
    front(next: PadFlow | null) {
      looking = next
      pad.want(next, at_ms)
    },
    lies(ms: number, ...tags: string[]) {
      for (const until = at_ms + ms; at_ms < until; at_ms += 20) {
        pad.hear({ kind: 'alive' }, at_ms)
        for (const epc of tags) pad.hear(tagSeen({ epc, rssi_dbm: -45 }), at_ms)
      }
    },
    shown: () => pad.view(() => null),
  }
}

describe('a pad between two sales', () => {
  it('learns the shelf once, and begins the next sale at once', () => {
    const at = counter()
    at.front(flow('first'))
    at.lies(2_500, COAT)
    expect(at.shown().strays.map((stray) => stray.tag)).toEqual([COAT])
    at.front(null)
    at.front(flow('second'))
    expect(at.shown().learning).toBe(false)
    at.lies(300, COAT, PHONE)
    expect(at.shown().present.map((each) => each.tag)).toEqual([PHONE])
    expect(at.heard.filter((event) => event.kind === 'learned')).toHaveLength(1)
  })

  it('takes nothing of the customer before into the next sale, until it was away', () => {
    const at = counter()
    at.front(flow('first'))
    at.lies(2_500)
    at.lies(300, PHONE)
    at.front(flow('second'))
    at.lies(1_000, PHONE)
    expect(at.shown().present).toEqual([])
    at.lies(6_000)
    at.lies(300, PHONE)
    expect(at.shown().present.map((each) => each.tag)).toEqual([PHONE])
  })

  it('knows the pieces of a sale that is recalled, right after another one and however often it is told so', () => {
    const at = counter()
    at.front(flow('first'))
    at.lies(2_500)
    at.lies(300, PHONE)
    at.front(flow('second'))
    at.front(flow('first', { ours: [PHONE] }))
    at.lies(300, PHONE)
    expect(at.shown().present.map((each) => each.tag)).toEqual([PHONE])
  })

  it('learns no piece of a sale as the shelf’s after a power cut', () => {
    const at = counter()
    at.front(flow('first', { ours: [PHONE] }))
    at.lies(2_500, PHONE, COAT)
    expect(at.shown().strays.map((stray) => stray.tag)).toEqual([COAT])
    expect(at.shown().present.map((each) => each.tag)).toEqual([PHONE])
  })

  it('learns afresh after a pause, when somebody may have put things beside the pad', () => {
    const at = counter()
    at.front(flow('first'))
    at.lies(2_500)
    at.front(null)
    at.lies(130_000)
    at.front(flow('second'))
    at.lies(2_500, COAT)
    expect(at.shown().strays.map((stray) => stray.tag)).toEqual([COAT])
  })
})
