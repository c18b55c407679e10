import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildMasked, maskLength, masksOverlap, readMask } from '../../../contract/identity/mask.ts'
import type { Mask } from '../../../contract/identity/mask.ts'
import { MaskSchema } from '../../../contract/identity/mask-schema.ts'
import { issueNext, leftIn } from '../../../contract/identity/number-block.ts'
import type { NumberBlock } from '../../../contract/identity/number-block.ts'

const watches: Mask = {
  separators: 'strip',
  case: 'upper',
  fields: [
    { name: 'prefix', len: 2, literal: 'CM' },
    { name: 'year', len: 2, class: 'digit', year: true },
    { name: 'month', len: 2, class: 'digit', month: true },
    { name: 'category', len: 2, class: 'digit', in: ['01', '42'] },
    { name: 'piece', len: 5, class: 'digit', nonzero: true },
  ],
}

const bicycles: Mask = {
  separators: 'strip',
  case: 'upper',
  fields: [
    { name: 'year', len: 2, class: 'digit', year: true },
    { name: 'piece', len: 6, class: 'digit', nonzero: true },
    { name: 'check', len: 1, class: 'digit', check: 'luhn' },
  ],
}

const block: NumberBlock = {
  id: 'block-7', counter: 'piece', fixed: { year: '2026' }, first: 1_000, last: 1_004, next: 1_000,
}

describe('the shop writes its own serials', () => {
  it('reads a serial as it stands on the sticker, blanks and hyphens and all', () => {
    expect(readMask(watches, 'cm 26-03-42-00017', 2026)).toEqual({
      ok: true,
      canonical: 'CM26034200017',
      fields: { year: '2026', month: '03', category: '42', piece: '00017' },
    })
  })

  it.each([
    ['CM2603420001', 'LENGTH'], ['XX26034200017', 'FORMAT'], ['CM27034200017', 'RANGE'], ['CM26134200017', 'RANGE'],
    ['CM26004200017', 'RANGE'], ['CM26039900017', 'RANGE'], ['CM26034200000', 'RANGE'], ['CM2603420001A', 'CHARSET'],
    ['CM26\u200b034200017', 'LENGTH'], ['', 'EMPTY'],
  ])('refuses %j: %s', (value, code) => {
    expect(readMask(watches, value, 2026)).toMatchObject({ ok: false, code })
  })

  it('builds what it reads, for every year, category and piece', () => {
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 26 }), fc.integer({ min: 1, max: 999_999 }),
      (year, piece) => {
        const fields = { year: String(2000 + year), piece: String(piece).padStart(6, '0') }
        const built = buildMasked(bicycles, fields, 2026)
        if (!built.ok) throw new Error(built.code)
        expect(readMask(bicycles, built.canonical, 2026)).toMatchObject({ ok: true, fields })
        const mistyped = built.canonical.replace(/^./, (digit) => String((Number(digit) + 1) % 10))
        expect(readMask(bicycles, mistyped, 2099)).toMatchObject({ ok: false, code: 'CHECK_DIGIT' })
      },
    ))
  })

  it('builds no serial that it would refuse', () => {
    expect(buildMasked(watches, { year: '26', month: '13', category: '42', piece: '00001' }, 2026).ok).toBe(false)
    expect(buildMasked(watches, { year: '26', month: '12', category: '42' }, 2026)).toMatchObject({ code: 'EMPTY' })
    expect(buildMasked(watches, { year: '26', month: '1', category: '42', piece: '1' }, 2026)).toMatchObject({
      code: 'LENGTH',
    })
  })

  it('knows the days of the months when a mask has year, month and day', () => {
    const dated = MaskSchema.parse({
      separators: 'keep',
      case: 'keep',
      fields: [
        { name: 'y', len: 2, class: 'digit', year: true }, { name: 'm', len: 2, class: 'digit', month: true },
        { name: 'd', len: 2, class: 'digit', day: true }, { name: 'n', len: 3, class: 'alnum-noamb' },
      ],
    })
    expect(readMask(dated, '240229ABC', 2026).ok).toBe(true)
    expect(readMask(dated, '250229ABC', 2026)).toMatchObject({ code: 'DATE' })
    expect(readMask(dated, '240229ABO', 2026)).toMatchObject({ code: 'CHARSET' })
  })

  it('tells when two masks take the same serial, so that the shop must rank them', () => {
    expect(masksOverlap(watches, watches)).toBe(true)
    expect(masksOverlap(watches, bicycles)).toBe(false)
    const parts: Mask = { ...bicycles, fields: [{ name: 'part', len: maskLength(bicycles), class: 'alnum' }] }
    expect(masksOverlap(bicycles, parts)).toBe(true)
    const rest = { name: 'part', len: 8, class: 'alnum' } as const
    const named: Mask = { ...parts, fields: [{ name: 'p', len: 1, literal: 'P' }, rest] }
    expect(masksOverlap(bicycles, named)).toBe(false)
  })

  it('refuses a policy with a mask that can hold nothing', () => {
    expect(MaskSchema.safeParse({ separators: 'strip', case: 'upper', fields: [] }).success).toBe(false)
    expect(MaskSchema.safeParse({
      separators: 'strip', case: 'upper', fields: [{ name: 'p', len: 3, literal: 'SN' }],
    }).success).toBe(false)
  })
})

describe('a till gives out numbers of its own while it is offline', () => {
  it('goes through its block once and then stops', () => {
    const serials: string[] = []
    let state = block
    for (let i = 0; i < 5; i++) {
      const issued = issueNext(bicycles, state, 2026)
      if (!issued.ok) throw new Error(issued.code)
      serials.push(issued.serial.canonical)
      state = issued.block
      expect(issued.left).toBe(4 - i)
    }
    expect(new Set(serials).size).toBe(5)
    expect(serials.every((serial) => readMask(bicycles, serial, 2026).ok)).toBe(true)
    expect(issueNext(bicycles, state, 2026)).toMatchObject({ ok: false, code: 'RANGE' })
    expect(leftIn(state)).toBe(0)
  })

  it('gives the same number again after a crash before the write', () => {
    expect(issueNext(bicycles, block, 2026)).toEqual(issueNext(bicycles, block, 2026))
    expect(block.next).toBe(1_000)
  })

  it('gives two tills different numbers', () => {
    const other = { ...block, id: 'block-8', first: 2_000, last: 2_999, next: 2_000 }
    const [one, two] = [issueNext(bicycles, block, 2026), issueNext(bicycles, other, 2026)]
    expect(one.ok && two.ok && one.serial.canonical !== two.serial.canonical).toBe(true)
  })

  it('refuses a block that does not belong to the mask or does not fit into it', () => {
    expect(issueNext(bicycles, { ...block, counter: 'check' }, 2026)).toMatchObject({ code: 'FORMAT' })
    expect(issueNext(bicycles, { ...block, counter: 'nothing' }, 2026)).toMatchObject({ code: 'FORMAT' })
    const huge = { ...block, first: 1_000_000, last: 1_000_009, next: 1_000_000 }
    expect(issueNext(bicycles, huge, 2026)).toMatchObject({ code: 'RANGE' })
    expect(issueNext(bicycles, { ...block, fixed: {} }, 2026)).toMatchObject({ code: 'EMPTY' })
  })
})
