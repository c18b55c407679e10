import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import { bandsOf, centred } from './bitmap.ts'
import type { PrintBlock } from './columns.ts'
import { BAR_DOTS } from './drawn-codes.ts'
import {
  CUT, feedLines, INITIALISE, LEAVE_KANJI, qrCode, rasterImage, selectPage, selectSize, USA_SET,
} from './escpos-commands.ts'
import type { PaperSettings, PrintedPaper } from './paper.ts'
import type { PaperWidth } from './profiles.ts'
import { writeRows, type CodeRow, type RowWords } from './row-writer.ts'

/** Cheap printers have a buffer of 4 to 16 KiB; a band of 80 mm paper is 9 KiB at most. */
const BAND_ROWS_MAX = 128

/**
 * Blocks as one ESC/POS job. It starts from a known state (reset, no Kanji, USA set, first page), so nothing that an
 * earlier job left behind shows, and ends with the knife.
 */
export function escposBytes(blocks: readonly PrintBlock[], settings: PaperSettings): PrintedPaper {
  return writeRows(blocks, settings, escposWords(new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' })))
}

/**
 * The library builds what it builds rightly: weight, inversion, alignment, line ends, bars. Text, sizes, QR codes,
 * pictures and the cut are our own bytes: its cut resets the code page unnoticed, its text turns unknown letters into
 * `?`, its sizes swap width and height, its QR length counts characters instead of bytes, and it does not scale.
 */
function escposWords(printer: ThermalPrinter): RowWords {
  /** What the library builds for one call. Its buffer is emptied each time, as it joins quadratically. */
  const built = (build: () => void): Uint8Array => {
    build()
    const bytes = Uint8Array.from(printer.getBuffer())
    printer.clear()
    return bytes
  }
  const bars = (row: CodeRow, kind: number, module_dots: number): Uint8Array =>
    built(() => printer.printBarcode(row.payload, kind, { width: module_dots, height: BAR_DOTS, hriPos: 0 }))
  const nativeCode = (row: CodeRow, module_dots: number, paper: PaperWidth): Uint8Array | null => {
    if (row.symbology === 'qr') return qrCode(row.payload, module_dots, 'M')
    if (row.symbology === 'ean13') return bars(row, 67, module_dots)
    return fitsSetB(row, module_dots, paper) ? bars(row, 73, module_dots) : null
  }
  return {
    begin: [INITIALISE, LEAVE_KANJI, USA_SET],
    bold: { on: built(() => printer.bold(true)), off: built(() => printer.bold(false)) },
    invert: { on: built(() => printer.invert(true)), off: built(() => printer.invert(false)) },
    lineEnd: built(() => printer.newLine()),
    cut: CUT,
    size: selectSize,
    page: selectPage,
    feed: feedLines,
    picture: (bitmap, paper) => bandsOf(centred(bitmap, paper.dots), BAND_ROWS_MAX).map(rasterImage),
    code: (row, module_dots, { paper, profile }) => {
      const native = profile.draws_codes ? nativeCode(row, module_dots, paper) : null
      return native === null ? null : [built(() => printer.alignCenter()), native, built(() => printer.alignLeft())]
    },
  }
}

/**
 * The library's Code 128 always uses set B, which has no braces of its own and takes twice the room for digits: it is
 * used where that still fits. Other codes only some models know.
 */
function fitsSetB({ symbology, payload }: CodeRow, module_dots: number, paper: PaperWidth): boolean {
  const set_b_dots = (11 * (payload.length + 2) + 13 + 20) * module_dots
  return symbology === 'code128' && /^[ -z|}~]+$/.test(payload) && set_b_dots <= paper.dots
}
