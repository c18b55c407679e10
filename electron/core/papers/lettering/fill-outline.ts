import { bytesPerRow, type Bitmap } from '../../../../native/printers/bitmap.ts'

/** A closed line of corners, x and y by turns, in dots; y grows downwards. The last corner joins the first. */
export type Contour = readonly number[]

/** Looks so many times a row of dots. Across a row the share is exact. */
const LOOKS = 5
/** A dot burns when this much of it is inside: a little under half, because a thin stroke must not break. */
const BLACK_FROM = 0.45

/**
 * Fills an outline into dots. What the contours wind around is inside, however often (the nonzero rule of font
 * formats), so letters that overlap where they join stay black. What lies beyond the bitmap is left out.
 */
export function fillOutline(contours: readonly Contour[], width: number, height: number): Bitmap {
  const edges = contours.flatMap(edgesOf)
  const across = bytesPerRow(width)
  const dots = new Uint8Array(across * height)
  const shares = new Float64Array(width)
  for (let row = 0; row < height; row++) {
    const touched = edges.filter((edge) => edge.top < row + 1 && edge.bottom > row)
    if (touched.length === 0) continue
    shares.fill(0)
    for (let look = 0; look < LOOKS; look++) addSpans(touched, row + (look + 0.5) / LOOKS, shares)
    for (let x = 0; x < width; x++) {
      if (shares[x]! >= BLACK_FROM * LOOKS) dots[row * across + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  return { width, height, dots }
}

/** A side of the outline, from its upper to its lower end; `turn` says which way the outline runs there. */
interface Edge {
  readonly top: number
  readonly bottom: number
  readonly x_at_top: number
  readonly slope: number
  readonly turn: 1 | -1
}

function edgesOf(contour: Contour): Edge[] {
  const edges: Edge[] = []
  for (let at = 0; at + 1 < contour.length; at += 2) {
    const next = (at + 2) % contour.length
    const [x0, y0, x1, y1] = [contour[at]!, contour[at + 1]!, contour[next]!, contour[next + 1]!]
    if (y0 === y1) continue
    const slope = (x1 - x0) / (y1 - y0)
    edges.push(y0 < y1 ? { top: y0, bottom: y1, x_at_top: x0, slope, turn: 1 } : { top: y1, bottom: y0, x_at_top: x1, slope, turn: -1 })
  }
  return edges
}

/** Adds what is inside along one height. An edge owns its upper end and not its lower, so no corner counts twice. */
function addSpans(edges: readonly Edge[], y: number, shares: Float64Array): void {
  const crossings = edges
    .filter((edge) => edge.top <= y && y < edge.bottom)
    .map((edge) => ({ x: edge.x_at_top + (y - edge.top) * edge.slope, turn: edge.turn }))
    .sort((a, b) => a.x - b.x)
  let winding = 0
  let from = 0
  for (const { x, turn } of crossings) {
    if (winding === 0) from = x
    winding += turn
    if (winding === 0) addSpan(from, x, shares)
  }
}

function addSpan(from: number, to: number, shares: Float64Array): void {
  const [left, right] = [Math.max(0, from), Math.min(shares.length, to)]
  for (let x = Math.floor(left); x < right; x++) shares[x]! += Math.min(right, x + 1) - Math.max(left, x)
}
