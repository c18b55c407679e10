import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ReceiptDocument } from '../../../contract/receipt.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import type { Language } from '../../../contract/ids.ts'
import { layColumns } from '../../../native/printers/columns.ts'
import { columnsOf } from '../../../native/printers/column-width.ts'
import { certificate, gift, receipt, slip, warranty } from './a-shop-of-papers.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/papers')
const languages = Object.keys(LANGUAGES) as Language[]
const PAPERS = { receipt, warranty, gift, slip, certificate } as const

/** The paper as the printer sets it, with a sign for what is drawn. */
function asText(document: ReceiptDocument, columns: number): string {
  const rows = layColumns(document.blocks, columns).map((row) => {
    switch (row.kind) {
      case 'line':
        return row.text
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

  it.each([32, 42, 48])('P93: nothing is wider than %i columns, and no serial is cut', (columns) => {
    for (const make of Object.values(PAPERS)) {
      const text = asText(make(language), columns)
      for (const line of text.split('\n')) if (!line.startsWith('[')) expect(columnsOf(line)).toBeLessThanOrEqual(columns)
      expect(text).toContain('000-FJ7-88213')
    }
  })
})
