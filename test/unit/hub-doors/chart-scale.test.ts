import { describe, expect, it } from 'vitest'
import { isAlone, niceTicks, spansOf } from '../../../hub/face/charts/scale.ts'

it('an axis of things that are counted has no half ones', () => {
  expect(niceTicks(2, 5, true)).toEqual([0, 1, 2])
  expect(niceTicks(2, 5)).toEqual([0, 0.5, 1, 1.5, 2])
  expect(niceTicks(23_400, 5, true)).toEqual([0, 5_000, 10_000, 15_000, 20_000, 25_000])
  expect(niceTicks(0, 5, true)).toEqual([0, 1])
})

describe('a line of days on which not always something was measured', () => {
  it('ends where nothing was measured, and is never drawn as nought', () => {
    expect(spansOf([null, 3, 4, null, 0, null, null, 7])).toEqual([[1, 2], [4], [7]])
    expect(spansOf([null, null])).toEqual([])
  })

  it('is a dot where only one day was measured', () => {
    const values = [2, null, 3, 4, null]
    expect(values.map((_, place) => isAlone(values, place))).toEqual([true, false, false, false, false])
  })
})
