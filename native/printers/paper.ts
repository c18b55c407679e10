import type { GreyPicture } from './bitmap.ts'
import type { Replacement } from './code-pages.ts'
import { legibleText } from './code-pages.ts'
import type { CodeSymbology, PaperRow, PrintBlock } from './columns.ts'
import { layColumns } from './columns.ts'
import { greyFromPng } from './png.ts'
import type { PaperWidth, PaperWidthId, PrinterProfile, ProfileId } from './profiles.ts'
import { PAPER_WIDTHS, PROFILES } from './profiles.ts'

/** What a shop sets for a printer, and what the documents refer to. */
export interface PaperSettings {
  readonly profile: ProfileId
  readonly paper: PaperWidthId
  /** PNG files by the name a logo block calls them by. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
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

/** Blocks in characters this printer has, laid into its columns, with a cut at the end. */
export function layPaper(
  blocks: readonly PrintBlock[],
  settings: PaperSettings,
): { readonly rows: readonly PaperRow[]; readonly remarks: PrintRemark[]; readonly profile: PrinterProfile } {
  const profile = PROFILES[settings.profile]
  const remarks: PrintRemark[] = []
  const told = new Set<string>()
  const write = (text: string): string => {
    const legible = legibleText(text, profile.pages.keys())
    for (const replacement of legible.replaced) {
      if (told.has(replacement.character)) continue
      told.add(replacement.character)
      remarks.push({ kind: 'character', ...replacement })
    }
    return legible.text
  }
  const rows = layColumns(blocks.map((block) => legibleBlock(block, write)), PAPER_WIDTHS[settings.paper].columns)
  return { rows: rows.at(-1)?.kind === 'cut' ? rows : [...rows, { kind: 'cut' }], remarks, profile }
}

/** Payloads of codes are not touched: a code holds what was asked for, or is not drawn at all. */
function legibleBlock(block: PrintBlock, write: (text: string) => string): PrintBlock {
  const caption = (words: string | null) => (words === null ? null : write(words))
  switch (block.kind) {
    case 'logo':
      return { ...block, alt: write(block.alt) }
    case 'title':
    case 'text':
    case 'banner':
      return { ...block, text: write(block.text) }
    case 'pair':
    case 'total':
      return { ...block, left: write(block.left), right: write(block.right) }
    case 'item':
      return {
        ...block,
        name: write(block.name),
        details: block.details.map(write),
        quantity: caption(block.quantity),
        amount: write(block.amount),
      }
    case 'qr':
    case 'datamatrix':
    case 'barcode':
      return { ...block, caption: caption(block.caption) }
    case 'rule':
    case 'space':
    case 'cut':
      return block
    default:
      return block satisfies never
  }
}

/** The picture of a logo row, or why there is none. */
export function pictureOf(name: string, settings: PaperSettings): GreyPicture | string {
  const file = settings.pictures.get(name)
  return file === undefined ? 'there is no picture of this name' : greyFromPng(file)
}

/** What stands where a picture is missing: its words, as a heading. */
export function altLines(row: PaperRow & { kind: 'picture' }, paper: PaperWidth): PaperRow[] {
  return row.alt === '' ? [] : layColumns([{ kind: 'title', text: row.alt }], paper.columns)
}
