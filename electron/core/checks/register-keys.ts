import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutsideCheck } from '../../../contract/outside-check.ts'
import { keyIn } from '../../../contract/register-question.ts'

const FILE = 'register-keys.json'

/** The secret this shop has with a register, from the file beside its data; nothing where there is none. */
export function keyFor(dataDir: string, check: Pick<OutsideCheck, 'id' | 'url'>): string {
  const file = join(dataDir, FILE)
  return existsSync(file) ? keyIn(readFileSync(file, 'utf8'), check) : ''
}
