import type { KioskAction } from '../../contract/kiosk-view.ts'

/** What a step of the kiosk can have done. */
export type KioskAct = (action: KioskAction) => void
