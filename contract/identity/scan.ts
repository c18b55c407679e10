import { SET_82, allOf } from './characters.ts'
import { associationFault } from './check-elements.ts'
import { parseDigitalLink } from './digital-link.ts'
import { doubtsOf } from './doubts.ts'
import type { Doubt } from './doubts.ts'
import { splitElementString } from './element-string.ts'
import type { SplitElements } from './element-string.ts'
import { GS } from './element.ts'
import type { Element } from './element.ts'
import { readGtin } from './keys.ts'
import { refused } from './outcome.ts'
import type { Code, Outcome } from './outcome.ts'
import { specOfAi } from './ai-table.ts'
import { aimOf, symbologyOf } from './symbology.ts'
import type { Symbology } from './symbology.ts'
import { unreachable } from '../unreachable.ts'

/** How the shop's scanner is set up. */
export interface ScanOptions {
  /** The caller knows that this is GS1 data although the scanner sends no AIM identifier. */
  readonly assumeGs1?: boolean
  /** What the scanner sends in place of the group separator; replaced before anything else. */
  readonly gsSubstitute?: string
  readonly allowShortGtin?: boolean
}

/** What a scan holds: elements if it is GS1 data, else its text. */
export interface Scan {
  readonly aim?: string
  readonly symbology?: string
  readonly elements?: readonly Element[]
  readonly text?: string
  /** Parts of a Digital Link's query that are not GS1's. */
  readonly ignored?: readonly string[]
  /** Why an address in a plain symbol is no Digital Link. */
  readonly linkFault?: Code
  readonly doubts: readonly Doubt[]
}

/**
 * Why a substitute for the group separator cannot be used, or null: one made of characters that values may hold would
 * cut serials in two (General Specifications, character set 82).
 */
export function gsSubstituteFault(substitute: string): Code | null {
  if (substitute === '') return 'EMPTY'
  return allOf(SET_82, substitute) ? 'CHARSET' : null
}

const COMPONENT_MARK = '|]e0'

/**
 * Reads one scan as the scanner sent it, AIM identifier in front (GS1 General Specifications 5.1.2, ISO/IEC 15424).
 * Without one it reads nothing (`NO_AIM`) unless `assumeGs1` says that it is GS1 data; then one leading separator,
 * which some scanners send for the first FNC1, is taken off. Never guesses what a plain text means.
 */
export function readScan(data: string, options: ScanOptions = {}): Outcome<Scan> {
  if (data === '') return refused('EMPTY', 0)
  const substitute = options.gsSubstitute
  const badSubstitute = substitute === undefined ? null : gsSubstituteFault(substitute)
  if (badSubstitute !== null) return refused(badSubstitute)
  const separated = (text: string) => (substitute === undefined ? text : text.replaceAll(substitute, GS))
  const aim = aimOf(data)
  if (aim === null) {
    if (options.assumeGs1 !== true) return refused('NO_AIM', 0)
    const text = separated(data)
    return elementsOf(splitElementString(text, text.startsWith(GS) ? 1 : 0), {})
  }
  const symbology = symbologyOf(aim)
  if (symbology === undefined) return refused('AIM_UNSUPPORTED', 0)
  const content = data.slice(aim.length)
  if (content === '') return refused('EMPTY', aim.length)
  return contentOf(symbology, content, separated, options)
}

function contentOf(
  symbology: Symbology, content: string, separated: (text: string) => string, options: ScanOptions,
): Outcome<Scan> {
  const named = { aim: symbology.aim, symbology: symbology.name }
  switch (symbology.content) {
    case 'elements': return elementsOf(splitElementString(separated(content)), named)
    case 'ean-13': return eanScan(content, separated, named)
    case 'ean-8': return elementsOf(gtinElement(content, 8), named)
    case 'itf': {
      const gtin = gtinElement(content, 14)
      return gtin.ok ? elementsOf(gtin, named) : { ok: true, ...named, text: content, doubts: [] }
    }
    case 'text': return { ok: true, ...named, text: content, doubts: [] }
    case 'text-or-link': return linkOrText(content, named, options)
    default: return unreachable(symbology.content)
  }
}

/** An EAN-13, which may have a composite component above it with fields that belong to its GTIN. */
function eanScan(content: string, separated: (text: string) => string, named: Named): Outcome<Scan> {
  const markAt = content.indexOf(COMPONENT_MARK)
  const gtin = gtinElement(markAt < 0 ? content : content.slice(0, markAt), 13)
  if (markAt < 0 || !gtin.ok) return elementsOf(gtin, named)
  const component = splitElementString(separated(content.slice(markAt + COMPONENT_MARK.length)))
  if (!component.ok) return component
  const elements = [...gtin.elements, ...component.elements]
  return elementsOf({ ok: true, elements, specs: [...gtin.specs, ...component.specs] }, named)
}

function gtinElement(digits: string, length: number): Outcome<SplitElements> {
  const gtin = readGtin(digits)
  if (!gtin.ok) return gtin
  if (digits.length !== length) return refused('LENGTH')
  return { ok: true, elements: [['01', gtin.gtin14]], specs: [specOfAi('01')!] }
}

interface Named {
  readonly aim?: string
  readonly symbology?: string
}

function elementsOf(split: Outcome<SplitElements>, named: Named): Outcome<Scan> {
  if (!split.ok) return split
  const fault = associationFault(split.elements, split.specs)
  return fault ?? { ok: true, ...named, elements: split.elements, doubts: doubtsOf(split.elements) }
}

function linkOrText(content: string, named: Named, options: ScanOptions): Outcome<Scan> {
  const link = parseDigitalLink(content, options)
  if (link.ok) {
    const ignored = link.ignored.length === 0 ? {} : { ignored: link.ignored }
    const doubts = [...link.doubts, ...doubtsOf(link.elements)]
    return { ok: true, ...named, elements: link.elements, ...ignored, doubts }
  }
  const linkFault = /^https?:/i.test(content) ? { linkFault: link.code } : {}
  return { ok: true, ...named, text: content, ...linkFault, doubts: [] }
}
