import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BOOKED, type BookedRow } from '../../../contract/sync/event-body.ts'
import { rowsOfEvents } from '../../../electron/core/mending/books-again.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import type { Writing } from '../../../electron/core/store/store.ts'

let db: Writing
beforeEach(() => {
  db = openDatabase(':memory:', join(import.meta.dirname, '../../../migrations/shop'), 'precious') as Writing
})
afterEach(() => db.close())

const count = (id: string, status: 'going' | 'done' | 'dropped'): BookedRow => ({
  book: 'counts', key: id,
  row: { id, number: `T1-B${id}`, area: null, category: null, sample: null, blind: 0, began_at: '2026-03-02T08:00:00.000Z', began_by: 'Kim', status, lead_till: null, lot_up_to: null, settled: 0 },
})
const piece = (why: string | null): BookedRow => ({
  book: 'count_pieces', key: '1.u0',
  row: { count_id: '1', unit_id: 'u0', expected: why === null ? 1 : 0, found_at: '2026-03-02T09:00:00.000Z', found_by: 'Kim', why, left_as: null, found_till: null },
})
const tell = (...rows: BookedRow[]): number =>
  rowsOfEvents(db, rows.map((row, place) => ({ seq: place + 1, hash: Buffer.alloc(32), body: JSON.stringify({ kind: BOOKED, rows: [row] }) })))
const counts = (): unknown[] => db.prepare('SELECT id, status FROM counts ORDER BY id').raw().all()

it('counts come back from the journal as they were told last: what is over stays over, and the one that goes on goes on', () => {
  expect(tell(count('1', 'going'), count('1', 'done'), count('2', 'going'), count('2', 'dropped'), count('3', 'going'))).toBe(3)
  expect(counts()).toEqual([['1', 'done'], ['2', 'dropped'], ['3', 'going']])
})

it('a count that an older copy has going is over, as the journal told since, and what was found in it is found', () => {
  tell(count('1', 'going'))
  db.prepare("INSERT INTO count_pieces (count_id, unit_id, expected) VALUES ('1', 'u0', 1)").run()
  expect(tell(count('1', 'going'), piece('{"reason":null,"step":"take-in"}'), piece(null), count('1', 'done'), count('2', 'going'))).toBe(1)
  expect(counts()).toEqual([['1', 'done'], ['2', 'going']])
  expect(db.prepare('SELECT expected, found_by, why FROM count_pieces').get()).toEqual({ expected: 1, found_by: 'Kim', why: null })
})

it('a count that is over in the file goes on no more because the word of its end is lost', () => {
  tell(count('1', 'done'))
  tell(count('1', 'going'))
  expect(counts()).toEqual([['1', 'done']])
})
