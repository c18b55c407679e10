import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortedRows } from '../../../hub/face/parts/sorted-rows.ts'

const tills = [{ name: 'T10', waiting: 3 }, { name: 'T2', waiting: null }, { name: 'Äpfel', waiting: 40 }, { name: 'T1', waiting: 3 }]
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

describe('a list in another order', () => {
  it('counts the numbers in names, and has words where the language has them', () => {
    expect(names(sortedRows(tills, (row) => row.name, false, 'de-DE'))).toEqual(['Äpfel', 'T1', 'T2', 'T10'])
  })

  it('puts the largest figure first when asked, keeps what is alike as it was, and what has no value last either way', () => {
    expect(names(sortedRows(tills, (row) => row.waiting, true, 'de-DE'))).toEqual(['Äpfel', 'T10', 'T1', 'T2'])
    expect(names(sortedRows(tills, (row) => row.waiting, false, 'de-DE'))).toEqual(['T10', 'T1', 'Äpfel', 'T2'])
  })

  it('loses no row and leaves the list it was given alone', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.integer(), fc.constant(null))), fc.boolean(), (given, isDown) => {
      const before = [...given]
      const sorted = sortedRows(given, (row) => row, isDown, 'en-GB')
      expect(given).toEqual(before)
      expect(sorted.filter((row) => row !== null)).toEqual(before.filter((row) => row !== null).toSorted((a, b) => (isDown ? b - a : a - b)))
      expect(sorted).toHaveLength(before.length)
    }))
  })
})
