import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AI_SPECS } from '../../../contract/identity/ai-table.ts'
import { buildElementString, buildHri, buildLabel, inPrintOrder } from '../../../contract/identity/build.ts'
import { valueFault } from '../../../contract/identity/check-elements.ts'
import { buildDigitalLink, parseDigitalLink } from '../../../contract/identity/digital-link.ts'
import { parseElementString } from '../../../contract/identity/element-string.ts'
import { GS } from '../../../contract/identity/element.ts'
import { parseHri } from '../../../contract/identity/hri.ts'
import { readScan } from '../../../contract/identity/scan.ts'
import { aiValue, arbitraryElements } from '../../support/arbitrary-elements.ts'

describe('what we print can be read back', () => {
  it('reads every element string that it builds', () => {
    fc.assert(fc.property(arbitraryElements, (elements) => {
      expect(parseElementString(buildElementString(elements))).toEqual({ ok: true, elements })
    }), { numRuns: 600 })
  })

  it('reads every bracketed form that it builds', () => {
    fc.assert(fc.property(arbitraryElements, (elements) => {
      expect(parseHri(buildHri(elements))).toMatchObject({ ok: true, elements })
    }), { numRuns: 300 })
  })

  it('reads every Digital Link that it builds, and drops nothing', () => {
    let links = 0
    fc.assert(fc.property(arbitraryElements, (elements) => {
      const link = buildDigitalLink(elements)
      if (link === null) return
      links++
      const read = parseDigitalLink(link)
      expect(read).toMatchObject({ ok: true, canonical: link })
      if (read.ok) expect(new Set(read.elements.map(String))).toEqual(new Set(elements.map(String)))
    }), { numRuns: 600 })
    expect(links).toBeGreaterThan(100)
  })

  it('prints the serial last, which saves separators and changes nothing', () => {
    fc.assert(fc.property(arbitraryElements, (elements) => {
      const ordered = inPrintOrder(elements)
      expect(new Set(ordered)).toEqual(new Set(elements))
      expect(buildElementString(ordered).length).toBeLessThanOrEqual(buildElementString(elements).length)
      expect(parseElementString(buildElementString(ordered)).ok).toBe(true)
    }))
    const label = inPrintOrder([['21', 'S1'], ['10', 'L'], ['17', '251231'], ['01', '09521234543213']])
    expect(label.map(([ai]) => ai)).toEqual(['01', '17', '10', '21'])
  })

  it('builds no label that it would refuse', () => {
    const anyElements = fc.array(fc.tuple(fc.constantFrom(...AI_SPECS.map((spec) => spec.ai), '999', ''), fc.string()))
    fc.assert(fc.property(anyElements, (elements) => {
      const label = buildLabel(elements)
      if (label.ok) expect(parseElementString(label.elementString).ok).toBe(true)
    }))
  })

  it('can hold a value of each of the 541 identifiers', () => {
    for (const spec of AI_SPECS) {
      const [value] = fc.sample(aiValue(spec), { numRuns: 1, seed: 7 })
      expect(valueFault(spec, value!, 0, value!.length)).toBeNull()
      expect(valueFault(spec, `${value!}\u00e9`, 0, value!.length + 1)).not.toBeNull()
    }
  })
})

describe('what arrives is answered, whatever it is', () => {
  it('never throws on any text', () => {
    const pieces = fc.array(fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']d2', ']C1', ']E0', ']Q1', ']I0', '|]e0', GS, '01', '09521234543213', '21', '(', '\\(', '8003',
        'https://', 'a.example', '/01/', '?17=', '%', '%0', '251231', '10', '8030', '310', '\u0000', '\ud800'),
    ), { maxLength: 20 })
    fc.assert(fc.property(pieces, fc.boolean(), (parts, assumeGs1) => {
      const text = parts.join('')
      for (const read of [
        parseElementString(text), parseHri(text), parseDigitalLink(text, { allowShortGtin: assumeGs1 }),
        readScan(text, { assumeGs1, gsSubstitute: '|' }), readScan(text),
      ]) expect(typeof read.ok).toBe('boolean')
    }), { numRuns: 2_000 })
  })

  it('does not mend a lost separator: the serial then runs on, and the reader is warned', () => {
    const serial = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'X', 'Y', 'Z'), minLength: 1, maxLength: 12 })
    fc.assert(fc.property(serial, (text) => {
      const lost = readScan(`]d2010952123454321321${text}17251231`)
      expect(lost).toMatchObject({ ok: true, elements: [['01', '09521234543213'], ['21', `${text}17251231`]] })
      expect(lost).toMatchObject({ doubts: [{ kind: 'SWALLOWED_TAIL', ai: '21', detail: '17251231' }] })
    }))
  })

  it('takes time in proportion to the length of what arrives', () => {
    // Counted in characters looked at, not in seconds: a clock on a busy machine proves nothing.
    class Counting extends String {
      static looks = 0
      override charCodeAt(index: number): number {
        Counting.looks++
        return super.charCodeAt(index)
      }
    }
    const looksAt = (repeats: number) => {
      Counting.looks = 0
      const data = new Counting(`0109521234543213${`21ABC${GS}91${'x'.repeat(90)}${GS}`.repeat(repeats)}`)
      const read: unknown = Reflect.apply(parseElementString, undefined, [data])
      expect(read).toMatchObject({ ok: true })
      expect(Counting.looks).toBeGreaterThan(repeats * 50)
      return Counting.looks
    }
    const [once, twice, fourTimes] = [looksAt(200), looksAt(400), looksAt(800)]
    expect(twice / once).toBeLessThan(2.05)
    expect(fourTimes / twice).toBeLessThan(2.05)
  })
})
