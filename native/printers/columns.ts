import type { Bitmap } from './bitmap.ts'
import { columnsOf, wrapWords } from './column-width.ts'

/**
 * The blocks of a paper, as the printer needs them. The shop's own document has the same shape by structure; devices
 * do not know that a shop exists, so the type is said again here, and a test holds the two together.
 */
export type PrintBlock =
  | { readonly kind: 'logo'; readonly name: string; readonly alt: string }
  | { readonly kind: 'title'; readonly text: string }
  | {
      readonly kind: 'text'
      readonly text: string
      readonly align: 'left' | 'center' | 'right'
      readonly bold: boolean
      readonly size: TextSize
    }
  | { readonly kind: 'pair'; readonly left: string; readonly right: string; readonly bold: boolean }
  | {
      readonly kind: 'item'
      readonly name: string
      readonly details: readonly string[]
      readonly quantity: string | null
      readonly amount: string
    }
  | { readonly kind: 'rule'; readonly weight: 'single' | 'double' }
  | { readonly kind: 'total'; readonly left: string; readonly right: string }
  | { readonly kind: 'qr'; readonly payload: string; readonly caption: string | null }
  | { readonly kind: 'datamatrix'; readonly payload: string; readonly gs1: boolean; readonly caption: string | null }
  | {
      readonly kind: 'barcode'
      readonly symbology: 'code128' | 'ean13' | 'gs1-128'
      readonly payload: string
      readonly caption: string | null
    }
  | { readonly kind: 'banner'; readonly text: string }
  | { readonly kind: 'space'; readonly lines: number }
  | { readonly kind: 'cut' }

export type TextSize = 'normal' | 'tall' | 'large'

/** A paper laid out: lines of text that fit, and between them what is drawn. */
export type PaperRow =
  | {
      readonly kind: 'line'
      /** Padded to its alignment with blanks; at most as wide as the paper at this size. */
      readonly text: string
      readonly bold: boolean
      readonly size: TextSize
      readonly invert: boolean
    }
  /** A line in letters that the printer does not have, as wide as the paper. */
  | { readonly kind: 'drawn'; readonly text: string; readonly bitmap: Bitmap }
  | { readonly kind: 'picture'; readonly name: string; readonly alt: string }
  | { readonly kind: 'code'; readonly symbology: CodeSymbology; readonly payload: string }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' }

export type CodeSymbology = 'qr' | 'datamatrix' | 'gs1-datamatrix' | 'code128' | 'ean13' | 'gs1-128'

/** Under this many columns beside an amount a name reads badly; the amount then gets a line of its own. */
const NAME_COLUMNS_MIN = 8
const INDENT = '  '

/** Which side is meant by `left` is a matter of the paper: on one read from the right it is the right margin. */
export interface LineStyle {
  readonly align: 'left' | 'center' | 'right'
  readonly bold: boolean
  readonly size: TextSize
  readonly invert: boolean
}

/** The three ways in which words stand on a paper. */
export interface LineSetter {
  lines(text: string, style: LineStyle): PaperRow[]
  /** A text at one margin with its amount at the other one. */
  pair(left: string, right: string, style: { readonly bold: boolean; readonly size: 'normal' | 'tall' }): PaperRow[]
  /** What stands under the name of an item. */
  detail(text: string): PaperRow[]
  rule(weight: 'single' | 'double'): PaperRow[]
}

/**
 * Lays blocks into a paper of so many columns of font A (32, 42 or 48). Texts wrap by words; an amount that fits the
 * paper always stands whole at the right margin; longer ones wrap and lose nothing.
 */
export function layColumns(blocks: readonly PrintBlock[], columns: number): PaperRow[] {
  return layBlocks(blocks, columnSetter(columns, 'ltr'))
}

/** Lays blocks as rows, their words in the way of the setter. */
export function layBlocks(blocks: readonly PrintBlock[], setter: LineSetter): PaperRow[] {
  return blocks.flatMap((block) => layBlock(block, setter))
}

function layBlock(block: PrintBlock, setter: LineSetter): PaperRow[] {
  switch (block.kind) {
    case 'logo':
      return [{ kind: 'picture', name: block.name, alt: block.alt }]
    case 'title':
      return setter.lines(block.text, { align: 'center', bold: true, size: 'large', invert: false })
    case 'text':
      return setter.lines(block.text, { ...block, invert: false })
    case 'pair':
      return setter.pair(block.left, block.right, { bold: block.bold, size: 'normal' })
    case 'item':
      return [
        ...setter.pair(block.name, block.amount, { bold: false, size: 'normal' }),
        ...[...(block.quantity === null ? [] : [block.quantity]), ...block.details].flatMap((detail) => setter.detail(detail)),
      ]
    case 'rule':
      return setter.rule(block.weight)
    case 'total':
      return setter.pair(block.left, block.right, { bold: true, size: 'tall' })
    case 'banner':
      return setter.lines(block.text, { align: 'center', bold: true, size: 'tall', invert: true })
    case 'qr':
      return code('qr', block.payload, block.caption, setter)
    case 'datamatrix':
      return code(block.gs1 ? 'gs1-datamatrix' : 'datamatrix', block.payload, block.caption, setter)
    case 'barcode':
      return code(block.symbology, block.payload, block.caption, setter)
    case 'space':
      return [{ kind: 'feed', lines: block.lines }]
    case 'cut':
      return [{ kind: 'cut' }]
    default:
      return block satisfies never
  }
}

function code(symbology: CodeSymbology, payload: string, caption: string | null, setter: LineSetter): PaperRow[] {
  const words = caption === null ? [] : setter.lines(caption, { align: 'center', bold: false, size: 'normal', invert: false })
  return [{ kind: 'code', symbology, payload }, ...words]
}

/** Words in the printer's own letters, all of one width. `rtl` is the same paper in a mirror. */
export function columnSetter(columns: number, direction: 'ltr' | 'rtl'): LineSetter {
  const seen = ({ left, right }: Margins): Margins => (direction === 'ltr' ? { left, right } : { left: right, right: left })
  return {
    lines: (text, style) => lines(text, columns, direction === 'ltr' ? style : { ...style, align: MIRRORED[style.align] }),
    pair: (left, right, { bold, size }) =>
      pair(left, right, columns).map((margins) => ({ ...plain(spread(seen(margins), columns), bold), size })),
    detail: (text) =>
      indented(text, columns).map(({ indent, line }) => {
        const set = direction === 'ltr' ? indent + line : line + indent
        return plain(line === '' ? '' : spread(seen({ left: set, right: '' }), columns), false)
      }),
    rule: (weight) => [plain((weight === 'double' ? '=' : '-').repeat(columns), false)],
  }
}

const MIRRORED = { left: 'right', center: 'center', right: 'left' } as const

function lines(text: string, columns: number, style: LineStyle): PaperRow[] {
  const across = style.size === 'large' ? Math.floor(columns / 2) : columns
  return wrapWords(text, across).map((line) => ({
    kind: 'line',
    text: align(line, style.align, across, style.invert),
    bold: style.bold,
    size: style.size,
    invert: style.invert,
  }))
}

/** `full` pads on the right too, so that white on black is one bar over the whole paper. */
function align(text: string, how: 'left' | 'center' | 'right', columns: number, full: boolean): string {
  const free = columns - columnsOf(text)
  const before = how === 'left' ? 0 : how === 'right' ? free : Math.floor(free / 2)
  const placed = text === '' && !full ? '' : ' '.repeat(before) + text
  return full ? placed + ' '.repeat(columns - columnsOf(placed)) : placed
}

function plain(text: string, bold: boolean): PaperRow & { kind: 'line' } {
  return { kind: 'line', text, bold, size: 'normal', invert: false }
}

/** What stands at the two margins of one line. */
interface Margins {
  readonly left: string
  readonly right: string
}

/** A text at one margin with its amount at the other one, on the last of the text's lines. */
function pair(left: string, right: string, columns: number): Margins[] {
  const beside = columns - columnsOf(right) - 1
  const above = (text: string, across: number): Margins[] => wrapWords(text, across).map((line) => ({ left: line, right: '' }))
  if (right === '') return above(left, columns)
  if (right.includes('\n') || beside < NAME_COLUMNS_MIN) {
    return [...(left === '' ? [] : above(left, columns)), ...wrapWords(right, columns).map((line) => ({ left: '', right: line }))]
  }
  return above(left, beside).map((line, index, all) => (index === all.length - 1 ? { ...line, right } : line))
}

/** A serial that fits the paper but not the indented line is set at the margin: better whole than tidy. */
function indented(text: string, columns: number): { readonly indent: string; readonly line: string }[] {
  const words = text.split(/[ \n]+/)
  const widest = Math.max(...words.map(columnsOf))
  const indent = widest > columns - INDENT.length ? '' : INDENT
  return wrapWords(text, columns - indent.length).map((line) => ({ indent, line }))
}

/** Both margins of a line in so many columns; nothing stands behind the last letter of it. */
function spread({ left, right }: Margins, columns: number): string {
  return right === '' ? left : left + ' '.repeat(columns - columnsOf(left) - columnsOf(right)) + right
}
