/** Unshifted and shifted character of each key usage on a US keyboard (USB HID usage tables, page 07). */
const SYMBOL_KEYS: Readonly<Record<number, readonly [string, string]>> = {
  0x1e: ['1', '!'], 0x1f: ['2', '@'], 0x20: ['3', '#'], 0x21: ['4', '$'], 0x22: ['5', '%'], 0x23: ['6', '^'],
  0x24: ['7', '&'], 0x25: ['8', '*'], 0x26: ['9', '('], 0x27: ['0', ')'], 0x28: ['\n', '\n'], 0x2b: ['\t', '\t'],
  0x2c: [' ', ' '], 0x2d: ['-', '_'], 0x2e: ['=', '+'], 0x2f: ['[', '{'], 0x30: [']', '}'], 0x31: ['\\', '|'],
  0x32: ['#', '~'], 0x33: [';', ':'], 0x34: ["'", '"'], 0x35: ['`', '~'], 0x36: [',', '<'], 0x37: ['.', '>'],
  0x38: ['/', '?'], 0x54: ['/', '/'], 0x55: ['*', '*'], 0x56: ['-', '-'], 0x57: ['+', '+'], 0x58: ['\n', '\n'],
  0x59: ['1', '1'], 0x5a: ['2', '2'], 0x5b: ['3', '3'], 0x5c: ['4', '4'], 0x5d: ['5', '5'], 0x5e: ['6', '6'],
  0x5f: ['7', '7'], 0x60: ['8', '8'], 0x61: ['9', '9'], 0x62: ['0', '0'], 0x63: ['.', '.'], 0x64: ['\\', '|'],
}
const KEY_A = 0x04
const KEY_Z = 0x1d
const KEY_F8 = 0x41
const KEYPAD_1 = 0x59
const KEYPAD_0 = 0x62
const GROUP_SEPARATOR = '\u001d'

/** The character of a key, Enter as LF; null for a key that types nothing. F8 is how some scanners send GS. */
export function usCharacter(usage: number, shift: boolean, caps: boolean): string | null {
  if (usage >= KEY_A && usage <= KEY_Z) return String.fromCharCode((shift !== caps ? 0x41 : 0x61) + usage - KEY_A)
  if (usage === KEY_F8) return GROUP_SEPARATOR
  return SYMBOL_KEYS[usage]?.[shift ? 1 : 0] ?? null
}

/** Ctrl and a key make the control character 40 below it: Ctrl+] is GS, Ctrl+J is LF; null when there is none. */
export function controlCharacter(usage: number): string | null {
  const plain = usage === 0x23 ? '^' : usage === 0x2d ? '_' : usCharacter(usage, true, false)
  const bracket = usage === 0x2f ? '[' : usage === 0x30 ? ']' : usage === 0x31 ? '\\' : plain
  const code = bracket?.charCodeAt(0) ?? 0
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : null
}

/** The digit of a keypad key, for Alt codes; null for every other key. */
export function keypadDigit(usage: number): number | null {
  if (usage === KEYPAD_0) return 0
  return usage >= KEYPAD_1 && usage < KEYPAD_0 ? usage - KEYPAD_1 + 1 : null
}
