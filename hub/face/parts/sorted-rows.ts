/** By which column, and whether the largest stands first. */
export interface Order {
  readonly column: string
  readonly isDown: boolean
}

/**
 * The rows in another order, for whoever looks for the largest or for a name: figures by their size, words as the
 * language has them, with the numbers in them counted (T2 before T10). What has no value goes last either way, and rows
 * that are alike stay as they were. Pure.
 */
export function sortedRows<Row>(rows: readonly Row[], by: (row: Row) => string | number | null, isDown: boolean, locale: string): readonly Row[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const sign = isDown ? -1 : 1
  return rows.toSorted((one, other) => {
    const [left, right] = [by(one), by(other)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (typeof left === 'number' && typeof right === 'number' ? left - right : compare(String(left), String(right)))
  })
}
