import type { Right } from '../../../contract/roles.ts'
import type { Ground } from '../ground.ts'
import type { PaperSetting } from '../papers/paper-words.ts'
import type { Authority } from '../people/authority.ts'
import type { Writing } from '../store/store.ts'
import type { TerminalSignal } from './sale-state.ts'

/** What a deed may know and tell of the card terminal; asking it is done after the deed, when its row is durable. */
export interface TerminalLink {
  readonly address: string
  readonly byHand: boolean
  signal(signal: TerminalSignal): void
}

/** Who acts, on which flow. Everything below happens in the one transaction of the step. */
export interface Deed {
  readonly ground: Ground
  readonly db: Writing
  readonly flowId: string
  readonly staff: { readonly staffId: string; readonly name: string } | null
  /** Who answers for an act that needs a right: the person at the till, or who lent it (used up by this); null: nobody. */
  readonly authority: (right: Right, reaches?: (staffId: string) => boolean) => Authority | null
  /** False where no printer is set up: then no job is queued that would come out weeks later. */
  readonly hasPrinter: boolean
  /** Whether the label printer takes the slips that go with returned pieces. */
  readonly hasLabelPrinter: boolean
  /** The card terminal of this till; null where cards are taken beside the till. */
  readonly terminal: TerminalLink | null
  readonly setting: PaperSetting
}
