import type { Font, PathCommand } from 'fontkit'
import { unreachable } from '../../../../contract/unreachable.ts'
import type { Contour } from './fill-outline.ts'

/** A curve of a letter at receipt size is under ten dots long: as many straight pieces are rounder than any head prints. */
const PIECES = 8

export interface WordOutline {
  readonly contours: readonly Contour[]
  /** How far the pen goes on, in dots. */
  readonly advance: number
}

/** A shaped word as outlines in dots, its line at `baseline` below the top, its pen starting at `left`. */
export function outlineOf(font: Font, word: string, at: { readonly size: number; readonly left: number; readonly baseline: number }): WordOutline {
  const run = font.layout(word)
  const scale = at.size / font.unitsPerEm
  const contours: number[][] = []
  let pen = 0
  run.glyphs.forEach((glyph, index) => {
    const { xAdvance, xOffset, yOffset } = run.positions[index] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 }
    const place = (x: number, y: number): [number, number] => [at.left + (pen + xOffset + x) * scale, at.baseline - (yOffset + y) * scale]
    contours.push(...contoursOf(glyph.path.commands, place))
    pen += xAdvance
  })
  return { contours, advance: pen * scale }
}

function contoursOf(commands: readonly PathCommand[], place: (x: number, y: number) => [number, number]): number[][] {
  const contours: number[][] = []
  let current: number[] = []
  let [x, y] = [0, 0]
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args
    switch (command) {
      case 'moveTo':
        current = [...place(a, b)]
        contours.push(current)
        break
      case 'lineTo':
        current.push(...place(a, b))
        break
      case 'quadraticCurveTo':
        for (let piece = 1; piece <= PIECES; piece++) {
          const [t, u] = [piece / PIECES, 1 - piece / PIECES]
          current.push(...place(u * u * x + 2 * u * t * a + t * t * c, u * u * y + 2 * u * t * b + t * t * d))
        }
        break
      case 'bezierCurveTo':
        for (let piece = 1; piece <= PIECES; piece++) {
          const [t, u] = [piece / PIECES, 1 - piece / PIECES]
          const along = (p0: number, p1: number, p2: number, p3: number): number =>
            u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3
          current.push(...place(along(x, a, c, e), along(y, b, d, f)))
        }
        break
      case 'closePath':
        break
      default:
        return unreachable(command)
    }
    if (args.length >= 2) [x, y] = [args.at(-2) ?? 0, args.at(-1) ?? 0]
  }
  return contours
}
