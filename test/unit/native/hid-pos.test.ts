import { describe, expect, it } from 'vitest'
import { scanOf } from '../../../native/scanners/aim.ts'
import type { HidPosLayout } from '../../../native/scanners/hid-pos-layout.ts'
import {
  buildHidPos,
  LAYOUT_A,
  LAYOUT_B,
  LAYOUT_B_SHORT,
  LAYOUT_C,
  LAYOUT_D,
  layoutOf,
} from '../../../native/scanners/hid-pos-layout.ts'
import { hidPos } from '../../../native/scanners/hid-pos.ts'
import { SCAN_BYTES_MAX } from '../../../native/scanners/serial-scanner.ts'
import { Desk, fromHex } from '../../support/drivers/desk.ts'
import { readDeviceVectors } from '../../support/device-vectors.ts'
import { driverLaws } from '../../support/drivers/laws.ts'

const vector = (id: string) => fromHex(readDeviceVectors().find((each) => each.id === id)!.hex)
const both = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const text = (written: string) => new TextEncoder().encode(written)
const report = (layout: HidPosLayout, aim: string | null, written: string, more = false) =>
  buildHidPos({ aim, data: text(written), vendorCode: null, more }, layout)
const ean = scanOf(text(']E04006381333931'))
const boardingPass = scanOf(text(']Q0M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23   100'))

const layoutA = [
  { name: 'an EAN', bytes: vector('hidpos-010'), events: [ean] },
  { name: 'a QR in two reports', bytes: both(vector('hidpos-001'), vector('hidpos-002')), events: [boardingPass] },
]
const rules = { recovers: 'next', held_max: 2 * SCAN_BYTES_MAX } as const
driverLaws(hidPos(), layoutA, { ...rules, commands: [{ kind: 'trigger', on: true }, { kind: 'ask', text: 'REVINF.' }] })
driverLaws(hidPos({ descriptor: vector('hid-descriptor-001') }), layoutA, rules)
driverLaws(hidPos(), [{ name: 'Newland', bytes: vector('hidpos-newland-007'), events: [scanOf(text('6901234567892'))] }], rules)
driverLaws(hidPos(), [{ name: 'Microscan', bytes: vector('hid-microscan-001'), events: [scanOf(text('A]002374938'))] }], rules)

describe('a scanner in HID POS mode', () => {
  it.each([
    ['A', LAYOUT_A, ']d2'],
    ['B', LAYOUT_B, ']d2'],
    ['B without length', LAYOUT_B_SHORT, ']d2'],
    ['C', LAYOUT_C, null],
    ['D', LAYOUT_D, null],
  ] as const)('tells layout %s by the shape of its reports', (_, layout, aim) => {
    const desk = new Desk(hidPos()).open().bytes(report(layout, aim, '0109501101530003')).pass(200)
    expect(desk.events).toMatchObject([{ kind: 'scan', text: '0109501101530003', aim }])
  })

  it('keeps to the layout of the first report, whatever the next one begins with', () => {
    const first = 'N'.repeat(56)
    const desk = new Desk(hidPos()).open()
    desk.bytes(report(LAYOUT_C, null, first, true)).bytes(report(LAYOUT_C, null, ']d2 IS TEXT HERE'))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: `${first}]d2 IS TEXT HERE` }])
  })

  it('finds the fields by their usages when the device says where they are', () => {
    const descriptor = vector('hid-descriptor-001')
    expect(layoutOf(descriptor)).toEqual({ ...LAYOUT_A, more: { at: 63, bit: 0 } })
    expect(layoutOf(vector('hid-descriptor-002'))).toBeNull()
    for (let cut = 0; cut < descriptor.length; cut++) expect(layoutOf(descriptor.slice(0, cut))).toBeNull()
  })

  it('takes a full report that promises more as the end when nothing comes', () => {
    const desk = new Desk(hidPos()).open().bytes(vector('hidpos-013'))
    expect(desk.events).toEqual([])
    desk.pass(200)
    expect(desk.events).toMatchObject([{ kind: 'scan', text: 'A'.repeat(56), aim: ']C0' }])
  })

  it('never takes the answer to a command for a scan', () => {
    const desk = new Desk(hidPos()).open().bytes(vector('hidpos-010')).command({ kind: 'ask', text: 'REVINF.' })
    for (const id of ['003', '004', '005', '006', '007', '008', '009']) desk.bytes(vector(`hidpos-${id}`))
    expect(desk.events.map((event) => event.kind)).toEqual(['scan', 'reply', 'reply'])
    expect(desk.events[1]).toMatchObject({ ok: true, text: expect.stringMatching(/^Product Name: Voyager 1602g\r\n/) })
    expect(desk.events[2]).toMatchObject({ ok: true, text: 'REVINF' })
    desk.bytes(report(LAYOUT_A, ']X0', '9783161484100'))
    expect(desk.events.at(-1)).toMatchObject({ kind: 'scan', text: '9783161484100' })
  })

  it('keeps the answers of a Newland apart as well', () => {
    const desk = new Desk(hidPos({ layout: LAYOUT_C })).open().command({ kind: 'trigger', on: true })
    expect(desk.writes[0]).toEqual(vector('hidpos-newland-002'))
    desk.bytes(vector('hidpos-newland-004')).bytes(vector('hidpos-newland-006')).bytes(vector('hidpos-newland-007'))
    expect(desk.events.map((event) => event.kind)).toEqual(['reply', 'reply', 'scan'])
  })

  it('strips the line end that some set-ups add', () => {
    const desk = new Desk(hidPos()).open().bytes(report(LAYOUT_C, null, '6901234567892\r'))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: '6901234567892' }])
  })

  it('sends nothing before it knows whose commands the scanner takes', () => {
    const desk = new Desk(hidPos()).open().command({ kind: 'trigger', on: true })
    expect(desk.writes).toEqual([])
    desk.bytes(vector('hidpos-010')).command({ kind: 'trigger', on: true }).command({ kind: 'beep', good: false })
    expect(desk.written).toBe('04 04 | 04 20')
  })

  it('releases the trigger without locking the one in the hand', () => {
    const desk = new Desk(hidPos({ layout: LAYOUT_A })).open().command({ kind: 'trigger', on: false })
    expect(desk.written).toMatch(/^FD 03 16 55 0D 00/)
    expect(desk.writes[0]).toHaveLength(64)
  })

  it('refuses a scan without end', () => {
    const desk = new Desk(hidPos()).open()
    for (let count = 0; count < 1_000; count++) desk.bytes(report(LAYOUT_A, ']Q0', 'Q'.repeat(56), true))
    desk.bytes(report(LAYOUT_A, ']Q0', 'END')).bytes(vector('hidpos-010'))
    expect(desk.events).toMatchObject([{ kind: 'garbled' }, { kind: 'scan', text: '4006381333931' }])
  })
})
