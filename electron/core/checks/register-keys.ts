import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutsideCheck } from '../../../contract/outside-check.ts'
import { keyIn } from '../../../contract/register-question.ts'

const FILE = 'register-keys.json'

/**
 * The secret this shop has with a register, from the file beside its data; nothing where there is none. Never throws: a
 * file that cannot be read holds no secret, and whoever is asked without one says no.
 */
export function keyFor(dataDir: string, check: Pick<OutsideCheck, 'id' | 'url'>): string {
  const file = join(dataDir, FILE)
  try {
    return existsSync(file) ? keyIn(readFileSync(file, 'utf8'), check) : ''
  } catch (error) {
    process.stderr.write(`${String(error)}\n`)
    return ''
  }
}
