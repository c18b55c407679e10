import { usCharacter } from '../../../native/scanners/us-keyboard.ts'

const KEYS = Array.from({ length: 0x39 - 0x04 }, (_, index) => index + 0x04)

/** The boot reports a US keyboard scanner sends for a text: key down, then all keys up, for each character. */
export function bootReports(text: string): Uint8Array {
  const reports: number[] = []
  for (const character of text) {
    const plain = KEYS.find((usage) => usCharacter(usage, false, false) === character)
    const usage = plain ?? KEYS.find((each) => usCharacter(each, true, false) === character)
    if (usage === undefined) throw new Error(`no key types ${JSON.stringify(character)}`)
    reports.push(plain === undefined ? 0x02 : 0, 0, usage, 0, 0, 0, 0, 0, ...new Uint8Array(8))
  }
  return Uint8Array.from(reports)
}
