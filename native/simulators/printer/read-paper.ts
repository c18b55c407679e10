import type { Bitmap } from '../../printers/bitmap.ts'
import { stacked } from '../../printers/bitmap.ts'
import type { CodePage } from '../../printers/code-page-tables.ts'
import { glyphOf } from '../../printers/code-page-tables.ts'
import type { PrinterProfile } from '../../printers/profiles.ts'
import type { SeenCommand } from './seen-command.ts'

/** What stands on the paper, from top to bottom. */
export type PaperPiece =
  | {
      readonly kind: 'line'
      readonly text: string
      readonly bold: boolean
      readonly invert: boolean
      readonly width: number
      readonly height: number
      /** Printed beyond the right edge: the printer went on in the next line by itself. */
      readonly overflowed: boolean
    }
  | { readonly kind: 'picture'; readonly bitmap: Bitmap }
  | { readonly kind: 'qr'; readonly payload: string; readonly module_dots: number }
  | { readonly kind: 'bars'; readonly type: number; readonly payload: string; readonly module_dots: number }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'pulse'; readonly pin: 2 | 5 }

interface Pen {
  readonly page: CodePage | null
  readonly bold: boolean
  readonly invert: boolean
  readonly width: number
  readonly height: number
  readonly module_dots: number
  readonly qr: string
  readonly stored: Bitmap | null
}

/**
 * Draws what a printer of this profile and width would print. The page starts as the printer's own (437, number 0 on
 * ESC/POS), so a job that forgets to choose one shows as it would on paper.
 */
export function readPaper(
  commands: readonly SeenCommand[],
  profile: PrinterProfile,
  columns: number,
): PaperPiece[] {
  const paper = new Paper(profile, columns)
  for (const command of commands) paper.see(command)
  return paper.pieces
}

/** The lines of a paper as plain text, one to a line: what a person reads. */
export function textOf(pieces: readonly PaperPiece[]): string {
  return pieces.flatMap((piece) => (piece.kind === 'line' ? [piece.text] : [])).join('\n')
}

class Paper {
  readonly pieces: PaperPiece[] = []
  private readonly profile: PrinterProfile
  private readonly columns: number
  private readonly start: Pen
  private pen: Pen
  private line = ''
  private across = 0
  private lineStyle: Pen | null = null

  constructor(profile: PrinterProfile, columns: number) {
    this.profile = profile
    this.columns = columns
    this.start = {
      page: profile.pages.has('cp437') ? 'cp437' : null,
      bold: false, invert: false, width: 1, height: 1, module_dots: 3, qr: '', stored: null,
    }
    this.pen = this.start
  }

  see(command: SeenCommand): void {
    switch (command.kind) {
      case 'glyph':
        return this.glyph(command.byte)
      case 'line-feed':
        return this.endLine(false)
      case 'initialise':
        this.pen = { ...this.start, qr: this.pen.qr, stored: this.pen.stored }
        // What stood in the print buffer is cleared: half a line of a receipt that broke off never comes out.
        this.line = ''
        this.across = 0
        this.lineStyle = null
        return
      case 'page':
        return this.change({ page: this.pageNumbered(command.number) })
      case 'bold':
        return this.change({ bold: command.on })
      case 'invert':
        return this.change({ invert: command.on })
      case 'size':
        return this.change({ width: command.width, height: command.height })
      case 'feed':
        return void this.pieces.push({ kind: 'feed', lines: command.lines })
      case 'cut':
        return void this.pieces.push({ kind: 'cut' })
      case 'drawer':
        return void this.pieces.push({ kind: 'pulse', pin: [0, 0x30, 0x07].includes(command.pin) ? 2 : 5 })
      case 'picture':
        return this.picture(command.bitmap)
      case 'store-picture':
        return this.change({ stored: command.bitmap })
      case 'print-stored':
        return this.pen.stored === null ? undefined : this.picture(this.pen.stored)
      default:
        return this.code(command)
    }
  }

  private code(command: SeenCommand): void {
    const { module_dots } = this.pen
    if (command.kind === 'qr-module' || command.kind === 'bar-width') this.change({ module_dots: command.dots })
    else if (command.kind === 'qr-store') this.change({ qr: new TextDecoder().decode(command.bytes) })
    else if (command.kind === 'qr-print') this.pieces.push({ kind: 'qr', payload: this.pen.qr, module_dots })
    else if (command.kind === 'bars') {
      const payload = String.fromCharCode(...command.bytes)
      this.pieces.push({ kind: 'bars', type: command.type, payload, module_dots })
    }
  }

  private change(pen: Partial<Pen>): void {
    this.pen = { ...this.pen, ...pen }
  }

  private pageNumbered(number: number): CodePage | null {
    for (const [page, itsNumber] of this.profile.pages) if (itsNumber === number) return page
    return null
  }

  private glyph(byte: number): void {
    if (this.across + this.pen.width > this.columns) this.endLine(true)
    this.lineStyle ??= this.pen
    this.line += this.pen.page === null && byte >= 0x80 ? '\ufffd' : glyphOf(byte, this.pen.page ?? 'cp437')
    this.across += this.pen.width
  }

  private endLine(overflowed: boolean): void {
    const { bold, invert, width, height } = this.lineStyle ?? this.pen
    this.pieces.push({ kind: 'line', text: this.line, bold, invert, width, height, overflowed })
    this.line = ''
    this.across = 0
    this.lineStyle = null
  }

  /** Bands and stripes of one picture come one after the other; on paper they are one. */
  private picture(bitmap: Bitmap): void {
    const above = this.pieces.at(-1)
    // Star ends each stripe with a line feed of its own height, which is no empty line.
    const blank = above?.kind === 'line' && above.text === '' ? this.pieces.at(-2) : undefined
    const before = blank?.kind === 'picture' ? blank : above
    if (before?.kind !== 'picture' || before.bitmap.width !== bitmap.width) {
      this.pieces.push({ kind: 'picture', bitmap })
      return
    }
    if (before === blank) this.pieces.pop()
    this.pieces[this.pieces.length - 1] = { kind: 'picture', bitmap: stacked(before.bitmap, bitmap) }
  }
}
