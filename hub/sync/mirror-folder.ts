import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { HOUR_MS } from '../../contract/durations.ts'

/**
 * The folder of ready mirrors may be that of several processes of the centre, and none of them knows what another makes
 * or gives out. So a file that is needed has a new time: it is being written, or it was touched when it was given out.
 */
const NEEDED_MS = HOUR_MS

/** Says that a file is needed. False where it is not there any more. */
export async function touched(file: string): Promise<boolean> {
  const now = new Date()
  return utimes(file, now, now).then(() => true, () => false)
}

/** Takes away the files that are `over`, and what nobody has needed for an hour, but nothing that is `kept`; both by name. */
export async function tidy(dir: string, kept: ReadonlySet<string>, over: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    if (kept.has(name)) continue
    const file = join(dir, name)
    if (over.has(name) || !(await isNeeded(file))) await rm(file, { force: true })
  }
}

async function isNeeded(file: string): Promise<boolean> {
  // Another process may take it away at the same time.
  const found = await stat(file).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs < NEEDED_MS
}
