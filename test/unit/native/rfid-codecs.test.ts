import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Assembly } from '../../../native/rfid/assembler.ts'
import { assemble, EMPTY_ASSEMBLY, flush, GARBLED_BYTES_MAX } from '../../../native/rfid/assembler.ts'
import { crcThingMagic } from '../../../native/rfid/checksums.ts'
import { epcWrite, lockPayload } from '../../../native/rfid/gen2.ts'
import { firstUri, ndefOfType2 } from '../../../native/rfid/ndef.ts'
import { buildPn532, pn532Shape } from '../../../native/rfid/pn532-frames.ts'
import {
  buildR200,
  R200,
  r200Command,
  r200Parameters,
  r200Shape,
  readR200Notice,
} from '../../../native/rfid/r200-frames.ts'
import { readUhf18Inventory, UHF18, uhf18Command } from '../../../native/rfid/uhf18-frames.ts'
import { a0Command, A0, a0Data } from '../../../native/rfid/a0-frames.ts'
import { THINGMAGIC, thingMagicCommand, thingMagicData } from '../../../native/rfid/thingmagic-frames.ts'
import { wholeFrame } from '../../../native/rfid/whole-frame.ts'
import { httpsMessage, type2Memory } from '../../../native/simulators/rfid/pn532-simulator.ts'
import { fromHex, toHex } from '../../support/drivers/desk.ts'

const EPC = '30751FEB705C5904E3D50D70'
const ACCESS = '0000FFFF'

describe('what the till says, against the documented bytes', () => {
  it.each([
    [
      'read two words of user memory',
      r200Command('bb', R200.read, r200Parameters.read(ACCESS, 3, 0, 2)),
      'BB 00 39 00 09 00 00 FF FF 03 00 00 00 02 45 7E',
    ],
    [
      'write two words',
      r200Command('bb', R200.write, r200Parameters.write(ACCESS, 3, 0, '12345678')),
      'BB 00 49 00 0D 00 00 FF FF 03 00 00 00 02 12 34 56 78 6D 7E',
    ],
    [
      'lock the access password',
      r200Command('bb', R200.lock, r200Parameters.lock(ACCESS, lockPayload('access-password', 'lock'))),
      'BB 00 82 00 07 00 00 FF FF 02 00 80 09 7E',
    ],
    [
      'choose one tag',
      r200Command('bb', R200.setSelect, r200Parameters.selectEpc(EPC)),
      'BB 00 0C 00 13 01 00 00 00 20 60 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 AD 7E',
    ],
    [
      'poll as often as can be',
      r200Command('bb', R200.multiPoll, r200Parameters.multiPoll(0xffff)),
      'BB 00 27 00 03 22 FF FF 4A 7E',
    ],
    ['15 dBm', r200Command('bb', R200.setPower, r200Parameters.power(15)), 'BB 00 B6 00 02 05 DC 99 7E'],
    ['a poll of the sibling', r200Command('aa', R200.poll), 'AA 00 22 00 00 22 DD'],
    ['beep', uhf18Command(0, UHF18.feedback, [1, 1, 1]), '07 00 33 01 01 01 13 2F'],
    ['20 dBm', uhf18Command(0, UHF18.setPower, [20]), '05 00 2F 14 28 9B'],
    [
      'choose one tag (R2000)',
      a0Command(A0.matchEpc, a0Data.matchEpc('11223344556677889900AABB')),
      'A0 11 01 85 00 0C 11 22 33 44 55 66 77 88 99 00 AA BB 5B',
    ],
    [
      'block write',
      a0Command(A0.blockWrite, a0Data.write('00000000', 1, 2, 'CCDD')),
      'A0 0C 01 94 00 00 00 00 01 02 01 CC DD 12',
    ],
    ['read the TID', a0Command(A0.read, a0Data.read(2, 0, 6, '00000000')), 'A0 0A 01 81 02 00 06 00 00 00 00 CC'],
    ['power until switched off', a0Command(A0.temporaryPower, [20]), 'A0 04 01 66 14 E1'],
    [
      'start reading',
      thingMagicCommand(THINGMAGIC.continuous, thingMagicData.startContinuous),
      'FF 10 2F 00 00 01 22 00 00 05 07 22 10 00 1B 03 E8 01 FF DD 2B',
    ],
    [
      'stop reading',
      thingMagicCommand(THINGMAGIC.continuous, thingMagicData.stopContinuous),
      'FF 03 2F 00 00 02 5E 86',
    ],
    ['10 dBm', thingMagicCommand(THINGMAGIC.setReadPower, thingMagicData.power(10)), 'FF 02 92 03 E8 42 B1'],
  ])('%s', (_name, bytes, wanted) => {
    expect(toHex(bytes)).toBe(wanted)
  })

  it('has the ThingMagic CRC, which is not the CCITT one', () => {
    expect(crcThingMagic(Uint8Array.of(0x00, 0x03), 0, 2)).toBe(0x1d0c)
  })

  it('gives an EPC of another length a new PC word', () => {
    expect(epcWrite(EPC, EPC)).toEqual({ address: 2, written: EPC })
    expect(epcWrite(EPC, 'E200112233445566')).toEqual({ address: 1, written: '2000E200112233445566' })
  })
})

describe('lengths that contradict each other', () => {
  it('refuses a notice whose PC word tells another length', () => {
    expect(readR200Notice(fromHex('C9 30 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76'))?.epc).toBe(EPC)
    expect(readR200Notice(fromHex('C9 28 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76'))).toBeNull()
    expect(readR200Notice(fromHex('C9 00 00 3A 76'))).toBeNull()
  })

  it('tells the two Chafon forms apart by where the lengths end, and refuses what is neither', () => {
    const as288 = fromHex('01 01 04 00 32 30 38 6D')
    expect(readUhf18Inventory(as288, '18')).toEqual(readUhf18Inventory(as288, '288m'))
    expect(readUhf18Inventory(fromHex('02 04 00 32 30 38'), '18')).toBeNull()
    expect(readUhf18Inventory(fromHex('01 04 00 32 30 38 6D'), '18')).toBeNull()
    expect(readUhf18Inventory(new Uint8Array(), null)).toEqual([])
  })
})

describe('frames out of a stream', () => {
  it('tells all garbage once, in order, however the bytes are cut', () => {
    const frame = [...r200Command('bb', R200.poll)]
    const part = fc.oneof(fc.constant(frame), fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 90 }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 40 })), (parts, cuts) => {
        const bytes = Uint8Array.from(parts.flat())
        const whole = read([bytes])
        const pieces: Uint8Array[] = []
        let at = 0
        for (const cut of [...cuts, bytes.length]) {
          pieces.push(bytes.slice(at, at + cut))
          at += cut
        }
        expect(read(pieces)).toEqual(whole)
        expect(whole.join(' ').replaceAll(/[!?] /g, '')).toBe(toHex(bytes))
        for (const one of whole) if (one.startsWith('! ')) expect(one.length).toBeLessThan(GARBLED_BYTES_MAX * 3 + 2)
      }),
    )
  })

  function read(pieces: readonly Uint8Array[]): readonly string[] {
    let assembly: Assembly = EMPTY_ASSEMBLY
    const told: string[] = []
    const steps = pieces.map((piece) => () => assemble(r200Shape, assembly, piece))
    steps.push(() => flush(r200Shape, assembly))
    for (const step of steps) {
      const [next, found] = step()
      assembly = next
      for (const one of found)
        told.push(one.kind === 'garbled' ? `! ${toHex(one.bytes)}` : `? ${toHex(buildR200(one.frame))}`)
    }
    expect([assembly.held.length, assembly.skipped.length]).toEqual([0, 0])
    return told
  }

  it('makes and reads PN532 frames of every size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 262 }), (data) => {
        const frame = { kind: 'said', by: 'chip', command: 0x41, data } as const
        const bytes = buildPn532(frame)
        expect(wholeFrame(pn532Shape, bytes.slice(1, -1))).toEqual(frame)
      }),
    )
  })
})

describe('the message in an NFC tag', () => {
  const ADDRESS = 'https://shop.example/u/30340242?x=1'

  it('finds the address behind lock and memory control blocks', () => {
    const memory = fromHex(`01 03 A0 0C 34 00 02 02 11 22 ${type2Memory(httpsMessage(ADDRESS))}`)
    const ndef = ndefOfType2(memory)
    expect(ndef.kind === 'message' && firstUri(ndef.message)).toBe(ADDRESS)
  })

  it('asks for more while the message is not all there, and gives up at the end mark', () => {
    const memory = fromHex(type2Memory(httpsMessage(ADDRESS)))
    for (let size = 0; size < memory.length - 1; size++) expect(ndefOfType2(memory.slice(0, size)).kind).toBe('more')
    expect(ndefOfType2(fromHex('00 00 FE 03 01 D1')).kind).toBe('none')
  })

  it('takes the first address of a smart poster, and of several records', () => {
    const uri = httpsMessage(ADDRESS)
    const poster = `D102${(uri.length / 2).toString(16).padStart(2, '0')}5370${uri}`
    expect(firstUri(fromHex(poster))).toBe(ADDRESS)
    const text = '910105540265 6E4869'
    expect(firstUri(fromHex(text + uri.replace(/^d1/i, '51')))).toBe(ADDRESS)
    expect(firstUri(fromHex('D101025402 65'))).toBeNull()
  })

  it('never throws, whatever a tag holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const ndef = ndefOfType2(bytes)
        if (ndef.kind === 'message') expect(ndef.message.length).toBeLessThanOrEqual(bytes.length)
        const uri = firstUri(bytes)
        expect(uri === null || uri.length > -1).toBe(true)
      }),
    )
  })
})
