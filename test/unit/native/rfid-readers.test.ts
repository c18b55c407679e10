import { describe, expect, it } from 'vitest'
import type { Driver } from '../../../native/driver.ts'
import { a0Shape, buildA0 } from '../../../native/rfid/a0-frames.ts'
import { a0R2000 } from '../../../native/rfid/a0-r2000.ts'
import { ORDERS_MAX } from '../../../native/rfid/conversation.ts'
import { pn532Hsu } from '../../../native/rfid/pn532-hsu.ts'
import { buildR200, r200Shape } from '../../../native/rfid/r200-frames.ts'
import { r200 } from '../../../native/rfid/r200.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import { thingMagic } from '../../../native/rfid/thingmagic.ts'
import { uhfReader18 } from '../../../native/rfid/uhf-reader18.ts'
import { wholeFrame } from '../../../native/rfid/whole-frame.ts'
import { a0Simulator } from '../../../native/simulators/rfid/a0-simulator.ts'
import { httpsMessage, pn532Simulator, type2Memory } from '../../../native/simulators/rfid/pn532-simulator.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import type { ReaderSimulator } from '../../../native/simulators/rfid/reader-simulator.ts'
import { noisy } from '../../../native/simulators/rfid/reader-simulator.ts'
import { TagField } from '../../../native/simulators/rfid/tag-field.ts'
import { thingMagicSimulator } from '../../../native/simulators/rfid/thingmagic-simulator.ts'
import { uhf18Simulator } from '../../../native/simulators/rfid/uhf18-simulator.ts'
import { fromHex, toHex } from '../../support/drivers/desk.ts'
import { Counter } from '../../support/rfid/counter.ts'

const SHOE = '30340242201D8840000186A0'
const BAG = '30340242201D8840000186A1'
const RENAMED = 'E20000000000000000000001'
const TID = 'E2801105200012345678ABCD'

type AnyDriver = Driver<unknown, RfidCommand, RfidEvent>

interface Kind {
  readonly name: string
  readonly counter: (field: TagField) => Counter<unknown>
}

function counterOf(driver: AnyDriver, reader: ReaderSimulator): Counter<unknown> {
  return new Counter(driver, reader)
}

const UHF: readonly Kind[] = [
  { name: 'R200', counter: (field) => counterOf(r200, r200Simulator({}, field)) },
  { name: 'R200 with AA and DD', counter: (field) => counterOf(r200, r200Simulator({ form: 'aa' }, field)) },
  { name: 'UHFReader18', counter: (field) => counterOf(uhfReader18, uhf18Simulator({}, field)) },
  { name: '288M', counter: (field) => counterOf(uhfReader18, uhf18Simulator({ type: 0x0c, address: 7 }, field)) },
  { name: 'R2000', counter: (field) => counterOf(a0R2000(), a0Simulator({}, field)) },
  { name: 'ThingMagic', counter: (field) => counterOf(thingMagic, thingMagicSimulator({}, field)) },
  {
    name: 'ThingMagic in its bootloader',
    counter: (field) => counterOf(thingMagic, thingMagicSimulator({ bootloader: true }, field)),
  },
]

/** A reader that has told who it is; the sibling form takes a second attempt. */
const START_MS = 4_000

function withShoe(): TagField {
  const field = new TagField()
  field.place({ epc: SHOE, tid: TID, user: '0102030405060708', killPassword: 'CAFE0001', accessPassword: 'BEEF0002' })
  return field
}

describe.each(UHF)('a $name pad on the counter', ({ counter }) => {
  it('tells who it is, and keeps its radio off until a flow is open', () => {
    const at = counter(withShoe()).pass(START_MS)
    const [reader] = at.all('reader')
    expect(reader?.region).toBe('eu')
    expect(reader?.power_dbm).toBeGreaterThan(0)
    expect(at.all('tag')).toEqual([])
    const { written } = at
    at.pass(5_000)
    expect(at.written).toBe(written)
    expect(at.all('tag')).toEqual([])
  })

  it('puts a piece into the cart when it is laid down, and takes it out when it is lifted', () => {
    const field = new TagField()
    const at = counter(field).pass(START_MS).openFlow().pass(1_000)
    field.place({ epc: SHOE })
    at.pass(1_000)
    expect(at.cart).toEqual([`+${SHOE}`])
    at.pass(10_000)
    expect(at.cart).toEqual([`+${SHOE}`])
    field.lift(SHOE)
    at.pass(3_000)
    expect(at.cart).toEqual([`+${SHOE}`, `-${SHOE}`])
  })

  it('goes quiet when the flow ends', () => {
    const at = counter(withShoe()).pass(START_MS).openFlow().pass(1_000)
    expect(at.all('tag').length).toBeGreaterThan(5)
    at.closeFlow()
    const seen = at.all('tag').length
    at.pass(500)
    const { written } = at
    at.pass(5_000)
    expect(at.all('tag').length).toBe(seen)
    expect(at.written).toBe(written)
  })

  it('sees every tag of a full pad', () => {
    const field = new TagField()
    const last = (i: number) => i.toString(16).padStart(4, '0').toUpperCase()
    const epcs = Array.from({ length: 40 }, (_, i) => `30340242201D88400001${last(i)}`)
    for (const epc of epcs) field.place({ epc })
    const at = counter(field).pass(START_MS).openFlow().pass(2_000)
    expect(at.cart.toSorted()).toEqual(epcs.map((epc) => `+${epc}`))
  })

  it('reads a tag\'s own number and its user memory while the field is open', () => {
    const at = counter(withShoe()).pass(START_MS).openFlow().pass(500)
    at.command({ kind: 'read-tid', id: 'tid', epc: SHOE })
    at.command({ kind: 'read-user', id: 'user', epc: SHOE, words: 2 })
    at.pass(2_000)
    expect(at.all('outcome').map(({ id, outcome, bytes }) => [id, outcome, bytes])).toEqual([
      ['tid', 'done', TID],
      ['user', 'done', '01020304'],
    ])
    const seen = at.all('tag').length
    at.pass(1_000)
    expect(at.all('tag').length).toBeGreaterThan(seen)
  })

  it('writes an EPC, locks it, and will not write it again without the password', () => {
    const field = withShoe()
    const at = counter(field).pass(START_MS)
    at.command({ kind: 'write-epc', id: 'write', epc: SHOE, to: RENAMED })
    at.command({ kind: 'lock', id: 'lock', epc: RENAMED, field: 'epc', action: 'lock', password: 'BEEF0002' })
    at.command({ kind: 'write-epc', id: 'again', epc: RENAMED, to: SHOE })
    at.command({ kind: 'write-epc', id: 'with password', epc: RENAMED, to: BAG, password: 'BEEF0002' })
    at.pass(6_000)
    expect(at.outcome('write')).toBe('done')
    expect(at.outcome('lock')).toBe('done')
    expect(at.outcome('again')).toMatch(/^not-done: (memory-locked|tag-refused)$/)
    expect(at.outcome('with password')).toBe('done')
    expect(field.epcs).toEqual([BAG])
  })

  it('gives a tag a shorter number', () => {
    const field = withShoe()
    const at = counter(field).pass(START_MS)
    at.command({ kind: 'write-epc', id: 'short', epc: SHOE, to: 'E200112233445566' }).pass(2_000).openFlow().pass(500)
    expect(at.outcome('short')).toBe('done')
    expect(at.all('tag').at(-1)?.epc).toBe('E200112233445566')
  })

  it('kills with the right password only', () => {
    const field = withShoe()
    const at = counter(field).pass(START_MS).openFlow().pass(300)
    at.command({ kind: 'kill', id: 'wrong', epc: SHOE, password: '00000001' }).pass(2_000)
    expect(at.outcome('wrong')).toMatch(/^not-done: (password-wrong|tag-refused)$/)
    expect(field.epcs).toEqual([SHOE])
    at.command({ kind: 'kill', id: 'right', epc: SHOE, password: 'CAFE0001' }).pass(2_000)
    expect(at.outcome('right')).toBe('done')
    expect(field.epcs).toEqual([])
  })

  it('never touches another tag than the one meant', () => {
    const field = withShoe()
    field.place({ epc: BAG, killPassword: 'CAFE0001' })
    const at = counter(field).pass(START_MS)
    at.command({ kind: 'kill', id: 'kill', epc: BAG, password: 'CAFE0001' }).pass(2_000)
    expect(field.epcs).toEqual([SHOE])
  })

  it('says that nobody knows, when the tag did not answer a kill', () => {
    const at = counter(new TagField()).pass(START_MS)
    at.command({ kind: 'kill', id: 'nobody', epc: SHOE, password: 'CAFE0001' }).pass(12_000)
    expect(at.outcome('nobody')).toBe('unknown: no-tag')
  })

  it('sets its power and tells what it is now', () => {
    const at = counter(new TagField()).pass(START_MS)
    at.command({ kind: 'set-power', id: 'power', power_dbm: 15 }).pass(2_000)
    expect(at.outcome('power')).toBe('done')
    expect(at.all('reader').at(-1)?.power_dbm).toBe(15)
  })

  it('refuses what cannot be sent as it stands', () => {
    const at = counter(withShoe()).pass(START_MS)
    const { written } = at
    at.command({ kind: 'kill', id: 'short', epc: SHOE, password: '12' })
    at.command({ kind: 'write-epc', id: 'odd', epc: SHOE, to: 'E2000' })
    at.command({ kind: 'read-tid', id: 'words', epc: 'not hex' })
    expect(['short', 'odd', 'words'].map((id) => at.outcome(id))).toEqual(Array(3).fill('not-done: malformed'))
    expect(at.written).toBe(written)
  })

  it('notices that the reader has lost its power, and goes on when it is back', () => {
    const at = counter(withShoe()).pass(START_MS).openFlow().pass(1_000)
    at.reader.powerOffAfter(5)
    at.pass(15_000)
    expect(at.all('fault').map(({ fault }) => fault)).toEqual(['not-answering'])
    at.command({ kind: 'read-tid', id: 'gone', epc: SHOE })
    expect(at.outcome('gone')).toBe('not-done: reader-not-answering')
    const seen = at.all('tag').length
    at.reader.power(true)
    at.pass(6_000)
    expect(at.all('reader')).toHaveLength(2)
    expect(at.all('tag').length).toBeGreaterThan(seen + 5)
  })

  it('tells what is unknown when the cable is pulled in the middle of an order', () => {
    const at = counter(withShoe()).pass(START_MS)
    at.reader.power(false)
    at.command({ kind: 'read-tid', id: 'reading', epc: SHOE })
    at.command({ kind: 'kill', id: 'waiting', epc: SHOE, password: 'CAFE0001' })
    at.unplug()
    expect([at.outcome('reading'), at.outcome('waiting')]).toEqual(['not-done: line-lost', 'not-done: line-lost'])
  })

  it('asks again when a tag at the edge of the field did not answer', () => {
    const field = new TagField(5)
    field.place({ epc: SHOE, tid: TID, answers: 0.5 })
    const at = counter(field).pass(START_MS)
    for (let order = 0; order < 30; order++) at.command({ kind: 'read-tid', id: `${order}`, epc: SHOE }).pass(3_000)
    expect(at.all('outcome')).toHaveLength(30)
    expect(at.all('outcome').filter(({ outcome }) => outcome === 'done').length).toBeGreaterThanOrEqual(22)
  })

  it('lets no more orders wait than it can remember', () => {
    const at = counter(withShoe())
    for (let order = 0; order < ORDERS_MAX + 3; order++) at.command({ kind: 'read-tid', id: `${order}`, epc: SHOE })
    expect(at.all('outcome').map(({ id, why }) => [id, why])).toEqual(
      [0, 1, 2].map((extra) => [`${ORDERS_MAX + extra}`, 'busy']),
    )
  })
})

describe('a bad cable', () => {
  it.each(UHF)('never invents a tag on a $name', ({ counter }) => {
    const field = new TagField()
    field.place({ epc: SHOE })
    field.place({ epc: BAG })
    const clean = counter(field)
    const reader = noisy(clean.reader, { seed: 7, lost: 0.002, turned: 0.002, stray: 0.002 })
    const at = new Counter(clean.driver, reader).pass(START_MS * 3).openFlow().pass(20_000)
    const seen = new Set(at.all('tag').map((tag) => tag.epc))
    expect([...seen].filter((epc) => epc !== SHOE && epc !== BAG)).toEqual([])
    expect(seen.size).toBe(2)
    expect(at.all('garbled').length).toBeGreaterThan(0)
  })
})

describe('a torn answer', () => {
  it.each(UHF)('does not empty the cart on a $name', ({ counter }) => {
    const field = new TagField()
    for (const epc of [SHOE, BAG]) field.place({ epc })
    const clean = counter(field)
    const reader = noisy(clean.reader, { seed: 11, lost: 0.001 })
    const at = new Counter(clean.driver, reader).pass(START_MS * 3).openFlow().pass(60_000)
    expect(at.all('garbled').length).toBeGreaterThan(3)
    expect(at.cart.toSorted()).toEqual([`+${SHOE}`, `+${BAG}`])
  })
})

describe('what sets the families apart', () => {
  it('a kill whose answer never came is unknown', () => {
    const field = withShoe()
    const at = counterOf(r200, r200Simulator({}, field)).pass(START_MS)
    // Two answers of nine bytes let the tag be chosen; then the module's power goes.
    at.reader.powerOffAfter(16)
    at.command({ kind: 'kill', id: 'kill', epc: SHOE, password: 'CAFE0001' }).pass(2_000)
    expect(at.outcome('kill')).toBe('unknown: no-answer')
    expect(field.epcs).toEqual([])
  })

  it('a cable pulled while a tag is being killed leaves it unknown', () => {
    const at = counterOf(r200, r200Simulator({}, withShoe())).pass(START_MS)
    at.reader.powerOffAfter(16)
    at.command({ kind: 'kill', id: 'kill', epc: SHOE, password: 'CAFE0001' }).pass(100).unplug()
    expect(at.outcome('kill')).toBe('unknown: line-lost')
  })

  it('the answer of another tag is not taken for that of the tag asked', () => {
    const other = (reader: ReaderSimulator, swap: (bytes: Uint8Array) => Uint8Array): ReaderSimulator => ({
      ...reader,
      hear: (bytes) => swap(reader.hear(bytes)),
    })
    const inFrame = fromHex(SHOE)
    const asBag = (bytes: Uint8Array) => {
      const at = bytes.findIndex((_, index) => inFrame.every((byte, offset) => bytes[index + offset] === byte))
      const changed = bytes.slice()
      if (at >= 0) changed.set(fromHex(BAG), at)
      return changed
    }
    const r200Swap = (bytes: Uint8Array) => {
      const frame = wholeFrame(r200Shape, bytes)
      return frame === null ? bytes : buildR200({ ...frame, parameters: asBag(frame.parameters) })
    }
    const a0Swap = (bytes: Uint8Array) => {
      const frame = wholeFrame(a0Shape, bytes)
      return frame === null ? bytes : buildA0({ ...frame, data: asBag(frame.data) })
    }
    for (const at of [
      counterOf(r200, other(r200Simulator({}, withShoe()), r200Swap)),
      counterOf(a0R2000(), other(a0Simulator({}, withShoe()), a0Swap)),
    ]) {
      at.pass(START_MS).command({ kind: 'read-tid', id: 'tid', epc: SHOE }).pass(2_000)
      expect(at.all('outcome')).toMatchObject([{ outcome: 'not-done', why: 'no-answer', bytes: null }])
    }
  })

  it('a sold piece no longer rings at the door', () => {
    const field = withShoe()
    const at = counterOf(r200, r200Simulator({}, field)).pass(START_MS).openFlow().pass(300)
    at.command({ kind: 'set-eas', id: 'sold', epc: SHOE, armed: false, password: 'BEEF0002' }).pass(1_000)
    expect([at.outcome('sold'), field.armed]).toEqual(['done', []])
    const chafon = counterOf(uhfReader18, uhf18Simulator()).pass(START_MS)
    chafon.command({ kind: 'set-eas', id: 'cannot', epc: SHOE, armed: false })
    expect(chafon.outcome('cannot')).toBe('unsupported')
  })

  it.each([
    ['R200', r200, r200Simulator, 'BB 00 27 00 03 22 FF FF 4A 7E'],
    ['ThingMagic', thingMagic, thingMagicSimulator, 'FF 10 2F 00 00 01 22 00 00 05 07 22 10 00 1B 03 E8 01 FF DD 2B'],
  ] as const)('a %s left reading by a till that crashed is stopped', (_name, driver, simulator, start) => {
    const reader = simulator({}, withShoe())
    reader.hear(fromHex(start))
    expect(reader.pass(1_000).length).toBeGreaterThan(100)
    const at = counterOf(driver, reader).pass(START_MS)
    expect(at.all('reader')).toHaveLength(1)
    expect(reader.pass(1_000)).toHaveLength(0)
  })

  it('an R200 is started again when its count of rounds has run out', () => {
    const field = withShoe()
    const at = counterOf(r200, r200Simulator({}, field)).pass(START_MS).openFlow().pass(500)
    at.reader.hear(fromHex('BB 00 28 00 00 28 7E'))
    const seen = at.all('tag').length
    at.pass(3_000)
    expect(at.all('tag').length).toBeGreaterThan(seen + 20)
    expect(at.all('fault')).toEqual([])
  })

  it('a Chafon that pushes is told about, heard only in a flow, and silenced only by an order', () => {
    const at = counterOf(uhfReader18, uhf18Simulator({ type: 0x86, pushes: true }, withShoe())).pass(START_MS)
    expect(at.all('fault').map(({ fault }) => fault)).toEqual(['pushes-unasked'])
    expect(at.all('reader').at(-1)?.pushes_unasked).toBe(true)
    expect(at.all('tag')).toEqual([])
    at.command({ kind: 'set-answer-mode', id: 'answer' }).pass(3_000)
    expect(at.outcome('answer')).toBe('done')
    expect(at.all('reader').at(-1)?.pushes_unasked).toBe(false)
  })

  it('a Chafon beeps; the others say that they cannot', () => {
    const chafon = counterOf(uhfReader18, uhf18Simulator()).pass(START_MS)
    chafon.command({ kind: 'feedback', id: 'beep', as: 'good' }).pass(1_000)
    expect(chafon.outcome('beep')).toBe('done')
    for (const [driver, reader] of [
      [r200, r200Simulator()],
      [thingMagic, thingMagicSimulator()],
    ] as const) {
      const at = counterOf(driver, reader).pass(START_MS)
      at.command({ kind: 'feedback', id: 'beep', as: 'good' }).pass(1_000)
      expect(at.outcome('beep')).toBe('unsupported')
    }
  })

  it('an R2000 without its antenna says so once', () => {
    const at = counterOf(a0R2000(), a0Simulator({ antennas: [] }, withShoe())).pass(START_MS).openFlow().pass(5_000)
    expect(at.all('fault')).toEqual([{ kind: 'fault', fault: 'antenna-missing', code: 0x22 }])
  })

  it('an antenna that falls off takes nothing out of the cart', () => {
    const antennas = [1]
    const at = counterOf(a0R2000(), a0Simulator({ antennas }, withShoe())).pass(START_MS).openFlow().pass(1_000)
    antennas.length = 0
    at.pass(10_000)
    expect(at.cart).toEqual([`+${SHOE}`])
    expect(at.all('fault')).toHaveLength(1)
  })

  it('an R2000 takes its antennas in turn', () => {
    const field = new TagField()
    field.place({ epc: SHOE, antenna: 1 })
    field.place({ epc: BAG, antenna: 3 })
    const reader = a0Simulator({ antennas: [1, 3] }, field)
    const at = counterOf(a0R2000({ antennas: [1, 3] }), reader).pass(START_MS).openFlow().pass(1_000)
    expect(new Set(at.all('tag').map((tag) => `${tag.epc} ${tag.antenna}`))).toEqual(new Set([`${SHOE} 1`, `${BAG} 3`]))
  })

  it('a ThingMagic without a region will not see anything until it is given one', () => {
    const at = counterOf(thingMagic, thingMagicSimulator({ region: 0 }, withShoe())).pass(START_MS)
    expect(at.all('reader').at(-1)?.region).toBe('unknown')
    at.command({ kind: 'set-region', id: 'region', region: 'eu' }).pass(1_000).openFlow().pass(1_000)
    expect(at.all('reader').at(-1)?.region_code).toBe(0x08)
    expect(at.all('tag').length).toBeGreaterThan(5)
  })
})

describe('a PN532 pad', () => {
  const CARD = { uid: 'CB98A605', atqa: '0004', sak: 0x08 }
  const ADDRESS = 'https://verify.example/t?e=0123456789ABCDEF&c=94EED9EE65337086'

  it('sees a card while a flow is open, and a telephone for what it is', () => {
    const field = new TagField()
    const at = counterOf(pn532Hsu, pn532Simulator(field)).pass(500).openFlow()
    field.tap(CARD)
    at.pass(1_000)
    expect(at.cart).toEqual(['+CB98A605'])
    field.untap(CARD.uid)
    field.tap({ uid: '08A1B2C3', sak: 0x20, atqa: '0004' })
    at.pass(2_000)
    expect(at.cart).toEqual(['+CB98A605', '+08A1B2C3', '-CB98A605'])
    expect(at.all('tag').at(-1)?.stable).toBe(false)
    at.closeFlow().pass(500)
    const { written } = at
    at.pass(3_000)
    expect(at.written).toBe(written)
  })

  it('reads the address in an NTAG, page by page', () => {
    const field = new TagField()
    const message = httpsMessage(ADDRESS)
    field.tap({ uid: '04A1B2C3D4E580', memory: type2Memory(message) })
    const at = counterOf(pn532Hsu, pn532Simulator(field)).pass(500).openFlow().pass(500)
    at.command({ kind: 'read-user', id: 'ndef', epc: '04A1B2C3D4E580', words: 1 }).pass(1_000)
    expect(at.all('outcome')[0]).toMatchObject({ outcome: 'done', bytes: message })
    expect(at.all('tag').find((tag) => tag.url !== null)?.url).toBe(ADDRESS)
  })

  it('reads the one-time address of an authenticated tag', () => {
    const field = new TagField()
    field.tap({ uid: '04C767F2066180', sak: 0x20, ndef: httpsMessage(ADDRESS) })
    const at = counterOf(pn532Hsu, pn532Simulator(field)).pass(500).openFlow().pass(500)
    at.command({ kind: 'read-user', id: 'sun', epc: '04C767F2066180', words: 1 }).pass(1_000)
    expect(at.all('tag').find((tag) => tag.url !== null)?.url).toBe(ADDRESS)
  })

  it('does not take another tag for the one asked about', () => {
    const field = new TagField()
    field.tap(CARD)
    const at = counterOf(pn532Hsu, pn532Simulator(field)).pass(500)
    at.command({ kind: 'read-user', id: 'other', epc: '04A1B2C3D4E580', words: 1 }).pass(2_000)
    expect(at.outcome('other')).toBe('not-done: no-tag')
    at.command({ kind: 'kill', id: 'kill', epc: CARD.uid, password: '00000001' }).pass(500)
    expect(at.outcome('kill')).toBe('unsupported')
  })

  it('has an ordinary card without NDEF refuse politely', () => {
    const field = new TagField()
    field.tap({ uid: '04000000000001', memory: 'FE' })
    const at = counterOf(pn532Hsu, pn532Simulator(field)).pass(500)
    at.command({ kind: 'read-user', id: 'empty', epc: '04000000000001', words: 1 }).pass(1_000)
    expect(at.all('outcome')[0]).toMatchObject({ outcome: 'done', bytes: null })
  })
})

it('asks the documented questions first, byte for byte', () => {
  const said = (driver: AnyDriver) =>
    driver
      .step(driver.start(), { kind: 'opened' })[1]
      .flatMap((effect) => (effect.kind === 'write' ? [toHex(effect.bytes)] : []))
  expect(said(r200)).toEqual(['BB 00 03 00 01 00 04 7E'])
  expect(said(uhfReader18)).toEqual(['04 FF 21 19 95'])
  expect(said(a0R2000())).toEqual(['A0 03 01 72 EA'])
  expect(said(thingMagic)).toEqual(['FF 03 2F 00 00 02 5E 86'])
  expect(said(pn532Hsu)[0]).toMatch(/^55 55 00.* FF 03 FD D4 14 01 17 00$/)
})
