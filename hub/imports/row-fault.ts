/** Why a row of a file was not taken, in a code that the page has words for. */
export type RowFaultCode =
  | 'missing' | 'too-long' | 'not-a-gtin' | 'not-an-amount' | 'not-a-number' | 'not-a-day' | 'not-one-of'
  | 'unknown-product' | 'unknown-store' | 'broken-line' | 'not-a-mail-address' | 'bad-pin' | 'bad-mask' | 'out-of-range' | 'below-lowest' | 'no-limit' | 'control-characters' | 'card-number'

export interface RowFault {
  readonly column: string
  readonly code: RowFaultCode
  /** What stood there, cut to what a person can look at. */
  readonly value: string
}

export type RowReading<T> = { readonly ok: true; readonly row: T } | { readonly ok: false; readonly faults: readonly RowFault[] }

const VALUE_MAX = 80

export const faultOf = (column: string, code: RowFaultCode, value: string): RowFault =>
  ({ column, code, value: value.slice(0, VALUE_MAX) })
