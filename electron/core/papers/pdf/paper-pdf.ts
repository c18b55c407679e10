import type { ReceiptDocument } from '../../../../contract/receipt.ts'
import { unreachable } from '../../../../contract/unreachable.ts'
import { directionOfTag } from '../../../../contract/words/languages.ts'
import { FONT_FILES } from '../lettering/fonts.ts'
import { StripLayer, type Strip } from './lay-strips.ts'
import { PdfPen, type Pdf } from './pdf-pen.ts'

export type PdfFormat = 'a4' | '80mm'

export interface PdfAbout {
  readonly title: string
  readonly author: string
  /** ISO instant the document was made; the same document gives the same file. */
  readonly at: string
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

const MM = 72 / 25.4
const A4 = { width: 210 * MM, height: 297 * MM } as const

/** What a format needs to know of its paper: a roll has no end, a sheet has one. */
const SHEETS = {
  a4: { paper: A4, margin: 22 * MM, size_pt: 10.5 },
  '80mm': { paper: { width: 80 * MM, height: null }, margin: 4 * MM, size_pt: 8.5 },
} as const

/** Longest page a reader must show (ISO 32000-1, annex C: 14,400 units). */
const PAGE_MAX = 14_400

/**
 * A document as a real PDF file (ISO 32000): text that can be searched, copied and read aloud, fonts embedded. Pages
 * break between lines; on A4 each part behind a cut begins a page of its own.
 */
export async function pdfOf(document: ReceiptDocument, format: PdfFormat, about: PdfAbout): Promise<Buffer> {
  // Loaded when the first PDF is wanted: a till that prints on paper starts without it.
  const { default: PDFDocument } = await import('pdfkit')
  const { paper, margin, size_pt } = SHEETS[format]
  const pdf: Pdf = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: document.language.split('-u-')[0] ?? document.language,
    displayTitle: true,
    font: FONT_FILES.plain(),
    info: { Title: about.title, Author: about.author, Creator: 'Countermark', CreationDate: new Date(about.at) },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.registerFont('plain', FONT_FILES.plain())
  pdf.registerFont('bold', FONT_FILES.bold())
  const pen = new PdfPen(pdf, directionOfTag(document.language))
  const layer = new StripLayer(pdf, pen, { x: margin, width: paper.width - 2 * margin, size_pt }, about.pictures)
  const pages = paged(layer.lay(document.blocks), paper.height === null ? null : paper.height - 2 * margin)
  for (const strips of pages) drawPage(pdf, strips, paper, margin)
  pdf.end()
  return done
}

type Drawn = Extract<Strip, { kind: 'drawn' }>

/** `room` null: one long page, and a cut is only some air. */
function paged(strips: readonly Strip[], room: number | null): Drawn[][] {
  const pages: Drawn[][] = [[]]
  let used = 0
  const turn = (): void => {
    if (pages.at(-1)?.length !== 0) pages.push([])
    used = 0
  }
  for (const strip of strips) {
    if (strip.kind === 'cut') {
      if (room !== null) turn()
      continue
    }
    if (used + strip.height > (room ?? PAGE_MAX - 200)) turn()
    pages.at(-1)?.push(strip)
    used += strip.height
  }
  return pages.filter((page) => page.length > 0)
}

function drawPage(pdf: Pdf, strips: readonly Drawn[], paper: { width: number; height: number | null }, margin: number): void {
  const needed = strips.reduce((sum, strip) => sum + strip.height, 0) + 2 * margin
  pdf.addPage({ size: [paper.width, paper.height ?? needed], margin: 0 })
  let y = margin
  for (const strip of strips) {
    drawStrip(pdf, strip, y)
    y += strip.height
  }
}

function drawStrip(pdf: Pdf, strip: Drawn, y: number): void {
  const { role } = strip
  switch (role) {
    case 'H1':
    case 'P':
    case 'Figure': {
      const struct = pdf.struct(role, {}, [() => strip.draw(y)])
      pdf.addStructure(struct)
      struct.end()
      return
    }
    case 'decoration':
      pdf.markContent('Artifact', { type: 'Layout' })
      strip.draw(y)
      pdf.endMarkedContent()
      return
    default:
      return unreachable(role)
  }
}
