/**
 * The long fuzz run: `npm run test:fuzz -- [chunks]`. A million chunks through every driver unless told otherwise, as
 * many texts through the identity library, and a check that no reader takes more than linear time. FUZZ_SEED makes
 * another run; the same seed makes the same one. Ends with 0 only if every target held.
 */
import { checkGrowth, fuzzText, TEXT_TARGETS } from '../test/fuzz/identity.fuzz.ts'
import { LINE_TARGETS } from '../test/fuzz/lines.fuzz.ts'
import { fuzz as fuzzPads } from '../test/fuzz/rfid.fuzz.ts'
import { fuzz as fuzzTerminal } from '../test/fuzz/terminal.fuzz.ts'
import { RFID_CASES } from '../test/support/rfid/samples.ts'

const CHUNKS = 1_000_000
const said = process.argv[2] ?? String(CHUNKS)
const chunks = /^[1-9]\d{0,9}$/.test(said) ? Number(said) : null
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_105)
const textsEach = Math.ceil((chunks ?? 0) / TEXT_TARGETS.length)

const targets: readonly { readonly name: string, readonly run: (chunks: number, seed: number) => unknown }[] = [
  { name: `RFID pads (${RFID_CASES.length} protocols)`, run: (count, from) => fuzzPads(count * RFID_CASES.length, from) },
  { name: 'card terminal', run: fuzzTerminal },
  ...LINE_TARGETS,
  ...TEXT_TARGETS.map((target) => ({
    name: target.name,
    run: (_count: number, from: number) => fuzzText(target, textsEach, from),
  })),
  ...TEXT_TARGETS.map((target) => ({ name: `${target.name}: time`, run: () => checkGrowth(target) })),
]

if (chunks === null || !Number.isInteger(seed)) {
  console.error(`How many chunks a driver? A whole number from 1 on, not "${said}" (FUZZ_SEED is a whole number too).`)
  process.exit(2)
}

let failed = 0
for (const { name, run } of targets) {
  const from = performance.now()
  let outcome = 'held'
  try {
    run(chunks, seed)
  } catch (error) {
    failed++
    outcome = `FAILED: ${error instanceof Error ? error.message : String(error)}`
  }
  console.log(`${name}: ${outcome} (${((performance.now() - from) / 1000).toFixed(1)} s)`)
}
console.log(`${targets.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
