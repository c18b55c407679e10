import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ReceiptDocument } from '../../../contract/receipt.ts'
import type { Language } from '../../../contract/ids.ts'
import { directionOfTag, LANGUAGES } from '../../../contract/words/languages.ts'
import { paperLettering } from '../../../electron/core/papers/lettering/paper-lettering.ts'
import { columnsOf } from '../../../native/printers/column-width.ts'
import { layPaper } from '../../../native/printers/paper.ts'
import type { PaperWidthId } from '../../../native/printers/profiles.ts'
import { certificate, gift, receipt, slip, vendor, warranty } from './a-shop-of-papers.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/papers')
const languages = Object.keys(LANGUAGES) as Language[]
const PAPERS = { receipt, warranty, gift, slip, certificate, vendor } as const

const PAPERS_WIDE = { 32: '58mm', 42: '80mm-180dpi', 48: '80mm' } as const satisfies Record<number, PaperWidthId>
const lettering = await paperLettering('rtl')

/** The paper as the printer sets it, with a sign for what is drawn: words without letters in the printer among it. */
function asText(document: ReceiptDocument, columns: 32 | 42 | 48): string {
  const settings = { profile: 'epson', paper: PAPERS_WIDE[columns], pictures: new Map() } as const
  const drawn = directionOfTag(document.language) === 'rtl' ? { ...settings, lettering } : settings
  const rows = layPaper(document.blocks, drawn).rows.map((row) => {
    switch (row.kind) {
      case 'line':
        return row.text
      case 'drawn':
        return `[drawn] ${row.text}`
      case 'picture':
        return `[picture ${row.name}]`
      case 'code':
        return `[${row.symbology} ${row.payload}]`
      case 'feed':
        return '\n'.repeat(row.lines - 1)
      case 'cut':
        return `[cut]${'.'.repeat(columns - 5)}`
      default:
        return row satisfies never
    }
  })
  return `${rows.map((row) => row.trimEnd()).join('\n')}\n`
}

describe.each(languages)('the papers in %s, read by a person once and kept', (language) => {
  it.each(Object.keys(PAPERS) as (keyof typeof PAPERS)[])('%s on 80 mm', async (paper) => {
    const document = ReceiptDocument.parse(PAPERS[paper](language))
    await expect(asText(document, 48)).toMatchFileSnapshot(join(FIXTURES, `${paper}.${language}.48.txt`))
  })

  it('receipt on 58 mm', async () => {
    await expect(asText(receipt(language), 32)).toMatchFileSnapshot(join(FIXTURES, `receipt.${language}.32.txt`))
  })

  it.each([32, 42, 48] as const)('P93: nothing is wider than %i columns, and no serial is cut', (columns) => {
    for (const make of Object.values(PAPERS)) {
      const text = asText(make(language), columns)
      for (const line of text.split('\n')) if (!line.startsWith('[')) expect(columnsOf(line)).toBeLessThanOrEqual(columns)
      expect(text).toContain('000-FJ7-88213')
    }
  })
})
