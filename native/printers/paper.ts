import type { GreyPicture } from './bitmap.ts'
import type { Replacement } from './code-pages.ts'
import type { CodeSymbology, PaperRow, PrintBlock } from './columns.ts'
import { layBlocks } from './columns.ts'
import type { Lettering } from './lettering.ts'
import { letterSetter } from './letter-setter.ts'
import { greyFromPng } from './png.ts'
import type { PaperWidthId, PrinterProfile, ProfileId } from './profiles.ts'
import { PAPER_WIDTHS, PROFILES } from './profiles.ts'

/** What a shop sets for a printer, and what the documents refer to. */
export interface PaperSettings {
  readonly profile: ProfileId
  readonly paper: PaperWidthId
  /** PNG files by the name a logo block calls them by. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
  /** Draws what the printer has no letters for; without it such words are written in the nearest letters there are. */
  readonly lettering?: Lettering
}

/**
 * What stands on the paper otherwise than in the document. A receipt is printed all the same; the screen and the log
 * can say what was exchanged.
 */
export type PrintRemark =
  | ({ readonly kind: 'character' } & Replacement)
  | { readonly kind: 'picture'; readonly name: string; readonly why: string }
  | { readonly kind: 'code'; readonly symbology: CodeSymbology; readonly payload: string; readonly why: string }

/** The bytes of one job, what they hold as rows, and the remarks. */
export interface PrintedPaper {
  readonly bytes: Uint8Array
  readonly rows: readonly PaperRow[]
  readonly remarks: readonly PrintRemark[]
}

/** A paper laid out for one printer; `lay` sets further blocks in the same way, for what turns out on the way. */
export interface LaidPaper {
  readonly rows: readonly PaperRow[]
  readonly remarks: PrintRemark[]
  readonly profile: PrinterProfile
  readonly lay: (blocks: readonly PrintBlock[]) => PaperRow[]
}

/** Blocks in letters this printer has, or drawn, with a cut at the end. */
export function layPaper(blocks: readonly PrintBlock[], settings: PaperSettings): LaidPaper {
  const profile = PROFILES[settings.profile]
  const remarks: PrintRemark[] = []
  const told = new Set<string>()
  const setter = letterSetter(profile.pages, PAPER_WIDTHS[settings.paper], settings.lettering ?? null, (replacement) => {
    if (told.has(replacement.character)) return
    told.add(replacement.character)
    remarks.push({ kind: 'character', ...replacement })
  })
  const lay = (some: readonly PrintBlock[]): PaperRow[] => layBlocks(some, setter)
  const rows = lay(blocks)
  return { rows: rows.at(-1)?.kind === 'cut' ? rows : [...rows, { kind: 'cut' }], remarks, profile, lay }
}

/** The picture of a logo row, or why there is none. */
export function pictureOf(name: string, settings: PaperSettings): GreyPicture | string {
  const file = settings.pictures.get(name)
  return file === undefined ? 'there is no picture of this name' : greyFromPng(file)
}
