import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readStories, readUnits } from '../../../scripts/test-reports.mjs'

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
      red: [],
      unsteady: ['till.spec.ts › parks'],
    })
  })

  it('counts a red story as failed, not as unsteady, and names it', () => {
    const suites = [{ specs: [story('sells', 'unexpected')] }]
    expect(readStories(report({ expected: 0, flaky: 0, unexpected: 1 }, suites))).toEqual({
      passed: 0, failed: 1, red: ['till.spec.ts › sells'], unsteady: [],
    })
  })

  it('does not take half a report for a run in which nothing failed', () => {
    expect(() => readStories('{"stats":')).toThrow()
    expect(() => readStories('{}')).toThrow()
  })
})

describe('the report of a run of unit tests', () => {
  const file = (name: string, status: string, tests: readonly [string, string][]) => ({
    name: join(process.cwd(), name), status, assertionResults: tests.map(([fullName, of]) => ({ fullName, status: of })),
  })

  it('names each red test with its file', () => {
    const testResults = [file('test/a.test.ts', 'failed', [['sells', 'passed'], ['pays', 'failed']]), file('test/b.test.ts', 'passed', [['prints', 'passed']])]
    expect(readUnits(JSON.stringify({ numPassedTests: 2, numFailedTests: 1, testResults }))).toEqual({
      passed: 2, failed: 1, red: ['test/a.test.ts › pays'],
    })
  })

  it('counts a file that broke before its first test', () => {
    const testResults = [file('test/a.test.ts', 'failed', [])]
    expect(readUnits(JSON.stringify({ numPassedTests: 0, numFailedTests: 0, testResults }))).toEqual({ passed: 0, failed: 1, red: ['test/a.test.ts'] })
  })
})
