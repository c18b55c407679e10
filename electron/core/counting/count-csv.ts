import { csvText } from '../../../contract/csv.ts'
import type { SavedText } from '../../../contract/device-view.ts'
import { fullName } from '../../../contract/product-name.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { piecesOfCount, type CountedRow, type CountRow } from './count-rows.ts'
import { tillName } from './counts-of-others.ts'
import { remarkOf } from './count-scan.ts'
import { areaOf } from './stock-here.ts'

/**
 * Every piece of a count as a line: what was to be found first. States and reasons are the codes of the contract and the
 * same in every language; times are UTC. `open` stands where a count that goes on has not found a piece yet, `other-till` where
 * another till found it.
 */
export function countCsv(ground: Ground, count: CountRow): SavedText {
  const db = ground.store.reading
  const lines = piecesOfCount(db, count.id).map((row) => {
    const unit = unitOf(ground, row.unit_id)
    const product = unit?.product
    return [
      count.number, stateOf(row), product === undefined ? '' : fullName(product.brand, product.name), product?.variant ?? '', product?.gtin ?? null,
      unit?.aliases[0]?.value ?? row.unit_id, unit === null ? null : areaOf(unit), row.found_at, row.found_by, remarkOf(row).reason?.code ?? null,
      row.found_till === null ? null : tillName(ground, count.id, row.found_till),
    ]
  })
  const head = ['count', 'state', 'name', 'variant', 'gtin', 'serial', 'area', 'found-at', 'found-by', 'reason', 'other-till']
  return { fileName: `count-${count.number}.csv`, text: csvText([head, ...lines]) }
}

function stateOf(row: CountedRow): 'surplus' | 'found' | 'missing' | 'gone' | 'open' {
  if (row.expected === 0) return 'surplus'
  return row.found_at === null ? (row.left_as ?? 'open') : 'found'
}
