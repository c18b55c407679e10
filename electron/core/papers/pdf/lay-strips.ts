import type { ReceiptBlock } from '../../../../contract/receipt.ts'
import { unreachable } from '../../../../contract/unreachable.ts'
import type { CodeSymbology } from '../../../../native/printers/columns.ts'
import { encodeSymbol, type CodeSymbol } from '../../../../native/printers/symbols.ts'
import type { Align, Pdf, PdfPen, Style } from './pdf-pen.ts'

/** A part of the paper that is not torn apart by the end of a page. */
export type Strip =
  | { readonly kind: 'cut' }
  | {
      readonly kind: 'drawn'
      readonly height: number
      /** Heading, paragraph, picture, or mere decoration, for those who have the document read to them. */
      readonly role: 'H1' | 'P' | 'Figure' | 'decoration'
      readonly draw: (y: number) => void
    }

export interface Sheet {
  readonly x: number
  readonly width: number
  readonly size_pt: number
}

const LEADING = 1.35
const MM = 72 / 25.4
/** 0.5 mm a module is read by every scanner and by telephones from 30 cm. */
const MODULE = 0.5 * MM
const QUIET_MODULES = 4

/** Lays the blocks of a document under each other; nothing is cut, amounts stand whole at the end of their line. */
export class StripLayer {
  readonly #pdf: Pdf
  readonly #pen: PdfPen
  readonly #sheet: Sheet
  readonly #pictures: ReadonlyMap<string, Uint8Array>
  readonly #plain: Style
  readonly #bold: Style
  readonly #small: Style

  constructor(pdf: Pdf, pen: PdfPen, sheet: Sheet, pictures: ReadonlyMap<string, Uint8Array>) {
    this.#pdf = pdf
    this.#pen = pen
    this.#sheet = sheet
    this.#pictures = pictures
    this.#plain = { weight: 'plain', size_pt: sheet.size_pt }
    this.#bold = { weight: 'bold', size_pt: sheet.size_pt }
    this.#small = { weight: 'plain', size_pt: sheet.size_pt * 0.88 }
  }

  lay(blocks: readonly ReceiptBlock[]): Strip[] {
    return blocks.flatMap((block) => this.#block(block))
  }

  #block(block: ReceiptBlock): Strip[] {
    const { size_pt } = this.#sheet
    switch (block.kind) {
      case 'logo':
        return this.#logo(block.name, block.alt)
      case 'title':
        return this.#lines(block.text, { weight: 'bold', size_pt: size_pt * 1.5 }, 'center', 'H1')
      case 'text':
        return this.#lines(block.text, { weight: block.bold ? 'bold' : 'plain', size_pt: size_pt * SIZES[block.size] }, ALIGNS[block.align])
      case 'pair':
        return this.#pair(block.left, block.right, block.bold ? this.#bold : this.#plain)
      case 'item':
        return [
          gap(size_pt * 0.25),
          ...this.#pair(block.name, block.amount, this.#bold),
          ...[...(block.quantity === null ? [] : [block.quantity]), ...block.details].flatMap((detail) =>
            this.#lines(detail, this.#small, 'start', 'P', size_pt),
          ),
        ]
      case 'rule':
        return [this.#rule(block.weight === 'double')]
      case 'total':
        return this.#pair(block.left, block.right, { weight: 'bold', size_pt: size_pt * 1.3 })
      case 'banner':
        return this.#banner(block.text)
      case 'qr':
        return this.#code('qr', block.payload, block.caption)
      case 'datamatrix':
        return this.#code(block.gs1 ? 'gs1-datamatrix' : 'datamatrix', block.payload, block.caption)
      case 'barcode':
        return this.#code(block.symbology, block.payload, block.caption)
      case 'space':
        return [gap(block.lines * size_pt * LEADING)]
      case 'cut':
        return [{ kind: 'cut' }]
      default:
        return unreachable(block)
    }
  }

  #lines(text: string, style: Style, align: Align, role: 'H1' | 'P' = 'P', indent = 0): Strip[] {
    const { x, width } = this.#sheet
    const box = { x: x + (this.#pen.direction === 'ltr' ? indent : 0), width: width - indent }
    return this.#pen.wrap(text, box.width, style).map((line) => ({
      kind: 'drawn',
      height: style.size_pt * LEADING,
      role: line.text === '' ? 'decoration' : role,
      draw: (y) => this.#pen.draw(line, { ...box, y }, style, align),
    }))
  }

  /** The value on the last line of its words where both fit, else whole on a line of its own. */
  #pair(left: string, right: string, style: Style): Strip[] {
    const { x, width } = this.#sheet
    const beside = width - this.#pen.widthOf(right, style) - style.size_pt
    if (right === '') return this.#lines(left, style, 'start')
    if (right.includes('\n') || beside < width * 0.3)
      return [...(left === '' ? [] : this.#lines(left, style, 'start')), ...this.#lines(right, style, 'end')]
    const lines = this.#pen.wrap(left, beside, style)
    const startX = this.#pen.direction === 'ltr' ? x : x + width - beside
    return lines.map((line, index) => ({
      kind: 'drawn',
      height: style.size_pt * LEADING,
      role: 'P',
      draw: (y) => {
        this.#pen.draw(line, { x: startX, width: beside, y }, style, 'start')
        if (index === lines.length - 1) this.#pen.draw(right, { x, width, y }, style, 'end')
      },
    }))
  }

  #rule(double: boolean): Strip {
    const { x, width, size_pt } = this.#sheet
    return {
      kind: 'drawn',
      height: size_pt * 0.9,
      role: 'decoration',
      draw: (y) => {
        for (const dy of double ? [-0.8, 0.8] : [0])
          this.#pdf.moveTo(x, y + size_pt * 0.4 + dy).lineTo(x + width, y + size_pt * 0.4 + dy).lineWidth(0.6).strokeColor('#444444').stroke()
      },
    }
  }

  #banner(text: string): Strip[] {
    const { x, width, size_pt } = this.#sheet
    const style: Style = { weight: 'bold', size_pt: size_pt * 1.15 }
    const lines = this.#pen.wrap(text, width - size_pt, style)
    const height = lines.length * style.size_pt * LEADING + size_pt * 0.5
    const draw = (y: number): void => {
      this.#pdf.rect(x, y, width, height).fill('#16181d')
      lines.forEach((line, index) =>
        this.#pen.draw(line, { x, width, y: y + size_pt * 0.3 + index * style.size_pt * LEADING }, style, 'center', '#ffffff'),
      )
    }
    return [{ kind: 'drawn', height, role: 'P', draw }, gap(size_pt * 0.5)]
  }

  #logo(name: string, alt: string): Strip[] {
    const picture = this.#pictures.get(name)
    if (picture === undefined) return alt === '' ? [] : this.#lines(alt, this.#bold, 'center')
    const { x, width, size_pt } = this.#sheet
    const height = size_pt * 6
    return [
      {
        kind: 'drawn',
        height: height + size_pt * 0.5,
        role: 'Figure',
        draw: (y) => void this.#pdf.image(Buffer.from(picture), x + width * 0.2, y, { fit: [width * 0.6, height], align: 'center' }),
      },
    ]
  }

  /** A payload that the symbology cannot hold is written out instead: a paper without its number helps nobody. */
  #code(symbology: CodeSymbology, payload: string, caption: string | null): Strip[] {
    const symbol = encodeSymbol(symbology, payload)
    const words = caption === null ? [] : this.#lines(caption, this.#small, 'center')
    if (typeof symbol === 'string') return [...this.#lines(payload, this.#small, 'center'), ...words]
    const { x, width } = this.#sheet
    const modules = (symbol.kind === 'matrix' ? symbol.across : symbol.modules) + 2 * QUIET_MODULES
    const module = Math.min(MODULE, width / modules)
    const height = symbol.kind === 'matrix' ? (symbol.down + 2 * QUIET_MODULES) * module : 14 * MM
    const left = x + (width - modules * module) / 2 + QUIET_MODULES * module
    return [{ kind: 'drawn', height, role: 'Figure', draw: (y) => this.#fillSymbol(symbol, left, y, module) }, ...words]
  }

  #fillSymbol(symbol: CodeSymbol, left: number, y: number, module: number): void {
    if (symbol.kind === 'matrix') {
      symbol.black.forEach((black, index) => {
        const column = index % symbol.across
        const row = Math.floor(index / symbol.across) + QUIET_MODULES
        if (black) this.#pdf.rect(left + column * module, y + row * module, module, module)
      })
    } else {
      let at = left
      symbol.widths.forEach((modules, index) => {
        if (index % 2 === 0) this.#pdf.rect(at, y + MM, modules * module, 12 * MM)
        at += modules * module
      })
    }
    this.#pdf.fill('#000000')
  }
}

const gap = (height: number): Strip => ({ kind: 'drawn', height, role: 'decoration', draw: () => undefined })

const SIZES = { normal: 1, tall: 1.25, large: 1.5 } as const
const ALIGNS = { left: 'start', center: 'center', right: 'end' } as const
