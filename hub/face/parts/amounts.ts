import { decimalText } from '../../../contract/words/format.ts'

/** `1234` as `12.34`, to be edited. */
export const amountText = (hundredths: number): string => decimalText(hundredths, 2)

/** `12`, `12.5` and `12,50` in hundredths; null for anything else, and nothing is guessed. */
export function amountOf(text: string): number | null {
  const [, whole, part = ''] = /^(\d{1,8})(?:[.,](\d{1,2}))?$/u.exec(text.trim()) ?? []
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}
