import { useSyncExternalStore } from 'react'
import { attachWedge, type AttachedWedge, type WedgeListeners } from './attach-wedge.ts'
import { USUAL_SETTINGS, type WedgeSettings } from './wedge.ts'

/** What a calibration scan taught stays in this browser: the scanner hangs on this machine. */
const STORED_AS = 'countermark.wedge'
/** As long as somebody needs to point a scanner at a screen. */
export const CALIBRATION_MS = 20_000

let wedge: AttachedWedge | null = null
let learned: WedgeSettings | null = null
const listeners = new Set<() => void>()

/** Attaches the detector of this window with what it learned before, if anything. */
export function attachWindowWedge(page: Window, on: WedgeListeners): void {
  learned = stored(page)
  wedge = attachWedge(page, on, learned ?? USUAL_SETTINGS)
}

/** Waits for a scan of the calibration code, and keeps what it teaches. False when it was not that code or none came. */
export async function calibrateWedge(): Promise<boolean> {
  const taught = (await wedge?.calibrate(CALIBRATION_MS)) ?? null
  if (taught !== null) keep(taught)
  return taught !== null
}

/** Back to the usual pace and to both readings of the keyboard. */
export function forgetCalibration(): void {
  wedge?.use(USUAL_SETTINGS)
  keep(null)
}

/** What was learned; null while the usual settings hold. */
export function useLearnedWedge(): WedgeSettings | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => learned,
  )
}

function keep(taught: WedgeSettings | null): void {
  learned = taught
  if (taught === null) window.localStorage.removeItem(STORED_AS)
  else window.localStorage.setItem(STORED_AS, JSON.stringify(taught))
  for (const listener of listeners) listener()
}

/** Null for nothing, and for anything that no calibration could have taught. */
function stored(page: Window): WedgeSettings | null {
  const text = page.localStorage.getItem(STORED_AS)
  if (text === null) return null
  try {
    return wedgeSettingsOf(JSON.parse(text))
  } catch {
    return null
  }
}

/** Checks what was stored; a hand may have been in it, and a gap of seconds would take typing for scans. */
export function wedgeSettingsOf(value: unknown): WedgeSettings | null {
  if (typeof value !== 'object' || value === null) return null
  const { gap_ms_max, layout } = value as Partial<WedgeSettings>
  if (typeof gap_ms_max !== 'number' || !(gap_ms_max >= 10 && gap_ms_max <= 120)) return null
  if (layout !== 'us' && layout !== 'local' && layout !== 'unknown') return null
  return { ...USUAL_SETTINGS, gap_ms_max, layout }
}
