import type { PrintBlock } from './columns.ts'
import { escposBytes } from './escpos.ts'
import type { PaperSettings, PrintedPaper } from './paper.ts'
import { PROFILES } from './profiles.ts'
import { starLineBytes } from './star-line.ts'

/**
 * Blocks as the bytes of one job, in the language of the printer's profile. Pure: the same blocks and settings give the
 * same bytes. Nothing is refused; what could not be printed as written is in the remarks.
 */
export function bytesForPrinter(blocks: readonly PrintBlock[], settings: PaperSettings): PrintedPaper {
  const { dialect } = PROFILES[settings.profile]
  switch (dialect) {
    case 'escpos':
      return escposBytes(blocks, settings)
    case 'star-line':
      return starLineBytes(blocks, settings)
    default:
      return dialect satisfies never
  }
}
