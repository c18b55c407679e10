import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../../native/scanners/hid-pos-layout.ts'
import { parseReportDescriptor, reportBytes, usageAt } from '../../../native/scanners/report-descriptor.ts'
import { fromHex } from '../../support/drivers/desk.ts'
import { readDeviceVectors } from '../../support/device-vectors.ts'

/** A HID POS scanner with trigger, beeper and settings beside its scans: 143 bytes. */
const SCANNER = fromHex(`
  058c 0902 a101  0912 a102 8502 1500 26ff00 7508 9501 0501 093b 8102  058c 9503 09fb 09fc 09fd 8102
  9538 09fe 820201  9502 0666ff 0904 0900 8102  058c 2501 7501 9501 09ff 8102 7507 8103 c0
  0914 a102 8504 1500 2501 7501 9501 0900 9102 7507 9103 c0
  0666ff 0901 a102 85fd 1500 26ff00 7508 953f 0902 9102 c0
  058c 0911 a102 8508 1500 26ff00 7508 9504 096e b102 c0 c0`)

describe('a report descriptor', () => {
  it('says how long each report is and where a usage lies', () => {
    const descriptor = parseReportDescriptor(SCANNER)!
    expect(descriptor.application).toBe(0x008c_0002)
    expect(reportBytes(descriptor, 'input', 2)).toBe(64)
    expect(reportBytes(descriptor, 'output', 4)).toBe(2)
    expect(reportBytes(descriptor, 'output', 0xfd)).toBe(64)
    expect(reportBytes(descriptor, 'feature', 8)).toBe(5)
    expect(usageAt(descriptor, 'input', 0x008c_00ff)).toEqual({ reportId: 2, byte: 63, bit: 0, size: 1 })
    expect(usageAt(descriptor, 'output', 0x008c_00ff)).toBeNull()
    expect(layoutOf(SCANNER)).toMatchObject({ reportId: 2, size: 64, length: 1, aim: 2, data: { at: 5, size: 56 } })
  })

  it('counts no report id where the device numbers no reports', () => {
    const ibm = parseReportDescriptor(fromHex(readDeviceVectors().find((each) => each.id === 'hid-descriptor-002')!.hex))!
    expect(reportBytes(ibm, 'input', 0)).toBe(64)
    expect(reportBytes(ibm, 'output', 0)).toBe(11)
  })

  it('is refused when it is cut short, and never throws', () => {
    for (let cut = 0; cut < SCANNER.length; cut++) expect(parseReportDescriptor(SCANNER.slice(0, cut))).toBeNull()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const descriptor = parseReportDescriptor(bytes)
        for (const field of descriptor?.fields ?? []) expect(field.bit + field.bits * field.count).toBeLessThanOrEqual(65_536)
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.nat(SCANNER.length - 1), fc.nat(255), (at, byte) => {
        layoutOf(SCANNER.with(at, byte))
      }),
    )
  })
})
