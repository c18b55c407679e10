import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCurrentFuseWire } from '@electron/fuses'

/** The mark in Electron's executable behind which its fuses lie: version, length, then one character for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES_VERSION = 1
const FUSES = 9
const OFF = '0'
const ON = '1'.charCodeAt(0)

/**
 * A folder that electron-builder takes for Electron's runtime: an executable with fuses and nothing to execute. It is
 * enough to see what is packed, what is unpacked and which fuses are set, without the download of the real one.
 */
export function makeFakeElectron(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const executable = Buffer.concat([
    Buffer.alloc(64),
    Buffer.from(SENTINEL),
    Buffer.from([FUSES_VERSION, FUSES]),
    Buffer.from(OFF.repeat(FUSES)),
    Buffer.alloc(64),
  ])
  writeFileSync(join(folder, 'electron'), executable)
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), '45.4.1')
  writeFileSync(join(folder, 'LICENSE'), 'none')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'none')
}

/** The fuses of an executable by their number in Electron's list: true is blown open, false is closed. */
export async function readFuses(executable: string): Promise<ReadonlyMap<number, boolean>> {
  const wire = await getCurrentFuseWire(executable)
  return new Map(
    Object.entries(wire)
      .filter(([name]) => /^\d+$/.test(name))
      .map(([name, state]) => [Number(name), Number(state) === ON]),
  )
}
