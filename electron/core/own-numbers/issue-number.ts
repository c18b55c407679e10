import { readMask, type Mask } from '../../../contract/identity/mask.ts'
import { MaskSchema } from '../../../contract/identity/mask-schema.ts'
import { issueNext, type NumberBlock } from '../../../contract/identity/number-block.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import { isOfOtherLetters, lettersNow } from './own-letters.ts'

/** A block of numbers with the mask by which they are written. */
export interface OwnBlock extends NumberBlock {
  readonly mask: Mask
}

export interface Issued {
  readonly number: string
  readonly blockId: string
  /** How many numbers this till may still give out without asking the centre. */
  readonly left: number
}

interface BlockRow {
  readonly id: string
  readonly mask: string
  readonly counter: string
  readonly fixed: string
  readonly first: number
  readonly last: number
  readonly next: number
}

/** Keeps a block that was given to this till. One that is here already stays as it is, also under another id: its numbers may be in use. */
export function keepBlock(db: Writing, block: OwnBlock, at: string): void {
  sql(
    db,
    `INSERT INTO number_blocks (id, mask, counter, fixed, first, last, next, received_at)
     SELECT @id, @mask, @counter, @fixed, @first, @last, @next, @at
     WHERE NOT EXISTS (SELECT 1 FROM number_blocks b WHERE b.mask = @mask AND b.fixed = @fixed AND b.first <= @last AND b.last >= @first)
     ON CONFLICT (id) DO NOTHING`,
  ).run({ ...block, mask: JSON.stringify(MaskSchema.parse(block.mask)), fixed: JSON.stringify(block.fixed), at })
}

/**
 * Takes the next number, from the oldest block that has one. Null when every block is used up: the till does not make
 * numbers up. Call it in the transaction that uses the number; when that fails, the number was never given.
 */
export function issueNumber(
  db: Writing,
  by: { readonly unitId: string | null; readonly staffId: string | null; readonly at: string },
): Issued | null {
  const rows = sql(db, 'SELECT * FROM number_blocks WHERE next <= last ORDER BY received_at, id').all() as BlockRow[]
  const letters = lettersNow(db)
  for (const row of rows) {
    const block: NumberBlock = { ...row, fixed: JSON.parse(row.fixed) as Record<string, string> }
    if (isOfOtherLetters(block, letters)) continue
    const issued = issueNext(MaskSchema.parse(JSON.parse(row.mask)), block, Number(by.at.slice(0, 4)))
    // A block whose mask has come to an end, such as one of a year to come, is passed over; its numbers stay unused.
    if (!issued.ok) continue
    const number = issued.serial.canonical
    sql(db, 'UPDATE number_blocks SET next = ? WHERE id = ?').run(issued.block.next, row.id)
    sql(db, 'INSERT INTO issued_numbers (number, block_id, unit_id, staff_id, at) VALUES (?, ?, ?, ?, ?)').run(
      number, row.id, by.unitId, by.staffId, by.at,
    )
    return { number, blockId: row.id, left: numbersLeft(db) }
  }
  return null
}

export const numbersLeft = (db: Reading): number =>
  (sql(db, 'SELECT coalesce(sum(last - next + 1), 0) AS n FROM number_blocks').get() as { n: number }).n

/** True for a number that this till gave out, whether or not it came onto a piece. */
export const wasIssued = (db: Reading, number: string): boolean =>
  sql(db, 'SELECT 1 FROM issued_numbers WHERE number = ?').get(number) !== undefined

/** A till has a block a year; more than these are not looked through for one number. */
const BLOCKS_MAX = 50

/** True for a number that only this till may give out, and has not: whoever put it on a piece made it up. */
export function isNeverIssued(db: Reading, number: string, nowYear: number): boolean {
  const rows = sql(db, 'SELECT * FROM number_blocks ORDER BY id DESC LIMIT ?').all(BLOCKS_MAX) as BlockRow[]
  const letters = lettersNow(db)
  return rows.some((row) => isInBlock(row, letters, number, nowYear)) && !wasIssued(db, number)
}

function isInBlock(row: BlockRow, letters: string | null, number: string, nowYear: number): boolean {
  const mask = MaskSchema.parse(JSON.parse(row.mask))
  const fixed = JSON.parse(row.fixed) as Record<string, string>
  if (isOfOtherLetters({ id: row.id, fixed }, letters)) return false
  const read = readMask(mask, number, nowYear)
  if (!read.ok) return false
  // A year is read with four digits and may stand in the block with two.
  const isFixed = Object.entries(fixed).every(([name, value]) => read.fields[name]?.endsWith(value) === true)
  const count = Number(read.fields[row.counter])
  return isFixed && count >= row.first && count <= row.last
}
