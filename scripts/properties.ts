/**
 * `npm run test:properties -- [rounds] [seed]`: every file of tests that has properties, once a round and each round with
 * another seed; 20 rounds when nothing is said. A round that is red says its seed and ends the run: the same round again
 * is `npm run test:properties -- 1 SEED`.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

const [rounds, start] = [Number(process.argv[2] ?? 20), Number(process.argv[3] ?? Date.now() % 1_000_000)]
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(start)) {
  console.error('How many rounds, and from which seed? Two whole numbers.')
  process.exit(2)
}

const files = globSync('test/{unit,integration}/**/*.test.ts', { cwd: ROOT })
  .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes("from 'fast-check'"))
let passed = 0
for (let seed = start; seed < start + rounds && seed - start === passed; seed += 1) {
  const began = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, PROPERTY_SEED: String(seed) }, maxBuffer: 1 << 28,
  })
  if (status === 0) passed += 1
  else console.log(stdout)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  seed ${seed}: ${files.length} files (${Math.round((performance.now() - began) / 1_000)} s)`)
}
console.log(`${passed} passed, ${passed === rounds ? 0 : 1} failed`)
process.exitCode = passed === rounds ? 0 : 1
