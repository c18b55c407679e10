import { describe, expect, it } from 'vitest'
import type { Pad, PadEvent, PadInput } from '../../../native/rfid/pad.ts'
import { startPad, stepPad } from '../../../native/rfid/pad.ts'
import { presentTags } from '../../../native/rfid/presence.ts'
import { RFID_FAMILIES } from '../../../native/rfid/families.ts'
import type { ReaderSimulator } from '../../../native/simulators/rfid/reader-simulator.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { uhf18Simulator } from '../../../native/simulators/rfid/uhf18-simulator.ts'
import { Counter } from '../../support/rfid/counter.ts'

const SHOE = '30340242201D8840000186A0'
const BAG = '30340242201D8840000186A1'
const WANTED = { power_dbm: 15, region: 'eu' } as const

/** A pad of the shop over a real driver and a simulated reader. */
class ShopPad {
  pad: Pad = startPad(WANTED)
  readonly events: PadEvent[] = []
  readonly counter: Counter<unknown>
  private read = 0

  constructor(reader: ReaderSimulator) {
    this.counter = new Counter(RFID_FAMILIES[reader.family].driver, reader)
  }

  give(input: PadInput): this {
    const step = stepPad(this.pad, input)
    this.pad = step.pad
    this.events.push(...step.events)
    for (const command of step.commands) this.counter.command(command)
    return this
  }

  pass(ms: number): this {
    for (let passed = 0; passed < ms; passed += 10) {
      this.counter.pass(10)
      for (; this.read < this.counter.events.length; this.read++)
        this.give({ kind: 'heard', event: this.counter.events[this.read]!, at_ms: this.counter.now_ms })
    }
    return this
  }

  open(learn = false): this {
    return this.give({ kind: 'open-flow', learn, at_ms: this.counter.now_ms })
  }

  get cart(): readonly string[] {
    return presentTags(this.pad.presence)
  }

  get radio(): readonly boolean[] {
    return this.events.flatMap((event) => (event.kind === 'radio' ? [event.on] : []))
  }
}

describe('a pad as the shop sees it', () => {
  it('opens the radio with the flow and closes it with the flow', () => {
    const reader = r200Simulator({ power_dbm: 15 })
    const shop = new ShopPad(reader).pass(1_000)
    expect(shop.radio).toEqual([])
    reader.field.place({ epc: SHOE })
    shop.open().pass(1_000)
    expect([shop.cart, shop.radio]).toEqual([[SHOE], [true]])
    shop.give({ kind: 'close-flow' }).pass(1_000)
    expect([shop.cart, shop.radio]).toEqual([[], [true, false]])
  })

  it('learns the shelf only from when the reader is really on', () => {
    const reader = r200Simulator({ power_dbm: 15 })
    reader.power(false)
    reader.field.place({ epc: BAG })
    const shop = new ShopPad(reader).open(true).pass(5_000)
    reader.power(true)
    shop.pass(6_000)
    reader.field.place({ epc: SHOE })
    shop.pass(1_000)
    expect(shop.events).toContainEqual({ kind: 'learned', strays: [BAG] })
    expect(shop.cart).toEqual([SHOE])
  })

  it('keeps the radio off in a foreign region until somebody has it changed', () => {
    const reader = uhf18Simulator({ power_dbm: 15, dmaxfre: 0x31, dminfre: 0x80 })
    reader.field.place({ epc: SHOE })
    const shop = new ShopPad(reader).open().pass(3_000)
    expect([shop.cart, shop.radio, shop.pad.settings.at]).toEqual([[], [], 'differs'])
    shop.give({ kind: 'confirm-settings', at_ms: shop.counter.now_ms }).pass(3_000)
    expect([shop.cart, shop.radio, shop.pad.settings.at]).toEqual([[SHOE], [true], 'same'])
  })

  it('keeps the cart while the reader is away, and tidies it when it is back', () => {
    const reader = r200Simulator({ power_dbm: 15 })
    for (const epc of [SHOE, BAG]) reader.field.place({ epc })
    const shop = new ShopPad(reader).pass(1_000).open().pass(1_000)
    reader.power(false)
    reader.field.lift(BAG)
    shop.pass(30_000)
    expect(shop.cart).toEqual([SHOE, BAG])
    reader.power(true)
    shop.pass(10_000)
    expect(shop.cart).toEqual([SHOE])
    expect(shop.radio).toEqual([true, false, true])
    expect(shop.events.filter((event) => event.kind === 'added')).toHaveLength(2)
  })

  it('keeps the cart when the cable is pulled', () => {
    const reader = r200Simulator({ power_dbm: 15 })
    reader.field.place({ epc: SHOE })
    const shop = new ShopPad(reader).pass(1_000).open().pass(1_000)
    shop.counter.unplug()
    shop.give({ kind: 'gone' })
    shop.give({ kind: 'heard', event: { kind: 'alive' }, at_ms: 60_000 })
    expect(shop.cart).toEqual([SHOE])
  })
})
