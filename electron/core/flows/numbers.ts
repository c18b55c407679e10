import type { Ground } from '../ground.ts'
import { nextNumber } from '../store/meta.ts'
import { sql, type Reading } from '../store/store.ts'
import type { Deed } from './deed.ts'

export const RECEIPT_SERIES = 'receipt'
export const RETURN_SERIES = 'return'

/** The number the series will give next; it is taken when the deed is written, in the same transaction. */
export function peekNumber(ground: Ground, db: Reading, series: string): string {
  const row = sql(db, 'SELECT value FROM counters WHERE name = ?').get(series) as { value: number } | undefined
  return formatNumber(ground, series, (row?.value ?? 0) + 1)
}

/** Takes the number that was promised; a promise that no longer holds throws, and undoes the deed. */
export function takeNumber(deed: Deed, series: string, promised: string): void {
  const number = formatNumber(deed.ground, series, nextNumber(deed.db, series))
  if (number !== promised) throw new Error(`the number ${promised} was promised and ${number} is next`)
}

const LETTER: Readonly<Record<string, string>> = { receipt: 'R', return: 'G', shift: 'Z', claim: 'C', cash: 'K', exchange: 'E', 'trade-in': 'T', vendor: 'V', shipment: 'S', reservation: 'H', count: 'B', authority: 'Q', parcel: 'D' }
export const formatNumber = (ground: Ground, series: string, value: number): string =>
  `${ground.till.code}-${LETTER[series] ?? 'X'}${String(value).padStart(6, '0')}`
