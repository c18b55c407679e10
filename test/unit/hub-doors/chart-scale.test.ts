import { expect, it } from 'vitest'
import { niceTicks } from '../../../hub/face/charts/scale.ts'

it('an axis of things that are counted has no half ones', () => {
  expect(niceTicks(2, 5, true)).toEqual([0, 1, 2])
  expect(niceTicks(2, 5)).toEqual([0, 0.5, 1, 1.5, 2])
  expect(niceTicks(23_400, 5, true)).toEqual([0, 5_000, 10_000, 15_000, 20_000, 25_000])
  expect(niceTicks(0, 5, true)).toEqual([0, 1])
})
