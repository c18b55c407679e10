/** Where a card terminal is. `manual`: a stand-alone one, into which a clerk keys the amount. */
export type TerminalAddress =
  | { readonly kind: 'zvt'; readonly host: string; readonly port: number }
  | { readonly kind: 'manual' }

/** The port that ZVT terminals listen on when nobody has set another. */
const ZVT_PORT = 20_007

/** Reads `zvt://HOST[:PORT]` or `manual`. Returns a sentence for the person who typed it where it is neither. */
export function parseTerminalAddress(text: string): TerminalAddress | string {
  if (text === 'manual') return { kind: 'manual' }
  const parts = /^zvt:\/\/(?:\[([0-9a-f:.]+)\]|([^:/[\]\s]+))(?::(\d+))?\/?$/i.exec(text)
  const host = parts?.[1] ?? parts?.[2]
  if (host === undefined) return `a card terminal is given as zvt://HOST:PORT or as manual, not as "${text}"`
  const port = Number(parts?.[3] ?? ZVT_PORT)
  return port >= 1 && port <= 65_535 ? { kind: 'zvt', host, port } : `there is no port ${port}`
}
