/** What was typed, read in both ways: by the place of the keys as on a US keyboard, and as the system's layout says. */
export interface BothReadings {
  readonly us: string
  readonly local: string
}

/** How a scanner types: as on a US keyboard (the advised setting), as the system's layout, or not yet known. */
export type ScannerLayout = 'us' | 'local' | 'unknown'

export type LayoutHint =
  /** Caps Lock is on; the scan was read all the same. */
  | { readonly kind: 'caps-lock' }
  /**
   * The keyboard of the system is not a US one. `sure` says that the way the scan was read is proven by its content;
   * otherwise letters may be exchanged, and a calibration scan is needed before codes can be trusted.
   */
  | { readonly kind: 'layout'; readonly system: 'azerty' | 'qwertz' | 'other'; readonly sure: boolean }

const AIM = /^\][A-Za-z][0-9A-Za-z]/
/** The digit row of a French keyboard without Shift. */
const AZERTY_DIGITS = /[&é"'(\-è_çà]/
const SHIFTED_DIGITS = /[!@#$%^&*()]/

/** The text of a scan and what the screen should say about the keyboard. */
export function readBoth(
  readings: BothReadings,
  layout: ScannerLayout,
): { readonly text: string; readonly hint: LayoutHint | null } {
  const { us, local } = readings
  if (us === local) return { text: us, hint: null }
  if (swappedCase(us) === local) return { text: us, hint: { kind: 'caps-lock' } }
  const system = systemLayout(readings)
  if (layout !== 'unknown') return { text: layout === 'us' ? us : local, hint: null }
  if (AIM.test(us) !== AIM.test(local))
    return { text: AIM.test(us) ? us : local, hint: { kind: 'layout', system, sure: true } }
  // A code full of digits reads as a row of signs in the wrong way: that tells which way is right.
  const doubts = signs(us) - signs(local)
  return { text: doubts > 0 ? local : us, hint: { kind: 'layout', system, sure: Math.abs(doubts) >= 3 } }
}

function systemLayout({ us, local }: BothReadings): 'azerty' | 'qwertz' | 'other' {
  for (let at = 0; at < us.length; at++) {
    const typed = us[at]!
    const shown = local[at] ?? ''
    if (/[aAqQwWzZ]/.test(typed) && 'qQaAzZwW'['aAqQwWzZ'.indexOf(typed)] === shown) return 'azerty'
    if (/[0-9]/.test(typed) && AZERTY_DIGITS.test(shown)) return 'azerty'
    if (/[!@#$%^&*()]/.test(typed) && /[0-9]/.test(shown)) return 'azerty'
    if (/[yYzZ]/.test(typed) && 'zZyY'['yYzZ'.indexOf(typed)] === shown) return 'qwertz'
    if ((typed === '-' && shown === 'ß') || (typed === '/' && shown === '-')) return 'qwertz'
  }
  return 'other'
}

function signs(text: string): number {
  let count = 0
  for (const character of text) if (SHIFTED_DIGITS.test(character) || character > '~') count++
  return count
}

function swappedCase(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
}
