import type { Driver, Input } from '../../../native/driver.ts'
import { joined } from '../../../native/bytes.ts'
import { a0R2000 } from '../../../native/rfid/a0-r2000.ts'
import { pn532Hsu } from '../../../native/rfid/pn532-hsu.ts'
import { r200 } from '../../../native/rfid/r200.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import { tagSeen } from '../../../native/rfid/reader.ts'
import { thingMagic } from '../../../native/rfid/thingmagic.ts'
import { uhfReader18 } from '../../../native/rfid/uhf-reader18.ts'
import type { Sample } from '../drivers/laws.ts'
import { fromHex } from '../drivers/desk.ts'

/** What a reader says on its own account, and the sighting it becomes. The bytes are those of the device fixtures. */
export type RfidSample = Sample<RfidCommand, RfidEvent>

export interface RfidCase {
  readonly driver: Driver<unknown, RfidCommand, RfidEvent>
  readonly samples: readonly RfidSample[]
  readonly ready: readonly Input<RfidCommand>[]
}

const OPEN: readonly Input<RfidCommand>[] = [
  { kind: 'opened' },
  { kind: 'command', command: { kind: 'open-field' } },
]

function sample(name: string, hex: string, ...told: readonly Parameters<typeof tagSeen>[0][]): RfidSample {
  return { name, bytes: fromHex(hex), events: told.map(tagSeen) }
}

const EPC = '30751FEB705C5904E3D50D70'

export const R200_CASE: RfidCase = {
  driver: r200,
  ready: OPEN,
  samples: [
    sample('tag', 'BB 02 22 00 11 C9 34 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76 EF 7E', {
      epc: EPC,
      pc: '3400',
      rssi_dbm: -55,
      antenna: 1,
    }),
    sample('heads and tails inside', 'BB 02 22 00 11 D0 30 00 E2 7E BB 02 22 00 7E 11 AA DD 7E BB 12 34 09 7E', {
      epc: 'E27EBB0222007E11AADD7EBB',
      pc: '3000',
      rssi_dbm: -48,
      antenna: 1,
    }),
    sample('tag of eight bytes', 'BB 02 22 00 0D D0 20 00 E2 00 11 22 33 44 55 66 AB CD E0 7E', {
      epc: 'E200112233445566',
      pc: '2000',
      rssi_dbm: -48,
      antenna: 1,
    }),
    sample('tag of the sibling', 'AA 02 22 00 11 C9 34 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76 EF DD', {
      epc: EPC,
      pc: '3400',
      rssi_dbm: -55,
      antenna: 1,
    }),
  ],
}

export const UHF18_CASE: RfidCase = {
  driver: uhfReader18,
  ready: OPEN,
  samples: [
    sample('18-type', '13 00 0F 01 01 0C E2 84 36 11 00 00 10 00 09 49 44 AA DA FF', {
      epc: 'E284361100001000094944AA',
    }),
    sample(
      '18-type, two tags',
      `20 00 01 03 02 0C ${'00 '.repeat(10)}03 13 0C ${'00 '.repeat(10)}03 14 9A C9`,
      { epc: '000000000000000000000313' },
      { epc: '000000000000000000000314' },
    ),
    sample('288M', '15 00 01 03 01 01 0C 30 39 60 63 03 C7 43 80 00 1A 05 59 40 F9 3E', {
      epc: '3039606303C74380001A0559',
      rssi_raw: 0x40,
      antenna: 1,
    }),
    sample('288M, third antenna', '15 00 01 03 04 01 0C 49 44 00 00 00 00 00 00 0A 00 03 34 64 25 C0', {
      epc: '49440000000000000A000334',
      rssi_raw: 0x64,
      antenna: 3,
    }),
    sample('pushed', '11 00 EE 00 E2 84 36 11 00 00 10 00 09 49 44 AA 9A CC', { epc: 'E284361100001000094944AA' }),
  ],
}

export const A0_CASE: RfidCase = {
  driver: a0R2000(),
  ready: OPEN,
  samples: [
    sample('tag', 'A0 13 01 89 04 30 00 E2 00 30 16 66 13 01 21 15 50 74 EF 45 BF', {
      epc: 'E200301666130121155074EF',
      pc: '3000',
      rssi_dbm: -60,
      rssi_raw: 69,
      antenna: 1,
    }),
    sample('tag in a session', 'A0 13 01 8B 10 30 00 30 09 66 37 81 DB 02 97 48 76 FC 6A 67 2B', {
      epc: '3009663781DB02974876FC6A',
      pc: '3000',
      rssi_dbm: -26,
      rssi_raw: 103,
      antenna: 1,
    }),
  ],
}

export const THINGMAGIC_CASE: RfidCase = {
  driver: thingMagic,
  ready: OPEN,
  samples: [
    sample(
      'continuous record',
      `FF 28 22 00 00 10 00 1B 01 FF 01 01 C4 11 0E 16 40 00 00 01 27 00 00 05 00 00 0F 00 80 30 00 ` +
        `${'00 '.repeat(10)}15 45 E9 4A 56 1D`,
      { epc: '000000000000000000001545', pc: '3000', rssi_dbm: -60, antenna: 1 },
    ),
  ],
}

export const PN532_CASE: RfidCase = {
  driver: pn532Hsu,
  ready: OPEN,
  samples: [
    sample('card', '00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 CB 98 A6 05 C0 00', { uid: 'CB98A605' }),
    sample('NTAG', '00 00 FF 0F F1 D5 4B 01 01 00 44 00 07 04 A1 B2 C3 D4 E5 80 40 00', { uid: '04A1B2C3D4E580' }),
  ],
}

export const RFID_CASES = [R200_CASE, UHF18_CASE, A0_CASE, THINGMAGIC_CASE, PN532_CASE] as const

/** A stream of `count` sightings as it comes from the wire. */
export function manyTags(one: RfidCase, count: number): Uint8Array {
  return joined(...Array.from({ length: count }, (_, index) => one.samples[index % one.samples.length]!.bytes))
}
