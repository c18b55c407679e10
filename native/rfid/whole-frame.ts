import type { FrameShape } from './assembler.ts'

/** The frame that these bytes are, from the first to the last; null when they are not exactly one. */
export function wholeFrame<Frame>(shape: FrameShape<Frame>, bytes: Uint8Array): Frame | null {
  const look = shape.look(bytes, 0)
  return look.kind === 'frame' && look.length === bytes.length ? look.frame : null
}
