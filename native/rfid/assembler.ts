import { joined } from '../bytes.ts'
import type { Garbled } from '../driver.ts'

/** What stands at one place of the line: a frame, a byte of none, a byte that means nothing, or too little to say. */
export type Look<Frame> =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly length: number }
  | { readonly kind: 'no' }
  /** A filling byte the protocol allows between frames; dropped without a word. */
  | { readonly kind: 'pad' }
  /** `filling`: the bytes there so far may as well be filling, which is what they were if nothing follows. */
  | { readonly kind: 'short'; readonly filling: boolean }

export interface FrameShape<Frame> {
  readonly name: string
  /** The longest frame it waits for; `look` says `short` only while fewer bytes than this are there. */
  readonly bytes_max: number
  /** Looks at `bytes` from `at` on. Length and checksum decide, never a closing delimiter. */
  look(bytes: Uint8Array, at: number): Look<Frame>
}

export const NO = { kind: 'no' } as const
export const PAD = { kind: 'pad' } as const
export const SHORT = { kind: 'short', filling: false } as const
export const SHORT_OR_PAD = { kind: 'short', filling: true } as const

/** What is kept between two chunks: the beginning of a frame, and garbage not yet told. */
export interface Assembly {
  readonly held: Uint8Array
  readonly skipped: Uint8Array
}

export type Found<Frame> = { readonly kind: 'frame'; readonly frame: Frame } | Garbled

export const EMPTY_ASSEMBLY: Assembly = { held: new Uint8Array(), skipped: new Uint8Array() }

/** Garbage is told when a good frame follows, or when this much has gathered: the same however the bytes are cut. */
export const GARBLED_BYTES_MAX = 64

/**
 * Takes the next chunk and gives the frames complete by now, in order. After a byte that fits nowhere it looks again
 * from the next one, so one torn frame costs only itself. Never throws; keeps less than `bytes_max` bytes.
 */
export function assemble<Frame>(
  shape: FrameShape<Frame>,
  before: Assembly,
  chunk: Uint8Array,
): readonly [Assembly, readonly Found<Frame>[]] {
  const bytes = before.held.length === 0 ? chunk : joined(before.held, chunk)
  return scan(shape, before.skipped, bytes, false)
}

/** The line has gone quiet in the middle of a frame: what is held is no frame, but one may stand inside it. */
export function flush<Frame>(
  shape: FrameShape<Frame>,
  before: Assembly,
): readonly [Assembly, readonly Found<Frame>[]] {
  return scan(shape, before.skipped, before.held, true)
}

function scan<Frame>(
  shape: FrameShape<Frame>,
  skippedBefore: Uint8Array,
  bytes: Uint8Array,
  last: boolean,
): readonly [Assembly, readonly Found<Frame>[]] {
  const found: Found<Frame>[] = []
  let skipped: number[] = skippedBefore.length === 0 ? [] : [...skippedBefore]
  const tellGarbage = () => {
    if (skipped.length === 0) return
    found.push({ kind: 'garbled', bytes: Uint8Array.from(skipped), why: `no ${shape.name} frame` })
    skipped = []
  }
  let at = 0
  while (at < bytes.length) {
    const look = shape.look(bytes, at)
    if (look.kind === 'short' && !last) break
    if (look.kind === 'frame') {
      tellGarbage()
      found.push({ kind: 'frame', frame: look.frame })
      at += look.length
    } else {
      if (look.kind === 'no' || (look.kind === 'short' && !look.filling)) skipped.push(bytes[at]!)
      if (skipped.length === GARBLED_BYTES_MAX) tellGarbage()
      at++
    }
  }
  if (last) tellGarbage()
  return [{ held: bytes.slice(at), skipped: Uint8Array.from(skipped) }, found]
}
