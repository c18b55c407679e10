// `npm run check`: what a change must pass before it is handed over: types, lint, the plan of the house, unit tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ROOT, step, sum, tests } from './steps.mjs'

/** Types, lint, and every test that needs no browser. */
export async function check() {
  const dir = mkdtempSync(join(tmpdir(), 'countermark-report-'))
  const report = join(dir, 'vitest.json')
  try {
    return sum([
      await step('types', process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', '.']),
      await step('lint', process.execPath, [
        join(ROOT, 'node_modules/oxlint/bin/oxlint'), '-c', '.oxlintrc.json', '--type-aware', '--deny-warnings',
        'contract', 'native', 'electron', 'renderer', 'hub', 'test', 'scripts',
      ]),
      await tests(
        'unit and integration',
        process.execPath,
        [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        {},
        () => countVitest(report),
      ),
    ])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function countVitest(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

if (import.meta.filename === process.argv[1]) {
  await build({ ifStale: true })
  const { passed, failed } = await check()
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
