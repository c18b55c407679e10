import type { KioskHealth } from '../../../contract/hand-over.ts'
import type { TerminalLink } from '../flows/deed.ts'
import type { LabelState } from './piece-labels.ts'

/** What a view may know of the machines of a kiosk, and of the kiosks of the store. */
export interface KioskAtDesk {
  labelOf(returnId: string): LabelState
  terminal(): TerminalLink | null
  /** As they told of themselves lately; empty at a till that listens to none. */
  kiosks(): readonly KioskHealth[]
}
