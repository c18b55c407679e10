import { numbersIn } from '../contract/numbers-in.ts'
import type { NumberList } from '../contract/shop-calls.ts'
import { Cells } from './cells.ts'
import { csvForm, rowCells, type CsvForm } from './csv-head.ts'
import { csvLines } from './csv-lines.ts'
import { faultOf, type RowFault } from './row-fault.ts'

const COLUMN = 'serial'
/** As long as a number on a piece may be. */
const NUMBER_MAX = 128
const TROUBLES_SHOWN = 200

/**
 * The numbers of a file, one a line or in a table: in its column `serial`, else in its first. A first line without any
 * digit there is a heading. Each number stands once, in the order of the file; what is none is told with its line.
 */
export async function readNumbers(bytes: Buffer): Promise<NumberList> {
  const numbers = new Set<string>()
  const list: NumberList = { numbers: [], again: 0, bad: 0, troubles: [] }
  let form: CsvForm | null = null
  for await (const { line, bytes: row, isBroken } of csvLines([bytes])) {
    const isFirst = form === null
    form ??= csvForm(row, bytes)
    const cells = isBroken ? null : rowCells(row, form)
    const cell = cells?.[Math.max(0, form.columns.indexOf(COLUMN))] ?? ''
    if (cells?.every((one) => one.trim() === '') === true || (isFirst && cells !== null && !/\d/u.test(cell))) continue
    const { number, faults } = cells === null ? { number: '', faults: [faultOf('', 'broken-line', row.toString('utf8'))] } : numberOf(cell)
    if (faults.length > 0) {
      list.bad += 1
      if (list.troubles.length < TROUBLES_SHOWN) list.troubles.push(...faults.map((fault) => ({ ...fault, line })))
    } else if (numbers.has(number)) list.again += 1
    else numbers.add(number)
  }
  return { ...list, numbers: [...numbers] }
}

/** What the field that it fills would read otherwise, as two numbers or cut, is none. */
function numberOf(cell: string): { number: string; faults: readonly RowFault[] } {
  const cells = new Cells({ [COLUMN]: cell })
  const number = cells.text(COLUMN, NUMBER_MAX, 'must')
  if (number !== '' && numbersIn(number)[0] !== number) cells.fault(COLUMN, 'not-one-of', number)
  return { number, faults: cells.faults }
}
