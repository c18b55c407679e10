import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AI_SPECS, specOfAi } from '../../../contract/identity/ai-table.ts'
import { buildLabel } from '../../../contract/identity/build.ts'
import { parseDigitalLink } from '../../../contract/identity/digital-link.ts'
import { doubtsOf } from '../../../contract/identity/doubts.ts'
import type { Element } from '../../../contract/identity/element.ts'
import { aiValue, arbitraryElements } from '../../support/arbitrary-elements.ts'
import { encoderObjection, literally } from '../../support/barcode-reader.ts'

/** Lists of countries, currencies, packages and coupons: bwip-js refuses what is not on its own, we do not. */
const LISTS = new Set([
  'iso3166', 'iso3166999', 'iso4217', 'iso3166alpha2', 'packagetype', 'mediatype', 'latitude', 'longitude', 'iban',
  'iso5218', 'posinseqslash', 'couponcode', 'couponposoffer',
])
const isListed = (ai: string) => specOfAi(ai)!.parts.some((part) => part.lints.some((lint) => LISTS.has(lint)))
/** AI 03 is younger than this bwip-js. */
const comparable = AI_SPECS.map((spec) => spec.ai).filter((ai) => ai !== '03' && !isListed(ai))

/** Common AIs, some of any kind, and often one damaged character. */
const wildElements: fc.Arbitrary<readonly Element[]> = fc
  .tuple(
    fc.subarray(['01', '00', '02', '37', '21', '8006', '10', '415', '8020', '414', '255', '253'], { maxLength: 3 }),
    fc.array(fc.constantFrom(...comparable), { maxLength: 3 }),
    fc.nat({ max: 9 }), fc.nat({ max: 90 }), fc.constantFrom('0', '9', 'A', '-', '%', '#', ' ', ''),
  )
  .filter(([common, others]) => common.length + others.length > 0)
  .chain(([common, others, damaged, place, character]) => {
    const ais = [...common, ...others]
    return fc.tuple(...ais.map((ai) => aiValue(specOfAi(ai)!))).map((values) => values.map((value, i): Element => {
      const at = place % value.length
      return [ais[i]!, i === damaged ? value.slice(0, at) + character + value.slice(at + 1) : value]
    }))
  })

describe('bwip-js, which has its own reading of the GS1 rules', () => {
  it('would draw exactly the labels that we would print', () => {
    const seen = { drawn: 0, refused: 0 }
    fc.assert(fc.property(fc.oneof(wildElements, arbitraryElements), (elements) => {
      if (!elements.every(([ai]) => comparable.includes(ai))) return
      const text = elements.map(([ai, value]) => `(${ai})${literally(value)}`).join('')
      const objection = encoderObjection({ bcid: 'gs1datamatrix', text })
      const label = buildLabel(elements)
      expect(label.ok, `${text} ${label.ok ? objection : label.code}`).toBe(objection === null)
      seen[label.ok ? 'drawn' : 'refused']++
    }), { numRuns: 800 })
    expect(Math.min(seen.drawn, seen.refused)).toBeGreaterThan(100)
  })

  it('refuses every address that we refuse for its key, order or attributes', () => {
    const keyed = (path: string) => `https://x.example${path}`
    for (const uri of [
      keyed('/01/09521234543213/21/A/10/L'), keyed('/01/09521234543214'), keyed('/01/09521234543213?21=A'), keyed('/p'),
      keyed('/01/09521234543213/10/L/235/T'), keyed('/415/9521234567899'), keyed('/01/09521234543213/'),
    ]) {
      expect(parseDigitalLink(uri).ok, uri).toBe(false)
      expect(encoderObjection({ bcid: 'gs1dlqrcode', text: uri }), uri).not.toBeNull()
    }
    for (const path of ['/01/09521234543213/22/V/10/L/21/S?17=251231&linkType=x', '/8010/95212345/8011/7']) {
      const uri = keyed(path)
      expect(parseDigitalLink(uri).ok, uri).toBe(true)
      expect(encoderObjection({ bcid: 'gs1dlqrcode', text: uri }), uri).toBeNull()
    }
  })

  it('refuses on its lists what we only doubt', () => {
    const elements: Element[] = [['415', '9521234567899'], ['8020', 'R1'], ['8007', 'DE89370400440532013001']]
    const text = elements.map(([ai, value]) => `(${ai})${value}`).join('')
    expect(buildLabel(elements).ok).toBe(true)
    expect(doubtsOf(elements)).toEqual([{ kind: 'CODE_LIST', ai: '8007', detail: 'iban' }])
    expect(encoderObjection({ bcid: 'gs1datamatrix', text })).toMatch(/IBAN/i)
  })
})
