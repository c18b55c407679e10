/** Plain and shifted character of each key of a US keyboard by its place, `KeyboardEvent.code`. */
const SYMBOLS: Readonly<Record<string, readonly [string, string]>> = {
  Digit1: ['1', '!'], Digit2: ['2', '@'], Digit3: ['3', '#'], Digit4: ['4', '$'], Digit5: ['5', '%'],
  Digit6: ['6', '^'], Digit7: ['7', '&'], Digit8: ['8', '*'], Digit9: ['9', '('], Digit0: ['0', ')'],
  Minus: ['-', '_'], Equal: ['=', '+'], BracketLeft: ['[', '{'], BracketRight: [']', '}'], Backslash: ['\\', '|'],
  Semicolon: [';', ':'], Quote: ["'", '"'], Backquote: ['`', '~'], Comma: [',', '<'], Period: ['.', '>'],
  Slash: ['/', '?'], Space: [' ', ' '], IntlBackslash: ['\\', '|'], NumpadDivide: ['/', '/'],
  NumpadMultiply: ['*', '*'], NumpadSubtract: ['-', '-'], NumpadAdd: ['+', '+'], NumpadDecimal: ['.', '.'],
}

/** What a US keyboard types there; null for keys that type nothing. Caps Lock is left out on purpose. */
export function usCharacter(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = keypadDigit(code)
  return digit ?? SYMBOLS[code]?.[shift ? 1 : 0] ?? null
}

export function keypadDigit(code: string): string | null {
  return /^Numpad([0-9])$/.exec(code)?.[1] ?? null
}

/**
 * The control character that a scanner means by Ctrl and a key: the one 40 below the key's character, so Ctrl+] is GS
 * and Ctrl+J is LF. Null for keys without one.
 */
export function controlCharacter(code: string): string | null {
  const named = code === 'Digit6' ? '^' : code === 'Minus' ? '_' : usCharacter(code, false)?.toUpperCase()
  const value = named?.charCodeAt(0) ?? 0
  return value >= 0x40 && value <= 0x5f ? String.fromCharCode(value - 0x40) : null
}
