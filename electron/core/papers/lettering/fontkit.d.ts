/** The little of fontkit that lettering uses; the package brings no types. Lengths are in units of the font. */
declare module 'fontkit' {
  export interface PathCommand {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'
    /** Points as x, y, x, y …, y growing upwards; the last one is where the pen is afterwards. */
    readonly args: readonly number[]
  }

  /** Glyphs in the order in which they stand from left to right, also for a word that is read from the right. */
  export interface GlyphRun {
    readonly glyphs: readonly { readonly id: number; readonly path: { readonly commands: readonly PathCommand[] } }[]
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[]
    readonly advanceWidth: number
  }

  export interface Font {
    readonly unitsPerEm: number
    readonly ascent: number
    /** Below the line, and therefore negative. */
    readonly descent: number
    layout(text: string): GlyphRun
    hasGlyphForCodePoint(codePoint: number): boolean
  }

  export function openSync(file: string): Font
}
