import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { piecesOfCount, recordCount, recordFound, recordFoundElsewhere, sumsOfCount, type CountSums } from '../../../electron/core/counting/count-rows.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import type { Writing } from '../../../electron/core/store/store.ts'

const COUNT = {
  id: 'c', number: 'A-B1', scope: { area: null, category: null, sample: null, blind: false }, began_at: '2026-03-02T08:00:00.000Z', began_by: 'Kim', lead_till: null, lot_up_to: null,
}
const AWAY = '{"reason":null,"step":"take-in"}'

const db = openDatabase(':memory:', join(import.meta.dirname, '../../../migrations/shop'), 'precious') as Writing
afterAll(() => db.close())

interface Word {
  readonly till: string
  readonly unitId: string
  readonly why: string | null
}

/** The count as this till has it when it has seen and heard it all in this order. */
function countAt(till: string, words: readonly Word[]): { sums: CountSums; whys: (string | null)[]; toldAgain: number } {
  db.exec('BEGIN')
  try {
    recordCount(db, COUNT, ['known-0', 'known-1'])
    const at = '2026-03-02T09:00:00.000Z'
    for (const { till: by, unitId, why } of words)
      if (by === till) recordFound(db, COUNT.id, { unitId, at, by, why })
      else recordFoundElsewhere(db, { count_id: COUNT.id, unit_id: unitId, till_id: by, found_at: at, found_by: by, expected: why === null ? 1 : 0, why })
    const booked = db.prepare("SELECT count(*) FROM booked WHERE book = 'count_pieces'").pluck().get() as number
    return { sums: sumsOfCount(db, COUNT.id), whys: piecesOfCount(db, COUNT.id).map(({ why }) => why), toldAgain: booked - words.filter((word) => word.till === till).length }
  } finally {
    db.exec('ROLLBACK')
  }
}

const PIECES = ['known-0', 'known-1', 'turned-up-0', 'turned-up-1']
const WORD = fc.record({ till: fc.constantFrom('A', 'B', 'C'), unitId: fc.constantFrom(...PIECES), why: fc.constantFrom(AWAY, null) })
const WORDS = fc.uniqueArray(WORD, { maxLength: 12, selector: ({ till, unitId }) => `${till} ${unitId}` })

it('tills that tell a piece differently have one sum of it, in whatever order they hear of each other, and tell nothing twice', () => {
  fc.assert(
    fc.property(WORDS.chain((words) => fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length }))), ([words, shuffled]) => {
      const first = countAt('A', words)
      expect(first.toldAgain).toBe(0)
      for (const till of ['A', 'B', 'C']) {
        const { sums, whys } = countAt(till, shuffled)
        expect({ sums, whys }).toEqual({ sums: first.sums, whys: first.whys })
      }
    }),
    { numRuns: 60 },
  )
})

it('a till says a second time what became of a piece, and what another knew of it stays', () => {
  const first = { till: 'B', unitId: 'turned-up-0', why: AWAY }
  const later = { ...first, why: '{"reason":null,"step":"to-area"}' }
  expect(countAt('A', [first, later]).whys).toContain(later.why)
  expect(countAt('A', [first, { ...first, till: 'C', why: null }, later]).sums).toMatchObject({ expected: 3, surplus: 0 })
})
