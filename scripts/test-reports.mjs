// What the runners' reports say of a run: how many tests passed, how many did not, and which to look into.
import { relative } from 'node:path'

/** @param {string} json the report as Playwright's `json` reporter writes it; throws where it is none. */
export function readStories(json) {
  const { stats, suites } = JSON.parse(json)
  const stories = storiesOf(suites)
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    red: stories.filter(isNow('unexpected')).map(nameOfStory),
    unsteady: stories.filter(isNow('flaky')).map(nameOfStory),
  }
}

/** @param {string} json the report as Vitest's `json` reporter writes it; throws where it is none. */
export function readUnits(json) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(json)
  const red = testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(process.cwd(), name)
    const tests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => `${file} › ${fullName}`)
    // A file that breaks before its first test has none to name.
    return status === 'failed' && tests.length === 0 ? [file] : tests
  })
  return { passed: numPassedTests, failed: Math.max(numFailedTests, red.length), red }
}

const storiesOf = (suites) => suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...storiesOf(inner)])
const isNow = (wanted) => ({ tests }) => tests.some(({ status }) => status === wanted)
const nameOfStory = ({ file, title }) => `${file} › ${title}`
