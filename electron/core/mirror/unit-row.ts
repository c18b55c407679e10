import { moreOf, type UnitColumns } from '../../../contract/sync/unit-columns.ts'

/** A row of `units` in the mirror. */
export interface UnitRow extends UnitColumns {
  readonly id: string
  readonly product_id: string
  readonly price_cents: number | null
  readonly produced_on: string | null
  readonly ver: number
}

export const lotOf = (row: UnitRow): string | null => moreOf(row).lot ?? null
