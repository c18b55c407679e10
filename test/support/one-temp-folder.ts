import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string

/** All that a run of tests writes lies in one folder, and goes with it at the end: what a killed process left as well. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'countermark-tests-'))
  // A PostgreSQL that root starts runs as nobody, who has to get through to its files.
  chmodSync(folder, 0o711)
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder
}

export const teardown = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
