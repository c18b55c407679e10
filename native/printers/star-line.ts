import { joined } from '../bytes.ts'
import type { Bitmap } from './bitmap.ts'
import { centred, forHead } from './bitmap.ts'
import type { CodePage } from './code-page-tables.ts'
import { pageRuns } from './code-pages.ts'
import type { PaperRow, PrintBlock } from './columns.ts'
import { codeAsText, fitCode } from './drawn-codes.ts'
import type { PaperSettings, PrintRemark, PrintedPaper } from './paper.ts'
import { altLines, layPaper, pictureOf } from './paper.ts'
import type { PaperWidth, PrinterProfile } from './profiles.ts'
import { PAPER_WIDTHS } from './profiles.ts'
import {
  STAR_BOLD,
  STAR_CUT,
  STAR_INITIALISE,
  STAR_INVERT,
  STAR_LINE_FEED,
  STAR_NOT_BOLD,
  STAR_NOT_INVERT,
  starAlign,
  starFeed,
  starImage,
  starPage,
  starQrCode,
  starSize,
} from './star-commands.ts'

/** Blocks as one job in Star's line mode: the same rows as on an ESC/POS printer, in other words. */
export function starLineBytes(blocks: readonly PrintBlock[], settings: PaperSettings): PrintedPaper {
  const { rows, remarks, profile } = layPaper(blocks, settings)
  const writer = new StarWriter(profile, PAPER_WIDTHS[settings.paper], settings, remarks)
  for (const row of rows) writer.row(row)
  return { bytes: writer.bytes(), rows, remarks }
}

const SIZES = { normal: [1, 1], tall: [1, 2], large: [2, 2] } as const

class StarWriter {
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
    this.parts.push(STAR_INITIALISE, this.selection(this.page))
  }

  bytes(): Uint8Array {
    return joined(...this.parts)
  }

  row(row: PaperRow): void {
    switch (row.kind) {
      case 'line':
        return this.line(row)
      case 'feed':
        return this.put(starFeed(row.lines))
      case 'cut':
        return this.put(STAR_CUT)
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

  private line(row: PaperRow & { kind: 'line' }): void {
    if (row.size !== this.size) {
      const [width, height] = SIZES[row.size]
      this.put(starSize(width, height))
      this.size = row.size
    }
    if (row.bold) this.put(STAR_BOLD)
    if (row.invert) this.put(STAR_INVERT)
    for (const run of pageRuns(row.text, this.pages, this.page)) {
      if (run.page !== this.page) this.put(this.selection(run.page))
      this.page = run.page
      this.put(run.bytes)
    }
    if (row.invert) this.put(STAR_NOT_INVERT)
    if (row.bold) this.put(STAR_NOT_BOLD)
    this.put(STAR_LINE_FEED)
  }

  private selection(page: CodePage): Uint8Array {
    return starPage(this.profile.pages.get(page)!)
  }

  private logo(row: PaperRow & { kind: 'picture' }): void {
    const picture = pictureOf(row.name, this.settings)
    if (typeof picture !== 'string') return this.picture(forHead(picture, this.paper.dots))
    this.remarks.push({ kind: 'picture', name: row.name, why: picture })
    for (const line of altLines(row, this.paper)) this.row(line)
  }

  private picture(bitmap: Bitmap): void {
    this.put(starImage(centred(bitmap, this.paper.dots)))
  }

  private code(row: PaperRow & { kind: 'code' }): void {
    const fitting = fitCode(row.symbology, row.payload, this.paper)
    if (typeof fitting === 'string') {
      for (const line of codeAsText(row, fitting, this.paper, this.remarks)) this.row(line)
    } else if (row.symbology === 'qr') {
      this.put(starAlign('center'), starQrCode(row.payload, fitting.module_dots, 'M'), starAlign('left'))
    } else this.picture(fitting.draw())
  }
}
