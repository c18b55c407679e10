export interface Noise {
  readonly kind: 'noise'
  readonly bytes: Uint8Array
}

/** One reply from the front of what was received, with its length; or that it is not whole yet, or none at all. */
export type Taken<Reply> = { readonly reply: Reply; readonly bytes: number } | 'incomplete' | 'noise'

/**
 * Takes replies off the front of what was received, as long as `take` finds one; the rest is the beginning of one that
 * is not complete. What is none is passed over byte by byte, and noise in a row is told in one piece.
 */
export function takeReplies<Reply>(
  received: Uint8Array, take: (received: Uint8Array) => Taken<Reply>,
): { readonly replies: readonly (Reply | Noise)[]; readonly rest: Uint8Array } {
  const replies: (Reply | Noise)[] = []
  let at = 0
  let noise_from: number | null = null
  const endNoise = () => {
    if (noise_from !== null) replies.push({ kind: 'noise', bytes: received.slice(noise_from, at) })
    noise_from = null
  }
  while (at < received.length) {
    const taken = take(received.subarray(at))
    if (taken === 'incomplete') break
    if (taken === 'noise') {
      noise_from ??= at
      at++
      continue
    }
    endNoise()
    replies.push(taken.reply)
    at += taken.bytes
  }
  endNoise()
  return { replies, rest: received.slice(at) }
}
