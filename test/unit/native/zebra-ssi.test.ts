import { describe, expect, it } from 'vitest'
import { scanOf } from '../../../native/scanners/aim.ts'
import { SCAN_BYTES_MAX } from '../../../native/scanners/serial-scanner.ts'
import { buildSsi, SSI } from '../../../native/scanners/ssi-frames.ts'
import { zebraSsi } from '../../../native/scanners/zebra-ssi.ts'
import { Desk, fromHex } from '../../support/drivers/desk.ts'
import { readDeviceVectors } from '../../support/device-vectors.ts'
import { driverLaws } from '../../support/drivers/laws.ts'

const text = (written: string) => new TextEncoder().encode(written)
const vector = (id: string) => fromHex(readDeviceVectors().find((each) => each.id === id)!.hex)
const decode = (code: string, status = 0, type = 0x0b) => buildSsi(SSI.decodeData, [type, ...text(code)], 0, status)
const ACK = '04 D0 04 00 FF 28'
const NAK = '05 D1 04 00 01 FF 25'

driverLaws(
  zebraSsi(),
  [
    { name: 'a decode', bytes: vector('ssi-016'), events: [scanOf(text('4006381333931'), 'ean13')] },
    { name: 'a short decode', bytes: vector('ssi-004'), events: [scanOf(text('NR'), 'code39')] },
    {
      name: 'a long QR in three segments',
      bytes: Uint8Array.from(['ssi-017', 'ssi-018', 'ssi-019'].flatMap((id) => [...vector(id)])),
      events: [scanOf(text('Z'.repeat(500)), 'qr')],
    },
  ],
  {
    checked: true,
    idle_ms: 12_000,
    held_max: 2 * SCAN_BYTES_MAX,
    commands: [{ kind: 'trigger', on: true }, { kind: 'beep', good: false }, { kind: 'ask', text: '' }],
  },
)

describe('a Zebra scanner in SSI', () => {
  it('acknowledges each scan, so that the scanner does not repeat it', () => {
    const desk = new Desk(zebraSsi()).open().bytes(decode('4006381333931'))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: '4006381333931', symbology: 'ean13' }])
    expect(desk.written).toBe(ACK)
  })

  it('takes two equal scans for two pieces, but a packet marked as sent again for the same one', () => {
    const desk = new Desk(zebraSsi()).open().bytes(decode('4006381333931')).bytes(decode('4006381333931'))
    expect(desk.events).toHaveLength(2)
    desk.bytes(decode('4006381333931', 0x01))
    expect(desk.events).toHaveLength(2)
    expect(desk.written).toBe([ACK, ACK, ACK].join(' | '))
  })

  it('asks again for a packet that arrived broken, and takes its repetition', () => {
    const desk = new Desk(zebraSsi()).open().bytes(decode('4006381333931'))
    const broken = decode('4006381333931')
    broken[6] = 0x39
    desk.bytes(broken).pass(1_000).bytes(decode('4006381333931', 0x01))
    expect(desk.events.map((event) => event.kind)).toEqual(['scan', 'garbled', 'scan'])
    expect(desk.written).toBe([ACK, NAK, ACK].join(' | '))
  })

  it('joins packets that say that more follows', () => {
    const desk = new Desk(zebraSsi()).open().bytes(decode('FIRST-', 0x02, 0x1c)).bytes(decode('SECOND', 0, 0x1c))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: 'FIRST-SECOND', symbology: 'qr' }])
  })

  it('gives up a long scan that lost a segment', () => {
    const desk = new Desk(zebraSsi()).open().bytes(vector('ssi-017')).bytes(vector('ssi-019'))
    expect(desk.events).toMatchObject([{ kind: 'garbled', why: expect.stringMatching(/segment/) }])
    desk.bytes(vector('ssi-017')).pass(4_000)
    expect(desk.events.at(-1)).toMatchObject({ kind: 'garbled', why: expect.stringMatching(/not finished/) })
  })

  it('refuses to gather a scan beyond the bound', () => {
    const desk = new Desk(zebraSsi()).open()
    for (let packet = 0; packet < 60; packet++) desk.bytes(decode('X'.repeat(240), 0x02, 0x1c))
    expect(desk.events[0]).toMatchObject({ kind: 'garbled', why: expect.stringMatching(/longer than/) })
    expect(desk.events.every((event) => event.kind === 'garbled')).toBe(true)
  })

  it('sends one command at a time, repeats it without an answer and then says so', () => {
    const desk = new Desk(zebraSsi()).open().command({ kind: 'trigger', on: true }).command({ kind: 'beep', good: true })
    expect(desk.written).toBe('04 E4 04 00 FF 14')
    desk.bytes(buildSsi(SSI.ack, [], 0))
    expect(desk.written).toBe('04 E4 04 00 FF 14 | 05 E6 04 00 00 FF 11')
    desk.pass(10_000)
    expect(desk.writes).toHaveLength(4)
    expect(desk.events).toMatchObject([{ kind: 'reply', ok: true }, { kind: 'reply', ok: false, text: 'no answer' }])
  })
})
