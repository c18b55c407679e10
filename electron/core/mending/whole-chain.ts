import { chained } from '../store/journal.ts'
import type { FoundEvent } from './journal-pages.ts'

/** What could be put together of a till's journal. */
export interface WholeChain {
  /** From the first event on without a gap, each following from the one before it. */
  readonly events: readonly FoundEvent[]
  /** Behind a gap: they happened, and what they followed is lost. In their order. */
  readonly loose: readonly FoundEvent[]
  /** Numbers of events that are known to have been and that nobody has any more. */
  readonly missing: number
}

/**
 * Puts a journal together from what the centre has of it and what was found here. Up to the centre's last event its
 * word is taken, because everything it has was followed there link by link; behind that only what follows. Nothing is
 * taken into the chain that does not hash into it; and of what stands behind a gap only that is dropped which its
 * neighbour shows to have been changed.
 */
export function wholeChain(found: readonly FoundEvent[], centre: readonly FoundEvent[]): WholeChain {
  const here = new Map<number, FoundEvent[]>()
  for (const event of found) if (isEvent(event)) here.set(event.seq, [...(here.get(event.seq) ?? []), event])
  const events: FoundEvent[] = []
  let before: Buffer = Buffer.alloc(32)
  for (let seq = 1; ; seq += 1) {
    const next = [...centre.slice(seq - 1, seq), ...(here.get(seq) ?? [])].find((event) => chained(before, event.body).equals(event.hash))
    if (!next) break
    events.push(next)
    before = next.hash
  }
  const known = new Set(events.map((event) => idOf(event)))
  const loose = [...here.entries()]
    .filter(([seq]) => seq > events.length)
    .sort(([a], [b]) => a - b)
    .flatMap(([seq, candidates]) => candidates.filter((event) => mayFollow(event, [...events.slice(seq - 2, seq - 1), ...(here.get(seq - 1) ?? [])])).slice(0, 1))
    .filter((event) => !known.has(idOf(event)))
  const last = loose.at(-1)?.seq ?? events.length
  return { events, loose, missing: last - events.length - loose.length }
}

/** What is known to stand before an event tells whether its bytes are those of that day; where nothing is, they are believed. */
const mayFollow = (event: FoundEvent, before: readonly FoundEvent[]): boolean =>
  before.length === 0 || before.some(({ hash }) => chained(hash, event.body).equals(event.hash))

/** Bytes that cannot have been an event of this number are none. */
function isEvent({ seq, body }: FoundEvent): boolean {
  try {
    const said = JSON.parse(body) as Record<string, unknown>
    return said['seq'] === seq && typeof said['id'] === 'string' && typeof said['kind'] === 'string' && typeof said['at'] === 'string'
  } catch {
    return false
  }
}

const idOf = ({ body }: FoundEvent): string => (JSON.parse(body) as { id: string }).id
