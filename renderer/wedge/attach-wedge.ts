import type { LayoutHint } from './layout.ts'
import type { WedgeOutcome, WedgeSettings, WedgeStep } from './wedge.ts'
import { CALIBRATING, learn, pressed, quiet, startWedge, USUAL_SETTINGS } from './wedge.ts'

export interface AttachedWedge {
  /** Takes other settings, such as those a calibration has taught. */
  use(settings: WedgeSettings): void
  /**
   * Waits for a scan of the calibration code, teaches itself and returns what it learned. Null when another code came,
   * or nothing within `wait_ms`.
   */
  calibrate(wait_ms: number): Promise<WedgeSettings | null>
  detach(): void
}

export interface WedgeListeners {
  /** The text as the scanner typed it: AIM identifier and separators included, suffix removed. */
  scan(text: string): void
  hint(hint: LayoutHint): void
  /** A key follows another at a scanner's pace; the one before it went through to the page. */
  burst?(): void
}

/** A timer this late says that the page was busy, and that keys may be waiting which it has not seen yet. */
const LATE_MS = 15
const SEE_FIRST_MS = 25

/**
 * Listens for a keyboard scanner in a page, before anything in it does. A scan never needs a field, and never stays in
 * one: whatever has the focus gets its value and selection back. Attach it before other key listeners.
 */
export function attachWedge(page: Window, on: WedgeListeners, settings: WedgeSettings = USUAL_SETTINGS): AttachedWedge {
  let usual = settings
  let state = startWedge(settings)
  let before: Snapshot | null = null
  let timer = 0
  let calibrating: ((learned: WedgeSettings | null) => void) | null = null
  let inserting = false

  const carryOut = (outcome: WedgeOutcome) => {
    if (outcome.kind === 'typing') {
      inserting = true
      insert(page.document, outcome.held)
      inserting = false
      return
    }
    before?.restore()
    if (calibrating !== null) return calibrating(learn(outcome))
    if (outcome.hint !== null) on.hint(outcome.hint)
    on.scan(outcome.text)
  }
  const take = (step: WedgeStep) => {
    state = step.state
    step.outcomes.forEach(carryOut)
    page.clearTimeout(timer)
    if (step.quiet_ms !== null) timer = waitForQuiet(page, step.quiet_ms, (id) => (timer = id), flush)
  }
  const flush = () => take(quiet(state))
  const keydown = (event: KeyboardEvent) => {
    const step = pressed(state, keyOf(event))
    take(step)
    if (step.begins) before = snapshot(page.document.activeElement)
    if (!step.swallow) return
    on.burst?.()
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  // An Alt code makes its character without a key of its own; in the middle of a scan it belongs to the scan.
  const beforeinput = (event: InputEvent) => {
    if (!inserting && state.typed.length > 1 && event.inputType === 'insertText') event.preventDefault()
  }

  page.addEventListener('keydown', keydown, { capture: true })
  page.addEventListener('beforeinput', beforeinput, { capture: true })
  page.addEventListener('blur', flush)
  return {
    use(next) {
      usual = next
      state = startWedge(next)
    },
    calibrate: (wait_ms) =>
      new Promise((resolve) => {
        calibrating?.(null)
        state = startWedge(CALIBRATING)
        const late = page.setTimeout(() => calibrating?.(null), wait_ms)
        calibrating = (learned) => {
          page.clearTimeout(late)
          calibrating = null
          usual = learned ?? usual
          state = startWedge(usual)
          resolve(learned)
        }
      }),
    detach() {
      page.clearTimeout(timer)
      calibrating?.(null)
      page.removeEventListener('keydown', keydown, { capture: true })
      page.removeEventListener('beforeinput', beforeinput, { capture: true })
      page.removeEventListener('blur', flush)
    },
  }
}

function keyOf(event: KeyboardEvent) {
  const { code, key, repeat } = event
  const alt = event.altKey || event.getModifierState('AltGraph')
  const ctrl = event.ctrlKey || event.getModifierState('AltGraph')
  return { code, key, repeat, shift: event.shiftKey, ctrl, alt, meta: event.metaKey, at: event.timeStamp }
}

function waitForQuiet(page: Window, wait_ms: number, again: (timer: number) => void, act: () => void): number {
  const due = page.performance.now() + wait_ms
  return page.setTimeout(() => {
    if (page.performance.now() - due < LATE_MS) act()
    else again(page.setTimeout(act, SEE_FIRST_MS))
  }, wait_ms)
}

interface Snapshot {
  restore(): void
}

/** The focused field as it is before the first key of what may be a scan. */
function snapshot(focused: Element | null): Snapshot | null {
  if (!(focused instanceof HTMLInputElement) && !(focused instanceof HTMLTextAreaElement)) return null
  const { value, selectionStart, selectionEnd } = focused
  return {
    restore() {
      if (focused.value !== value) {
        setValue(focused, value)
        focused.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }))
      }
      // Number and date fields have no selection to give back.
      if (selectionStart !== null) focused.setSelectionRange(selectionStart, selectionEnd)
    },
  }
}

/** A framework that watches the `value` property of its fields would take a plain assignment for its own. */
function setValue(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const kind = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Reflect.set(kind, 'value', value, field)
}

/** Puts held keys where they would have gone; the browser's own insertion keeps undo, limits and input events right. */
function insert(page: Document, held: string): void {
  if (held !== '') page.execCommand('insertText', false, held)
}
