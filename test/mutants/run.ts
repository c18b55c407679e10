// `npm run test:mutants`: builds each deliberate bug into a copy of the sources; rules and rows are tried first, then lives,
// then all orders.
// Words given behind it choose mutants by their names. Exit code 1 when one survives.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quickFolder } from '../support/quick-folder.ts'
import { MUTANTS, type Mutant } from './mutants.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = [
  'package.json', 'vitest.config.ts', 'contract', 'native', 'electron', 'hub', 'migrations', 'test/simulation', 'test/support',
  'test/unit/hub/guards.test.ts', 'test/unit/sync/take-rows.test.ts', 'test/unit/sync/customers-and-clocks.test.ts',
]
const SEEDS = Number(process.env['SEEDS'] ?? 16)
/** Far more than any of it takes on a quiet machine: a mutant that only ran out of time was not found out. */
const WITHIN_MS = 1_800_000

const copy = mkdtempSync(join(quickFolder(), 'countermark-mutants-'))
try {
  for (const path of SOURCES) cpSync(join(ROOT, path), join(copy, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const words = process.argv.slice(2)
  const chosen = MUTANTS.filter(({ name }) => words.every((word) => name.includes(word)))
  for (const sound of [rules(), lives(2)]) if (!sound.ok) throw new Error(`without any mutant: ${sound.said}`)
  const survivors = chosen.filter((mutant) => !isKilled(mutant))
  console.log(`${chosen.length - survivors.length} of ${chosen.length} mutants were killed`)
  process.exitCode = survivors.length === 0 ? 0 : 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function isKilled({ name, file, text, instead }: Mutant): boolean {
  const path = join(copy, file)
  const sound = readFileSync(path, 'utf8')
  if (sound.split(text).length !== 2) throw new Error(`the text of "${name}" stands ${sound.split(text).length - 1} times in ${file}`)
  writeFileSync(path, sound.replace(text, () => instead))
  const unit = rules()
  const lived = unit.ok ? lives(SEEDS) : unit
  const { ok, said } = lived.ok ? orders() : lived
  writeFileSync(path, sound)
  console.log(`${ok ? 'SURVIVED' : 'killed'}  ${name}${ok ? '' : ` · ${said}`}`)
  return !ok
}

/** The quick tests of the rules, of taking rows, and of what tills and centre tell each other of customers. */
function rules(): { ok: boolean; said: string } {
  const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', copy], {
    encoding: 'utf8', timeout: WITHIN_MS, env: { ...process.env, NO_COLOR: '1' },
  })
  const failed = /FAIL\s+(.*)/.exec(run.stdout + run.stderr)?.[1] ?? ''
  inTime(run)
  return { ok: run.status === 0, said: failed.slice(0, 160) }
}

function lives(seeds: number): { ok: boolean; said: string } {
  return played('run.ts', '--found', '--seeds', String(seeds))
}

/** Every order of what two tills may do, up to a few steps. */
function orders(): { ok: boolean; said: string } {
  return played('orders/run.ts', '5')
}

function played(script: string, ...words: string[]): { ok: boolean; said: string } {
  const run = spawnSync(process.execPath, [join(copy, 'test/simulation', script), ...words], { encoding: 'utf8', timeout: WITHIN_MS })
  inTime(run)
  return { ok: run.status === 0, said: run.stderr.split('\n')[0]?.slice(0, 160) ?? '' }
}

function inTime(run: SpawnSyncReturns<string>): void {
  if (run.error) throw run.error
}
