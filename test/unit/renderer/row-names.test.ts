import { describe, expect, it } from 'vitest'
import { namesFor, withoutRow, withRowEarlier, type RowNames } from '../../../renderer/panels/policy/row-names.ts'

const NONE: RowNames = { names: [], next: 0 }
const three = namesFor(NONE, 3)

describe('rows of the rules that have no name of their own', () => {
  it('keep theirs when the row above them is taken out', () => {
    expect(namesFor(withoutRow(three, 0), 2).names).toEqual([1, 2])
  })

  it('take it along when they move', () => {
    expect(withRowEarlier(three, 2).names).toEqual([0, 2, 1])
    expect(withRowEarlier(three, 0)).toEqual(three)
  })

  it('never get the name of one that went: what was typed there is not shown again', () => {
    expect(namesFor(withoutRow(three, 2), 3).names).toEqual([0, 1, 3])
    expect(namesFor(three, 1).names).toEqual([0])
  })
})
