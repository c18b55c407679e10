import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdfOf, type PdfFormat } from '../../../electron/core/papers/pdf/paper-pdf.ts'
import { paragraphOf, visualWords } from '../../../electron/core/papers/lettering/visual-words.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { receipt, warranty } from './a-shop-of-papers.ts'

const ABOUT = { title: 'Nordwind K1-R000042', author: 'Nordwind', at: '2026-03-14T22:30:00.000Z', pictures: new Map<string, Uint8Array>() }

const made = (document: ReceiptDocument, format: PdfFormat = 'a4'): Promise<Buffer> => pdfOf(document, format, ABOUT)

/** All that the file says in its compressed streams, and what stands around them. */
function insideOf(file: Buffer): string {
  const parts = [file.toString('latin1')]
  for (let at = file.indexOf('stream\n'); at !== -1; at = file.indexOf('stream\n', at + 7)) {
    if (file.subarray(at - 3, at).toString() === 'end') continue
    const end = file.indexOf('\nendstream', at)
    const bytes = file.subarray(at + 7, end)
    if (bytes[0] === 0x78) parts.push(inflateSync(bytes).toString('latin1'))
  }
  return parts.join('\n')
}

/** Every character the file says its glyphs stand for: what a reader finds, copies and reads aloud. */
const charactersOf = (inside: string): Set<string> =>
  new Set([...inside.matchAll(/<([0-9a-f]{4,8})>/gi)].map((match) => String.fromCharCode(Number.parseInt((match[1] ?? '').slice(0, 4), 16))))

const pagesOf = (file: Buffer): number => [...file.toString('latin1').matchAll(/\/Type \/Page\b(?!s)/g)].length

describe('a PDF of a paper', () => {
  it('is one A4 page with its fonts in it, and the same file each time', async () => {
    const file = await made(receipt('de'))
    expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    expect(file.subarray(-6).toString()).toContain('%%EOF')
    expect(pagesOf(file)).toBe(1)
    const inside = insideOf(file)
    expect(inside).toContain('/FontFile2')
    expect(inside).not.toContain('/BaseFont /Helvetica')
    expect(await made(receipt('de'))).toEqual(file)
  })

  it('says its language and its structure to those who have it read to them', async () => {
    const inside = insideOf(await made(warranty('fr')))
    expect(inside).toContain('/Lang (fr-FR)')
    expect(inside).toContain('/StructTreeRoot')
    expect(inside).toContain('/Marked true')
  })

  it('on a roll is one page of 80 mm, as long as it needs', async () => {
    const inside = insideOf(await made(warranty('en'), '80mm'))
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(inside)
    expect(Number(box?.[1])).toBeCloseTo(226.77, 1)
    expect(Number(box?.[2])).toBeGreaterThan(400)
  })

  it('holds accents and Arabic letters as text, with none missing', async () => {
    const latin = charactersOf(insideOf(await made(receipt('es'))))
    for (const letter of 'ÑúÖü€') expect(latin).toContain(letter)
    const arabic = charactersOf(insideOf(await made(warranty('ar'))))
    for (const letter of 'ضمان') expect(arabic).toContain(letter)
  })

  it('goes on over as many pages as a long paper takes', async () => {
    const blocks = Array.from({ length: 150 }, (_, n) => ({ kind: 'pair', left: `Line ${n}`, right: String(n), bold: false }) as const)
    expect(pagesOf(await made({ ...receipt('en'), blocks }))).toBeGreaterThan(2)
  })
})

describe('a line that runs from right to left', () => {
  const seen = (text: string): string => visualWords(paragraphOf(text, 'rtl')).join('')

  it('shows words from the right, numbers and serials in their own order', () => {
    expect(seen('الضمان حتى 2028')).toBe('2028 حتى الضمان')
    expect(seen('الرقم \u2066000-FJ7\u2069')).toBe('000-FJ7 الرقم')
  })

  it('mirrors brackets that stand alone, and leaves a line without Arabic as it is', () => {
    expect(seen('المادة (BGB).')).toBe('.(BGB) المادة')
    expect(seen('10435 Berlin (Mitte)')).toBe('10435 Berlin (Mitte)')
  })
})
