// What Playwright's JSON report says of a run: how many stories passed, how many did not, and which were red once.

/** @param {string} json the report as the `json` reporter writes it; throws where it is none. */
export function readStories(json) {
  const { stats, suites } = JSON.parse(json)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, unsteady: flakyOf(suites) }
}

function flakyOf(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ file, title }) => `${file} › ${title}`),
    ...flakyOf(inner),
  ])
}
