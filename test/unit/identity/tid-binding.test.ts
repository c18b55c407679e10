import { describe, expect, it } from 'vitest'
import { encodeEpc } from '../../../contract/identity/epc/encode.ts'
import { decodeTid } from '../../../contract/identity/epc/tid.ts'
import { bindTag, compareTag } from '../../../electron/core/proofs/tid-binding.ts'
import type { TagBinding } from '../../../electron/core/proofs/tid-binding.ts'

const JACKET = '3074257BF7194E4000001A85'
const CHIP = 'E280116020001A2B3C4D5E6F'
const OTHER_CHIP = 'E280116020001A2B3C4D5E70'
const CHIP_WITHOUT_SERIAL = 'E200341201021234'

function bound(): TagBinding {
  const binding = bindTag(JACKET, CHIP)
  if (!binding.ok) throw new Error(binding.code)
  return binding
}

describe('a jacket whose tag was bound to its chip when it was commissioned', () => {
  it('comes back on the same chip', () => {
    expect(compareTag(bound(), JACKET, CHIP)).toEqual({ is: 'match' })
    expect(compareTag(bound(), JACKET.toLowerCase(), CHIP.toLowerCase())).toEqual({ is: 'match' })
  })

  it('matches although its tag was written again by somebody who counts the company prefix differently', () => {
    const rewritten = encodeEpc('SGTIN-96', [['01', '80614141123458'], ['21', '6789']], { filter: 0, gcpLength: 9 })
    expect(rewritten.ok && rewritten.hex).not.toBe(JACKET)
    expect(rewritten.ok && compareTag(bound(), rewritten.hex, CHIP)).toEqual({ is: 'match' })
  })

  it('is found to be copied when the same code sits on another chip', () => {
    expect(compareTag(bound(), JACKET, OTHER_CHIP)).toEqual({
      is: 'mismatch',
      boundTo: 'urn:epc:stid:x801.x160.x1A2B3C4D5E6F',
      seen: 'urn:epc:stid:x801.x160.x1A2B3C4D5E70',
    })
  })

  it('is never called copied because something could not be read', () => {
    expect(compareTag(null, JACKET, CHIP)).toEqual({ is: 'unknown', why: 'not-bound' })
    expect(compareTag(bound(), JACKET, null)).toEqual({ is: 'unknown', why: 'no-tid-read' })
    expect(compareTag(bound(), JACKET, 'E280')).toEqual({ is: 'unknown', why: 'no-tid-read' })
    expect(compareTag(bound(), JACKET, CHIP_WITHOUT_SERIAL)).toEqual({ is: 'unknown', why: 'chip-without-serial' })
    expect(compareTag(bound(), '3074257BF7194E4000001A86', CHIP)).toEqual({ is: 'unknown', why: 'other-identity' })
    expect(compareTag(bound(), 'no tag', CHIP)).toEqual({ is: 'unknown', why: 'other-identity' })
  })

  it('cannot be bound to a chip that has no serial of its own, or to nothing', () => {
    expect(bindTag(JACKET, CHIP_WITHOUT_SERIAL)).toMatchObject({ code: 'MISSING_SERIAL' })
    expect(bindTag('00000000', CHIP)).toMatchObject({ code: 'UNPROGRAMMED' })
    expect(bindTag(JACKET, 'E0040150ABCDEF12')).toMatchObject({ code: 'HEADER' })
  })
})

describe('a chip', () => {
  it('says its maker, its model and how long its serial is', () => {
    expect(decodeTid('E280689020000000123456780000'))
      .toMatchObject({ ok: true, mdid: 6, tmn: 0x890, serial: '000012345678' })
    expect(decodeTid(`E2801160E000${'AB'.repeat(18)}`)).toMatchObject({ ok: true, serial: 'AB'.repeat(18) })
    expect(decodeTid(`E2801160E000${'AB'.repeat(17)}`)).toMatchObject({ code: 'TRUNCATED' })
    expect(decodeTid('')).toMatchObject({ code: 'TRUNCATED' })
    expect(decodeTid('E28G')).toMatchObject({ code: 'HEX' })
  })
})
