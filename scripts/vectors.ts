/**
 * Runs the identity vectors, or another file of the same form named by VECTORS_FILE, and prints what failed.
 * Ends with 0 only if every vector passed or was an optional one that nothing answers.
 */
import { pathToFileURL } from 'node:url'
import { readVectors, runVector } from '../test/support/identity-vectors.ts'
import type { IdentityVector } from '../test/support/identity-vectors.ts'

const named = process.env['VECTORS_FILE']
const file = named === undefined || named === ''
  ? new URL('../test/fixtures/identity/identity.vectors.json', import.meta.url)
  : pathToFileURL(named)

/** A file that cannot be used is told in a sentence; nothing of it is run. */
function readOrStop(): IdentityVector[] {
  try {
    return readVectors(file)
  } catch (error) {
    console.error(`The vectors cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}

const count = { passed: 0, failed: 0, skipped: 0 }
for (const vector of readOrStop()) {
  const verdict = await runVector(vector)
  count[verdict.at]++
  if (verdict.at === 'passed' && verdict.note !== undefined) console.log(`${vector.id} ${vector.kind}: ${verdict.note}`)
  if (verdict.at === 'failed') {
    console.log(`${vector.id} ${vector.kind} FAILED: ${verdict.why}`)
    console.log(`  input ${JSON.stringify(vector.input)}`)
  }
  if (verdict.at === 'skipped') console.log(`${vector.id} ${vector.kind} skipped, optional: ${verdict.why}`)
}
const skipped = count.skipped === 0 ? '' : `, ${count.skipped} optional skipped`
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`)
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1
