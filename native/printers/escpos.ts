import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import { joined } from '../bytes.ts'
import type { Bitmap } from './bitmap.ts'
import { bandsOf, centred, forHead } from './bitmap.ts'
import type { CodePage } from './code-page-tables.ts'
import { pageRuns } from './code-pages.ts'
import type { PaperRow, PrintBlock } from './columns.ts'
import { BAR_DOTS, codeAsText, fitCode } from './drawn-codes.ts'
import {
  CUT,
  INITIALISE,
  LEAVE_KANJI,
  USA_SET,
  feedLines,
  qrCode,
  rasterImage,
  selectPage,
  selectSize,
} from './escpos-commands.ts'
import type { PaperSettings, PrintRemark, PrintedPaper } from './paper.ts'
import { altLines, layPaper, pictureOf } from './paper.ts'
import type { PaperWidth, PrinterProfile } from './profiles.ts'
import { PAPER_WIDTHS } from './profiles.ts'

/** Cheap printers have a buffer of 4 to 16 KiB; a band of 80 mm paper is 9 KiB at most. */
const BAND_ROWS_MAX = 128

/**
 * Blocks as one ESC/POS job. It starts from a known state (reset, no Kanji, USA set, first page), so nothing that an
 * earlier job left behind shows, and ends with the knife.
 *
 * The library builds what it builds rightly: weight, inversion, alignment, line ends, bars. Text, sizes, QR codes,
 * pictures and the cut are our own bytes: its cut resets the code page unnoticed, its text turns unknown letters into
 * `?`, its sizes swap width and height, its QR length counts characters instead of bytes, and it does not scale.
 */
export function escposBytes(blocks: readonly PrintBlock[], settings: PaperSettings): PrintedPaper {
  const { rows, remarks, profile } = layPaper(blocks, settings)
  const writer = new EscposWriter(profile, PAPER_WIDTHS[settings.paper], settings, remarks)
  for (const row of rows) writer.row(row)
  return { bytes: writer.bytes(), rows, remarks }
}

const SIZES = { normal: [1, 1], tall: [1, 2], large: [2, 2] } as const

class EscposWriter {
  private readonly printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' })
  private readonly parts: Uint8Array[] = []
  private readonly profile: PrinterProfile
  private readonly pages: readonly CodePage[]
  private readonly paper: PaperWidth
  private readonly settings: PaperSettings
  private readonly remarks: PrintRemark[]
  private page: CodePage
  private size: keyof typeof SIZES = 'normal'

  constructor(profile: PrinterProfile, paper: PaperWidth, settings: PaperSettings, remarks: PrintRemark[]) {
    this.profile = profile
    this.pages = [...profile.pages.keys()]
    this.paper = paper
    this.settings = settings
    this.remarks = remarks
    this.page = this.pages[0]!
    this.parts.push(INITIALISE, LEAVE_KANJI, USA_SET, this.selection(this.page))
  }

  bytes(): Uint8Array {
    return joined(...this.parts)
  }

  row(row: PaperRow): void {
    switch (row.kind) {
      case 'line':
        return this.line(row)
      case 'feed':
        return this.put(feedLines(row.lines))
      case 'cut':
        return this.put(CUT)
      case 'picture':
        return this.logo(row)
      case 'code':
        return this.code(row)
      default:
        return row satisfies never
    }
  }

  private put(bytes: Uint8Array): void {
    this.parts.push(bytes)
  }

  /** What the library builds for one call. Its buffer is emptied each time, as it joins quadratically. */
  private built(build: (printer: ThermalPrinter) => void): Uint8Array {
    build(this.printer)
    const bytes = Uint8Array.from(this.printer.getBuffer())
    this.printer.clear()
    return bytes
  }

  private line(row: PaperRow & { kind: 'line' }): void {
    if (row.size !== this.size) {
      const [width, height] = SIZES[row.size]
      this.put(selectSize(width, height))
      this.size = row.size
    }
    if (row.bold) this.put(this.built((printer) => printer.bold(true)))
    if (row.invert) this.put(this.built((printer) => printer.invert(true)))
    for (const run of pageRuns(row.text, this.pages, this.page)) {
      if (run.page !== this.page) this.put(this.selection(run.page))
      this.page = run.page
      this.put(run.bytes)
    }
    // Styles end before the line feed, or a white-on-black bar would run into the line spacing.
    if (row.invert) this.put(this.built((printer) => printer.invert(false)))
    if (row.bold) this.put(this.built((printer) => printer.bold(false)))
    this.put(this.built((printer) => printer.newLine()))
  }

  private selection(page: CodePage): Uint8Array {
    return selectPage(this.profile.pages.get(page)!)
  }

  private logo(row: PaperRow & { kind: 'picture' }): void {
    const picture = pictureOf(row.name, this.settings)
    if (typeof picture !== 'string') return this.picture(forHead(picture, this.paper.dots))
    this.remarks.push({ kind: 'picture', name: row.name, why: picture })
    for (const line of altLines(row, this.paper)) this.row(line)
  }

  private picture(bitmap: Bitmap): void {
    for (const band of bandsOf(centred(bitmap, this.paper.dots), BAND_ROWS_MAX)) this.put(rasterImage(band))
  }

  private code(row: PaperRow & { kind: 'code' }): void {
    const fitting = fitCode(row.symbology, row.payload, this.paper)
    if (typeof fitting === 'string') {
      for (const line of codeAsText(row, fitting, this.paper, this.remarks)) this.row(line)
      return
    }
    const native = this.profile.draws_codes ? this.nativeCode(row, fitting.module_dots) : null
    if (native === null) return this.picture(fitting.draw())
    this.put(this.built((printer) => printer.alignCenter()))
    this.put(native)
    this.put(this.built((printer) => printer.alignLeft()))
  }

  /**
   * The command by which the printer draws the code itself; null for codes that only some models know. The library's
   * Code 128 always uses set B, which has no braces of its own and takes twice the room for digits: it is used where
   * that still fits.
   */
  private nativeCode(row: PaperRow & { kind: 'code' }, module_dots: number): Uint8Array | null {
    const { symbology, payload } = row
    const bars = { width: module_dots, height: BAR_DOTS, hriPos: 0 }
    if (symbology === 'qr') return qrCode(payload, module_dots, 'M')
    if (symbology === 'ean13') return this.built((printer) => printer.printBarcode(payload, 67, bars))
    if (symbology !== 'code128' || !/^[ -z|}~]+$/.test(payload)) return null
    const set_b_dots = (11 * (payload.length + 2) + 13 + 20) * module_dots
    if (set_b_dots > this.paper.dots) return null
    return this.built((printer) => printer.printBarcode(payload, 73, bars))
  }
}
