import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { DeviceVector, VectorProtocols } from './device-vector.ts'
import { printerProtocols } from './device-vectors-printer.ts'
import { rfidProtocols } from './device-vectors-rfid.ts'
import { scannerProtocols } from './device-vectors-scanner.ts'
import { terminalProtocols } from './device-vectors-terminal.ts'

/** Every protocol that a driver of ours speaks, by the name the fixture gives it. */
export const deviceProtocols: VectorProtocols = {
  ...scannerProtocols,
  ...rfidProtocols,
  ...printerProtocols,
  ...terminalProtocols,
}

export const DEVICE_VECTORS = new URL('../fixtures/devices/devices.vectors.json', import.meta.url)

const DeviceVectorFile = z.object({
  vectors: z.array(
    z.object({
      id: z.string(),
      protocol: z.string(),
      name: z.string(),
      dir: z.enum(['host>device', 'device>host', 'both']),
      hex: z.string(),
      len: z.int(),
      valid: z.boolean().optional(),
      expect: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
})

/** Reads a file of frames; throws, saying what is wrong with it, when it does not have the form. */
export function readDeviceVectors(file: URL | string = DEVICE_VECTORS): readonly DeviceVector[] {
  const read = DeviceVectorFile.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(z.prettifyError(read.error))
  return read.data.vectors
}
