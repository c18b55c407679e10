import { centred } from './bitmap.ts'
import type { PrintBlock } from './columns.ts'
import type { PaperSettings, PrintedPaper } from './paper.ts'
import { writeRows, type RowWords } from './row-writer.ts'
import {
  STAR_BOLD, STAR_CUT, STAR_INITIALISE, STAR_INVERT, STAR_LINE_FEED, STAR_NOT_BOLD, STAR_NOT_INVERT, starAlign, starFeed,
  starImage, starPage, starQrCode, starSize,
} from './star-commands.ts'

/** Blocks as one job in Star's line mode: the same rows as on an ESC/POS printer, in other words. */
export const starLineBytes = (blocks: readonly PrintBlock[], settings: PaperSettings): PrintedPaper =>
  writeRows(blocks, settings, STAR_WORDS)

const STAR_WORDS: RowWords = {
  begin: [STAR_INITIALISE],
  bold: { on: STAR_BOLD, off: STAR_NOT_BOLD },
  invert: { on: STAR_INVERT, off: STAR_NOT_INVERT },
  lineEnd: STAR_LINE_FEED,
  cut: STAR_CUT,
  size: starSize,
  page: starPage,
  feed: starFeed,
  picture: (bitmap, paper) => [starImage(centred(bitmap, paper.dots))],
  // Of the codes that the printer could draw, only the QR code is drawn alike by all models.
  code: ({ symbology, payload }, module_dots) =>
    symbology === 'qr' ? [starAlign('center'), starQrCode(payload, module_dots, 'M'), starAlign('left')] : null,
}
