import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barText, progressOn } from '../../../scripts/progress.ts'

function paper(isTTY: boolean, columns?: number) {
  const written: string[] = []
  return { isTTY, columns, written, write: (text: string) => written.push(text) }
}

describe('progress of a long work', () => {
  it('is a line for every ten percent where it goes to a file', () => {
    const file = paper(false)
    const tell = progressOn(file, 'Units made')
    for (let done = 0; done <= 1_000; done += 7) tell(done, 1_000)
    tell(1_000, 1_000)
    tell(1_000, 1_000)
    expect(file.written).toHaveLength(10)
    expect(file.written[0]).toBe('Units made: 10 % (105 of 1000)\n')
    expect(file.written.at(-1)).toBe('Units made: 100 % (1000 of 1000)\n')
  })

  it('tells the end even if it comes in one step', () => {
    const file = paper(false)
    progressOn(file, 'Units made')(5, 5)
    expect(file.written).toEqual(['Units made: 100 % (5 of 5)\n'])
  })

  it('is a bar in a terminal, drawn ten times a second at most and always at the end', () => {
    const terminal = paper(true, 80)
    let now_ms = 0
    const tell = progressOn(terminal, 'Units', () => now_ms)
    for (let done = 0; done <= 100; done++) {
      tell(done, 100)
      now_ms += 30
    }
    expect(terminal.written.length).toBeLessThan(30)
    expect(terminal.written.at(-1)).toContain('100 % (100 of 100)')
    expect(terminal.written.filter((text) => text.includes('\n'))).toHaveLength(1)
  })

  it('never outgrows its line, also in a narrow terminal or one that knows no width', () => {
    fc.assert(fc.property(fc.nat(5_000_000), fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: 200 }), (done, of, columns) => {
      expect(barText(Math.min(done, of), of, 'Units made', columns).length).toBeLessThan(columns)
    }))
    const terminal = paper(true, 0)
    progressOn(terminal, 'Units made')(1, 2)
    expect(terminal.written[0]).toContain('Units made █')
  })
})
