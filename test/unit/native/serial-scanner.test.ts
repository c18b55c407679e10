import { describe, expect, it } from 'vitest'
import { scanOf } from '../../../native/scanners/aim.ts'
import { SCAN_BYTES_MAX, serialScanner } from '../../../native/scanners/serial-scanner.ts'
import { Desk } from '../../support/drivers/desk.ts'
import { driverLaws } from '../../support/drivers/laws.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const sample = (name: string, sent: string, ...texts: string[]) => ({
  name,
  bytes: bytes(sent),
  events: texts.map((text) => scanOf(bytes(text))),
})
const texts = (desk: { events: readonly { kind: string; text?: string }[] }) =>
  desk.events.map((event) => event.text ?? event.kind)

const line = [
  sample('a serial with CR', 'SN0001\r', 'SN0001'),
  sample('a GS1 code with AIM and separator', ']d2010950110153000321SN1\u001d17270101\r\n', ']d2010950110153000321SN1\u001d17270101'),
  sample('a code with umlauts', 'GERÄT-7\r', 'GERÄT-7'),
]
driverLaws(serialScanner(), [...line, sample('an STX frame', '\u00024006381333931\u0003', '4006381333931')], {
  recovers: 'next',
  held_max: SCAN_BYTES_MAX,
  commands: [{ kind: 'trigger', on: true }],
})
driverLaws(serialScanner({ family: 'gm65' }), line.slice(0, 2), { recovers: 'next', held_max: SCAN_BYTES_MAX })
driverLaws(serialScanner({ framing: 'cr' }), line.slice(0, 1), { recovers: 'next', held_max: SCAN_BYTES_MAX })
driverLaws(serialScanner({ framing: 'lf' }), [sample('LF', 'SN0001\n', 'SN0001')], { recovers: 'next' })
driverLaws(serialScanner({ framing: 'crlf' }), [sample('CR LF', 'SN\r0001\r\n', 'SN\r0001')], { recovers: 'next' })
driverLaws(
  serialScanner({ framing: 'stx-etx', family: 'newland' }),
  [sample('a text of two lines', '\u0002BEGIN\r\nEND\r\n\u0003', 'BEGIN\r\nEND')],
  { recovers: 'next', held_max: SCAN_BYTES_MAX },
)

describe('a scanner on a serial line', () => {
  it('names the symbology the scanner told and keeps the group separator', () => {
    const desk = new Desk(serialScanner()).open().text(']C1010950110153000310ABC123\u001d17271231\r')
    expect(desk.events).toMatchObject([
      { kind: 'scan', aim: ']C1', symbology: 'gs1-128', text: '010950110153000310ABC123\u001d17271231' },
    ])
  })

  it('takes silence as the end only until it has seen an end sign', () => {
    const desk = new Desk(serialScanner()).open().text('SN0001').pass(200)
    expect(texts(desk)).toEqual(['SN0001'])
    desk.text('SN0002\r').text('SN00').pass(200)
    expect(texts(desk)).toEqual(['SN0001', 'SN0002'])
    desk.text('03\r')
    expect(texts(desk)).toEqual(['SN0001', 'SN0002', 'SN0003'])
    desk.text('SN0').pass(5_000).text('SN0004\r')
    expect(texts(desk)).toEqual(['SN0001', 'SN0002', 'SN0003', 'garbled', 'SN0004'])
  })

  it('keeps the lines of a code together when silence is the end', () => {
    const desk = new Desk(serialScanner({ framing: 'idle' })).open().text('BEGIN:VCARD\r\nEND:VCARD\r\n').pass(200)
    expect(texts(desk)).toEqual(['BEGIN:VCARD\r\nEND:VCARD'])
  })

  it('refuses a scan of ten megabytes as one garbled scan and holds next to nothing', () => {
    const desk = new Desk(serialScanner()).open()
    for (let sent = 0; sent < 10_000_000; sent += 65_536) {
      desk.bytes(new Uint8Array(65_536).fill(0x41))
      expect(desk.state.held.length).toBeLessThanOrEqual(SCAN_BYTES_MAX)
    }
    desk.text('\rSN0001\r')
    expect(texts(desk)).toEqual(['garbled', 'SN0001'])
    expect(desk.events[0]).toMatchObject({ kind: 'garbled', why: expect.stringMatching(/longer than 8192 bytes/) })
  })

  it('reads a code just within the bound in one piece', () => {
    const text = 'A'.repeat(SCAN_BYTES_MAX)
    expect(texts(new Desk(serialScanner()).open().text(`${text}\r`))).toEqual([text])
    expect(texts(new Desk(serialScanner()).open().text(`${text}A\r`))).toEqual(['garbled'])
  })

  it('says that the speed may be wrong instead of handing on noise', () => {
    const desk = new Desk(serialScanner()).open().bytes([0x00, 0x18, 0xe6, 0x0d])
    expect(desk.events).toMatchObject([{ kind: 'garbled', why: expect.stringMatching(/speed or parity/) }])
  })

  it('never takes the answer to a command for a scan', () => {
    const desk = new Desk(serialScanner({ family: 'newland' })).open().command({ kind: 'trigger', on: true })
    expect(desk.written).toBe('7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03')
    desk.bytes('02 01 30 30 30 30 23 53 43 4E 54 52 47 31 06 3B 03').text('SN0001\r')
    expect(desk.events).toMatchObject([{ kind: 'reply', ok: true, text: 'SCNTRG1' }, { kind: 'scan', text: 'SN0001' }])
  })

  it('cuts off the answer of an engine that has no end sign', () => {
    const desk = new Desk(serialScanner({ family: 'gm65' })).open()
    desk.bytes('02 00 00 01').bytes('00 33 31 53 4E 31 0D')
    expect(desk.events).toMatchObject([{ kind: 'reply', ok: true, text: '00' }, { kind: 'scan', text: 'SN1' }])
  })

  it.each([
    ['honeywell', '16 54 0D | 16 55 0D'],
    ['gm65', '7E 00 08 01 00 02 01 AB CD | 7E 00 08 01 00 02 02 AB CD'],
    ['denso', '52 45 41 44 4F 4E 0D | 52 45 41 44 4F 46 46 0D'],
  ] as const)('pulls and releases the trigger of a %s scanner', (family, written) => {
    const desk = new Desk(serialScanner({ family })).open()
    desk.command({ kind: 'trigger', on: true }).command({ kind: 'trigger', on: false })
    expect(desk.written).toBe(written)
  })

  it('sends nothing to a scanner whose language is not known', () => {
    expect(new Desk(serialScanner()).open().command({ kind: 'trigger', on: true }).writes).toEqual([])
  })
})
