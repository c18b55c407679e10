import { ascii } from '../bytes.ts'

/**
 * The commands of Aedex displays: an attention of two characters, a digit, text, CR (source: the aedex driver of
 * lcdproc, which changes the attention from `!#` to two blanks).
 */
export type AedexCommand =
  | {
      readonly kind: 'line'
      readonly row: 'upper' | 'lower' | 'both'
      readonly text: string
      readonly attention: string
    }
  /** From now on every command begins with these two characters. */
  | { readonly kind: 'attention'; readonly becomes: string; readonly attention: string }

const ROWS = { upper: '1', lower: '2', both: '9' } as const
const CHANGE_ATTENTION = '8'
export const AEDEX_ATTENTION = '!#'

/** A command as bytes. Texts must be ASCII. */
export function aedexBytes(command: AedexCommand): Uint8Array {
  const [digit, text] =
    command.kind === 'line' ? [ROWS[command.row], command.text] : [CHANGE_ATTENTION, command.becomes]
  return ascii(`${command.attention}${digit}${text}\r`)
}

/** Reads one command, as the display does; null for bytes that are none. */
export function readAedex(bytes: Uint8Array): AedexCommand | null {
  const words = String.fromCharCode(...bytes)
  if (!words.endsWith('\r') || words.length < 4) return null
  const attention = words.slice(0, 2)
  const text = words.slice(3, -1)
  if (words[2] === CHANGE_ATTENTION) return text.length === 2 ? { kind: 'attention', becomes: text, attention } : null
  const row = (Object.keys(ROWS) as (keyof typeof ROWS)[]).find((name) => ROWS[name] === words[2])
  return row === undefined ? null : { kind: 'line', row, text, attention }
}
