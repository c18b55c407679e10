/** By which column, and whether the largest stands first. */
export interface Order {
  readonly column: string
  readonly isDown: boolean
}

/** As an address has it: `price`, and `-price` with the largest first; null where it names no column. */
export const orderIn = (text: string): Order | null => {
  const column = text.replace(/^-/u, '')
  return column === '' ? null : { column, isDown: column !== text }
}

export const orderText = (order: Order | null): string => (order === null ? '' : `${order.isDown ? '-' : ''}${order.column}`)

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
