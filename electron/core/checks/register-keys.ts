import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const FILE = 'register-keys.json'
const Keys = z.record(z.string(), z.string().max(500))

/**
 * The secret this shop has with a register, or nothing where there is none: it lies beside the databases and not in
 * the policy, which is shown on screens and travels between stores. A file that cannot be read is no secret at all,
 * and the register will say so.
 */
export function keyFor(dataDir: string, checkId: string): string {
  const file = join(dataDir, FILE)
  if (!existsSync(file)) return ''
  try {
    return Keys.parse(JSON.parse(readFileSync(file, 'utf8')))[checkId] ?? ''
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return ''
    throw error
  }
}
