import type { Order, Outcome, RfidCommand, TagSeen, Unsupported } from './reader.ts'

/**
 * What happens to a tag when its owner leaves the shop: `write` gives it another EPC (a plain model number, or the
 * next owner's), `mute` an EPC of zeros that names nothing, `kill` silences it for ever. The order is followed by a
 * reading of the field, because the answer to an order can be lost and a tag can be out of reach.
 */
export type PrivacyWish =
  | { readonly choice: 'write'; readonly epc: string; readonly to: string; readonly password?: string }
  | { readonly choice: 'mute'; readonly epc: string; readonly password?: string }
  | { readonly choice: 'kill'; readonly epc: string; readonly password: string }

export type PrivacyWhy =
  | 'confirmed-by-reading'
  | 'old-epc-still-read'
  | 'new-epc-not-read'
  | 'nothing-read'
  | 'not-supported'
  | 'refused'

export type PrivacyState =
  | { readonly at: 'ordered'; readonly wish: PrivacyWish; readonly id: string }
  | {
      readonly at: 'reading'
      readonly wish: PrivacyWish
      readonly said: Outcome['outcome']
      readonly old_seen: boolean
      readonly new_seen: boolean
    }
  | { readonly at: 'ended'; readonly outcome: Outcome['outcome']; readonly why: PrivacyWhy }

export type PrivacyInput =
  | { readonly kind: 'event'; readonly event: Outcome | Unsupported | TagSeen }
  /** The time asked for has passed. */
  | { readonly kind: 'time' }
  | { readonly kind: 'reader-lost' }

export type PrivacyEffect =
  | { readonly kind: 'command'; readonly command: RfidCommand }
  | { readonly kind: 'wait'; readonly after_ms: number }

export type PrivacyStep = readonly [PrivacyState, readonly PrivacyEffect[]]

/** Long enough for dozens of rounds, and shorter than a customer's patience. */
export const READING_MS = 1_000

/** `id` names the order; it must be unlike that of any order before. The tag has to stay on the pad until the end. */
export function beginPrivacy(wish: PrivacyWish, id: string): PrivacyStep {
  return [{ at: 'ordered', wish, id }, [{ kind: 'command', command: orderOf(wish, id) }]]
}

/** The EPC that names nothing: zeros, as long as the old one, so that the tag's PC word stays right. */
export function mutedEpc(epc: string): string {
  return '0'.repeat(epc.length)
}

export function stepPrivacy(state: PrivacyState, input: PrivacyInput): PrivacyStep {
  if (state.at === 'ended') return [state, []]
  if (input.kind === 'reader-lost') return [ended('unknown', 'nothing-read'), []]
  if (state.at === 'ordered') return input.kind === 'event' ? ordered(state, input.event) : [state, []]
  if (input.kind === 'time') return [judge(state), []]
  return input.event.kind === 'tag' ? [seen(state, input.event), []] : [state, []]
}

function ordered(
  state: Extract<PrivacyState, { at: 'ordered' }>,
  event: Outcome | Unsupported | TagSeen,
): PrivacyStep {
  if (event.kind === 'tag' || event.id !== state.id) return [state, []]
  if (event.kind === 'unsupported') return [ended('not-done', 'not-supported'), []]
  // The tag or the reader said no, clearly: there is nothing to look for.
  if (event.outcome === 'not-done') return [ended('not-done', 'refused'), []]
  return [
    { at: 'reading', wish: state.wish, said: event.outcome, old_seen: false, new_seen: false },
    [
      { kind: 'command', command: { kind: 'open-field' } },
      { kind: 'wait', after_ms: READING_MS },
    ],
  ]
}

function seen(state: Extract<PrivacyState, { at: 'reading' }>, tag: TagSeen): PrivacyState {
  const wanted = newEpc(state.wish)
  return {
    ...state,
    old_seen: state.old_seen || tag.epc === state.wish.epc,
    new_seen: state.new_seen || (wanted !== null && tag.epc === wanted),
  }
}

/**
 * A tag that still answers to its old EPC was not changed, whatever the reader said. A new EPC that is read proves
 * the writing. Silence proves a kill only together with the reader's word: the tag may just have left the pad.
 */
function judge(state: Extract<PrivacyState, { at: 'reading' }>): PrivacyState {
  if (state.old_seen) return ended('not-done', 'old-epc-still-read')
  if (state.wish.choice === 'kill')
    return state.said === 'done' ? ended('done', 'confirmed-by-reading') : ended('unknown', 'nothing-read')
  return state.new_seen ? ended('done', 'confirmed-by-reading') : ended('unknown', 'new-epc-not-read')
}

function newEpc(wish: PrivacyWish): string | null {
  switch (wish.choice) {
    case 'write':
      return wish.to
    case 'mute':
      return mutedEpc(wish.epc)
    case 'kill':
      return null
    default:
      return wish satisfies never
  }
}

function orderOf(wish: PrivacyWish, id: string): Order {
  const { epc } = wish
  if (wish.choice === 'kill') return { kind: 'kill', id, epc, password: wish.password }
  const to = wish.choice === 'write' ? wish.to : mutedEpc(epc)
  return wish.password === undefined
    ? { kind: 'write-epc', id, epc, to }
    : { kind: 'write-epc', id, epc, to, password: wish.password }
}

function ended(outcome: Outcome['outcome'], why: PrivacyWhy): PrivacyState {
  return { at: 'ended', outcome, why }
}
