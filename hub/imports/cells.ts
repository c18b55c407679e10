import { masked, mustNotStore } from '../../contract/identity/card-guard.ts'
import { isCalendarDay } from '../../contract/identity/dates.ts'
import { readGtin } from '../../contract/identity/keys.ts'
import { cents, type Cents } from '../../contract/money.ts'
import { faultOf, type RowFault, type RowFaultCode, type RowReading } from './row-fault.ts'

/** The cells of one row by the name of their column, in lower case. */
export type Row = Readonly<Record<string, string>>

/** Letters that nobody types into a list: they come from a broken file or a wrong encoding. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\uFFFD]/u

/** Numbers of pieces are whatever their makers made them. */
const MACHINE_NUMBERS: ReadonlySet<string> = new Set(['serial', 'serial_mask'])

/** Reads the cells of a row one by one and remembers all that is wrong with it, so that a person is told once. */
export class Cells {
  readonly faults: RowFault[] = []
  readonly #row: Row

  constructor(row: Row) {
    this.#row = row
  }

  /** The cell without blanks around it; empty where it must not be is a fault. */
  text(column: string, longest: number, must: 'must' | 'may' = 'may'): string {
    const value = (this.#row[column] ?? '').trim()
    if (value === '' && must === 'must') this.fault(column, 'missing', value)
    if (value.length > longest) this.fault(column, 'too-long', value)
    if (CONTROL.test(value)) this.fault(column, 'control-characters', value)
    if (!MACHINE_NUMBERS.has(column) && mustNotStore(value)) this.fault(column, 'card-number', masked(value))
    return value
  }

  /** A GTIN of 8, 12, 13 or 14 digits as its 14 digits; null for an empty cell. */
  gtin(column: string): string | null {
    const value = this.text(column, 14)
    if (value === '') return null
    const read = readGtin(value)
    if (read.ok) return read.gtin14
    this.fault(column, 'not-a-gtin', value)
    return null
  }

  /** `12`, `12.5`, `12.50` or `12,50`: thousands are not grouped, because nobody can tell `1.234` from `1,234`. */
  amount(column: string, must: 'must' | 'may' = 'may'): Cents | null {
    const value = this.text(column, 16, must)
    if (value === '') return null
    const [, whole, part = ''] = /^(\d{1,8})(?:[.,](\d{1,2}))?$/u.exec(value) ?? []
    if (whole !== undefined) return cents(Number(whole) * 100 + Number(part.padEnd(2, '0')))
    this.fault(column, 'not-an-amount', value)
    return null
  }

  whole(column: string, most: number, otherwise: number): number {
    const value = this.text(column, 9)
    if (value === '') return otherwise
    if (/^\d+$/u.test(value) && Number(value) <= most) return Number(value)
    this.fault(column, 'not-a-number', value)
    return otherwise
  }

  day(column: string): string | null {
    const value = this.text(column, 10)
    if (value === '') return null
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value) ?? []
    if (year !== undefined && isCalendarDay(Number(year), Number(month), Number(day))) return value
    this.fault(column, 'not-a-day', value)
    return null
  }

  oneOf<T extends string>(column: string, choices: readonly T[], otherwise: T): T {
    const value = this.text(column, 32).toLowerCase()
    if (value === '') return otherwise
    const found = choices.find((choice) => choice === value)
    if (found === undefined) this.fault(column, 'not-one-of', value)
    return found ?? otherwise
  }

  fault(column: string, code: RowFaultCode, value: string): void {
    this.faults.push(faultOf(column, code, value))
  }

  /** The row, or all that was wrong with it. */
  reading<T>(row: T): RowReading<T> {
    return this.faults.length === 0 ? { ok: true, row } : { ok: false, faults: this.faults }
  }
}
