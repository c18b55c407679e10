import type { Bitmap } from '../../printers/bitmap.ts'

/**
 * What a printer understands of the bytes it gets, in the terms of the bytes: numbers are those of the command, not
 * what they mean. The same words serve ESC/POS and Star's line mode.
 */
export type SeenCommand =
  /** One printable byte; which character it is depends on the page. */
  | { readonly kind: 'glyph'; readonly byte: number }
  | { readonly kind: 'line-feed' }
  | { readonly kind: 'carriage-return' }
  | { readonly kind: 'initialise' }
  | { readonly kind: 'leave-kanji' }
  | { readonly kind: 'international-set'; readonly number: number }
  | { readonly kind: 'page'; readonly number: number }
  | { readonly kind: 'font'; readonly number: number }
  | { readonly kind: 'bold'; readonly on: boolean }
  | { readonly kind: 'underline'; readonly on: boolean }
  | { readonly kind: 'invert'; readonly on: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'align'; readonly number: number }
  | { readonly kind: 'line-spacing'; readonly dots: number | null }
  | { readonly kind: 'feed'; readonly lines: number }
  /** `mode` is the byte of the command; `feed` the dots fed before, where the form has them. */
  | { readonly kind: 'cut'; readonly mode: number; readonly feed: number | null }
  | { readonly kind: 'drawer'; readonly pin: number; readonly on: number; readonly off: number }
  | { readonly kind: 'drawer-at-once'; readonly pin: number; readonly time: number }
  | { readonly kind: 'picture'; readonly bitmap: Bitmap }
  /** Kept for a later `print-stored`. */
  | { readonly kind: 'store-picture'; readonly head: Uint8Array; readonly bitmap: Bitmap }
  | { readonly kind: 'print-stored' }
  | { readonly kind: 'qr-model'; readonly model: number }
  | { readonly kind: 'qr-module'; readonly dots: number }
  | { readonly kind: 'qr-level'; readonly level: number }
  | { readonly kind: 'qr-store'; readonly bytes: Uint8Array }
  | { readonly kind: 'qr-print' }
  | { readonly kind: 'bar-height'; readonly dots: number }
  | { readonly kind: 'bar-width'; readonly dots: number }
  | { readonly kind: 'bar-text'; readonly number: number }
  | { readonly kind: 'bar-font'; readonly number: number }
  | { readonly kind: 'bars'; readonly type: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ask-status'; readonly number: number }
  | { readonly kind: 'ask-in-queue'; readonly number: number }
  | { readonly kind: 'ask-card'; readonly number: number }
  | { readonly kind: 'ask-process'; readonly id: Uint8Array }
  | { readonly kind: 'ask-change-now'; readonly number: number }
  | { readonly kind: 'tell-changes'; readonly number: number }
  | { readonly kind: 'recover'; readonly number: number }
  | { readonly kind: 'forget' }
  | { readonly kind: 'choose-device'; readonly number: number }
  | { readonly kind: 'star-ask-status' }
  | { readonly kind: 'star-ask-version' }
  | { readonly kind: 'star-fence' }
  /** A byte below 20 that is no command here; printers skip it. */
  | { readonly kind: 'skipped'; readonly byte: number }

/** Done as they arrive, even offline and with a full buffer; everything else waits its turn in the print data. */
const AT_ONCE: ReadonlySet<SeenCommand['kind']> = new Set([
  'ask-status',
  'ask-change-now',
  'recover',
  'forget',
  'drawer-at-once',
  'star-ask-status',
])

export function isDoneAtOnce(command: SeenCommand): boolean {
  return AT_ONCE.has(command.kind)
}

/** One form of a command: its first bytes, and how the bytes after them are read. */
export interface CommandForm {
  readonly head: readonly number[]
  /** How many bytes follow; a function where they tell that themselves. Null: not all of them are there yet. */
  readonly length: number | ((after: Uint8Array) => number | null)
  readonly read: (after: Uint8Array) => SeenCommand
}

/** Reads commands off the front by a table of forms; the rest is the beginning of one that is not complete. */
export function readByForms(
  received: Uint8Array,
  forms: readonly CommandForm[],
): { readonly commands: readonly SeenCommand[]; readonly rest: Uint8Array } {
  const commands: SeenCommand[] = []
  let at = 0
  while (at < received.length) {
    const taken = takeCommand(received.subarray(at), forms)
    if (taken === null) break
    commands.push(taken.command)
    at += taken.bytes
  }
  return { commands, rest: received.slice(at) }
}

function takeCommand(
  received: Uint8Array,
  forms: readonly CommandForm[],
): { readonly command: SeenCommand; readonly bytes: number } | null {
  const first = received[0]!
  if (first >= 0x20) return { command: { kind: 'glyph', byte: first }, bytes: 1 }
  const matching = forms.filter((form) =>
    form.head.every((byte, index) => index >= received.length || received[index] === byte),
  )
  if (matching.length === 0) return { command: { kind: 'skipped', byte: first }, bytes: 1 }
  const form = matching.find((candidate) => candidate.head.length <= received.length)
  if (form === undefined) return null
  const after = received.subarray(form.head.length)
  const length = typeof form.length === 'number' ? form.length : form.length(after)
  if (length === null || after.length < length) return null
  return { command: form.read(after.subarray(0, length)), bytes: form.head.length + length }
}
