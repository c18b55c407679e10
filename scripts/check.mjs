// `npm run check`: what a change must pass before it is handed over: types, lint, the plan of the house, unit tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ROOT, say, step, sum, tests } from './steps.mjs'
import { readUnits } from './test-reports.mjs'

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
        () => readUnits(readFileSync(report, 'utf8')),
      ),
    ])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

if (import.meta.filename === process.argv[1]) {
  await build({ ifStale: true })
  say(await check())
}
