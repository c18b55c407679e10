import { joined } from '../bytes.ts'
import { forHead, stacked, type Bitmap } from './bitmap.ts'
import type { CodePage } from './code-page-tables.ts'
import { pageRuns } from './code-pages.ts'
import type { PaperRow, PrintBlock } from './columns.ts'
import { codeAsText, fitCode } from './drawn-codes.ts'
import { layPaper, pictureOf, type LaidPaper, type PaperSettings, type PrintedPaper } from './paper.ts'
import { PAPER_WIDTHS, type PaperWidth, type PrinterProfile } from './profiles.ts'

export type CodeRow = PaperRow & { readonly kind: 'code' }

/** The words of one printer language; everything else about rows is the same in all of them. */
export interface RowWords {
  /** Brings the printer into a known state. */
  readonly begin: readonly Uint8Array[]
  readonly bold: { readonly on: Uint8Array; readonly off: Uint8Array }
  readonly invert: { readonly on: Uint8Array; readonly off: Uint8Array }
  readonly lineEnd: Uint8Array
  readonly cut: Uint8Array
  size(width: number, height: number): Uint8Array
  page(number: number): Uint8Array
  feed(lines: number): Uint8Array
  /** A picture that fits the head, as many commands as it takes. */
  picture(bitmap: Bitmap, paper: PaperWidth): readonly Uint8Array[]
  /** The code drawn by the printer itself; null where it has to be drawn as a picture. */
  code(row: CodeRow, module_dots: number, at: { readonly paper: PaperWidth; readonly profile: PrinterProfile }): readonly Uint8Array[] | null
}

const SIZES = { normal: [1, 1], tall: [1, 2], large: [2, 2] } as const

/** Blocks laid out into rows, and the rows said in the words of one language. */
export function writeRows(blocks: readonly PrintBlock[], settings: PaperSettings, words: RowWords): PrintedPaper {
  const laid = layPaper(blocks, settings)
  const writer = new RowWriter(words, laid, settings)
  for (const row of laid.rows) writer.row(row)
  return { bytes: writer.bytes(), rows: laid.rows, remarks: laid.remarks }
}

class RowWriter {
  private readonly parts: Uint8Array[] = []
  private readonly words: RowWords
  private readonly laid: LaidPaper
  private readonly pages: readonly CodePage[]
  private readonly paper: PaperWidth
  private readonly settings: PaperSettings
  private page: CodePage
  private size: keyof typeof SIZES = 'normal'
  /** Drawn lines that follow each other go out as one picture: on Star each picture ends at a full stripe. */
  private drawn: Bitmap[] = []

  constructor(words: RowWords, laid: LaidPaper, settings: PaperSettings) {
    this.words = words
    this.laid = laid
    this.pages = [...laid.profile.pages.keys()]
    this.paper = PAPER_WIDTHS[settings.paper]
    this.settings = settings
    this.page = this.pages[0]!
    this.put(...words.begin, this.selection(this.page))
  }

  bytes(): Uint8Array {
    this.endDrawing()
    return joined(...this.parts)
  }

  row(row: PaperRow): void {
    if (row.kind !== 'drawn') this.endDrawing()
    switch (row.kind) {
      case 'drawn':
        return void this.drawn.push(row.bitmap)
      case 'line':
        return this.line(row)
      case 'feed':
        return this.put(this.words.feed(row.lines))
      case 'cut':
        return this.put(this.words.cut)
      case 'picture':
        return this.logo(row)
      case 'code':
        return this.code(row)
      default:
        return row satisfies never
    }
  }

  private put(...bytes: readonly Uint8Array[]): void {
    this.parts.push(...bytes)
  }

  private endDrawing(): void {
    if (this.drawn.length === 0) return
    const bitmap = stacked(...this.drawn)
    this.drawn = []
    this.put(...this.words.picture(bitmap, this.paper))
  }

  private line(row: PaperRow & { kind: 'line' }): void {
    const { bold, invert, lineEnd, size } = this.words
    if (row.size !== this.size) {
      const [width, height] = SIZES[row.size]
      this.put(size(width, height))
      this.size = row.size
    }
    if (row.bold) this.put(bold.on)
    if (row.invert) this.put(invert.on)
    for (const run of pageRuns(row.text, this.pages, this.page)) {
      if (run.page !== this.page) this.put(this.selection(run.page))
      this.page = run.page
      this.put(run.bytes)
    }
    // Styles end before the line feed, or a white-on-black bar would run into the line spacing.
    if (row.invert) this.put(invert.off)
    if (row.bold) this.put(bold.off)
    this.put(lineEnd)
  }

  private selection(page: CodePage): Uint8Array {
    return this.words.page(this.laid.profile.pages.get(page)!)
  }

  private logo(row: PaperRow & { kind: 'picture' }): void {
    const picture = pictureOf(row.name, this.settings)
    if (typeof picture !== 'string') return this.put(...this.words.picture(forHead(picture, this.paper.dots), this.paper))
    this.laid.remarks.push({ kind: 'picture', name: row.name, why: picture })
    if (row.alt !== '') for (const line of this.laid.lay([{ kind: 'title', text: row.alt }])) this.row(line)
  }

  private code(row: CodeRow): void {
    const fitting = fitCode(row.symbology, row.payload, this.paper)
    if (typeof fitting === 'string') {
      for (const line of codeAsText(row, fitting, this.paper, this.laid.remarks)) this.row(line)
      return
    }
    const native = this.words.code(row, fitting.module_dots, { paper: this.paper, profile: this.laid.profile })
    this.put(...(native ?? this.words.picture(fitting.draw(), this.paper)))
  }
}
