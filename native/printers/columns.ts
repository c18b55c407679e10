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
  | { readonly kind: 'picture'; readonly name: string; readonly alt: string }
  | { readonly kind: 'code'; readonly symbology: CodeSymbology; readonly payload: string }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' }

export type CodeSymbology = 'qr' | 'datamatrix' | 'gs1-datamatrix' | 'code128' | 'ean13' | 'gs1-128'

/** Under this many columns beside an amount a name reads badly; the amount then gets a line of its own. */
const NAME_COLUMNS_MIN = 8
const INDENT = '  '

/**
 * Lays blocks into a paper of so many columns of font A (32, 42 or 48). Texts wrap by words; an amount that fits the
 * paper always stands whole at the right margin; longer ones wrap and lose nothing.
 */
export function layColumns(blocks: readonly PrintBlock[], columns: number): PaperRow[] {
  return blocks.flatMap((block) => layBlock(block, columns))
}

function layBlock(block: PrintBlock, columns: number): PaperRow[] {
  switch (block.kind) {
    case 'logo':
      return [{ kind: 'picture', name: block.name, alt: block.alt }]
    case 'title':
      return lines(block.text, columns, { align: 'center', bold: true, size: 'large', invert: false })
    case 'text':
      return lines(block.text, columns, { ...block, invert: false })
    case 'pair':
      return pair(block.left, block.right, columns).map((text) => plain(text, block.bold))
    case 'item':
      return item(block, columns)
    case 'rule':
      return [plain((block.weight === 'double' ? '=' : '-').repeat(columns), false)]
    case 'total':
      return pair(block.left, block.right, columns).map((text) => ({ ...plain(text, true), size: 'tall' }))
    case 'banner':
      return lines(block.text, columns, { align: 'center', bold: true, size: 'tall', invert: true })
    case 'qr':
      return code('qr', block.payload, block.caption, columns)
    case 'datamatrix':
      return code(block.gs1 ? 'gs1-datamatrix' : 'datamatrix', block.payload, block.caption, columns)
    case 'barcode':
      return code(block.symbology, block.payload, block.caption, columns)
    case 'space':
      return [{ kind: 'feed', lines: block.lines }]
    case 'cut':
      return [{ kind: 'cut' }]
    default:
      return block satisfies never
  }
}

interface LineStyle {
  readonly align: 'left' | 'center' | 'right'
  readonly bold: boolean
  readonly size: TextSize
  readonly invert: boolean
}

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

/** A text at the left margin with its amount at the right one, on the last of the text's lines. */
function pair(left: string, right: string, columns: number): string[] {
  const beside = columns - columnsOf(right) - 1
  if (right === '') return wrapWords(left, columns)
  if (right.includes('\n') || beside < NAME_COLUMNS_MIN) {
    const above = left === '' ? [] : wrapWords(left, columns)
    return [...above, ...wrapWords(right, columns).map((line) => align(line, 'right', columns, false))]
  }
  const names = wrapWords(left, beside)
  const last = names.pop() ?? ''
  const gap = columns - columnsOf(last) - columnsOf(right)
  return [...names, last + ' '.repeat(gap) + right]
}

function item(block: PrintBlock & { kind: 'item' }, columns: number): PaperRow[] {
  const under = [...(block.quantity === null ? [] : [block.quantity]), ...block.details]
  return [
    ...pair(block.name, block.amount, columns).map((text) => plain(text, false)),
    ...under.flatMap((detail) => indented(detail, columns)).map((text) => plain(text, false)),
  ]
}

/** A serial that fits the paper but not the indented line is set at the margin: better whole than tidy. */
function indented(text: string, columns: number): string[] {
  const words = text.split(/[ \n]+/)
  const widest = Math.max(...words.map(columnsOf))
  const indent = widest > columns - INDENT.length ? '' : INDENT
  return wrapWords(text, columns - indent.length).map((line) => (line === '' ? '' : indent + line))
}

function code(symbology: CodeSymbology, payload: string, caption: string | null, columns: number): PaperRow[] {
  const words =
    caption === null ? [] : lines(caption, columns, { align: 'center', bold: false, size: 'normal', invert: false })
  return [{ kind: 'code', symbology, payload }, ...words]
}
