import { describe, expect, it } from 'vitest'
import { readStories } from '../../../scripts/story-report.mjs'

const story = (title: string, status: string) => ({ title, file: 'till.spec.ts', tests: [{ status }] })

const report = (stats: object, suites: object[]) => JSON.stringify({ stats, suites })

describe('the report of a run of stories', () => {
  it('counts a story that passed at its second try as passed, and names it', () => {
    const suites = [
      {
        specs: [story('sells', 'expected')],
        suites: [{ specs: [story('parks', 'flaky'), story('prints', 'skipped')] }],
      },
    ]
    expect(readStories(report({ expected: 1, flaky: 1, unexpected: 0, skipped: 1 }, suites))).toEqual({
      passed: 2,
      failed: 0,
      unsteady: ['till.spec.ts › parks'],
    })
  })

  it('counts a red story as failed, not as unsteady', () => {
    const suites = [{ specs: [story('sells', 'unexpected')] }]
    expect(readStories(report({ expected: 0, flaky: 0, unexpected: 1 }, suites))).toEqual({ passed: 0, failed: 1, unsteady: [] })
  })

  it('does not take half a report for a run in which nothing failed', () => {
    expect(() => readStories('{"stats":')).toThrow()
    expect(() => readStories('{}')).toThrow()
  })
})
