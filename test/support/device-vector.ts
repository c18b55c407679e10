import { isDeepStrictEqual } from 'node:util'
import { fromHex, toHex } from './drivers/desk.ts'

/** One frame as the fixture file has it. */
export interface DeviceVector {
  readonly id: string
  readonly protocol: string
  readonly name: string
  readonly dir: 'host>device' | 'device>host' | 'both'
  readonly hex: string
  readonly len: number
  readonly valid?: boolean
  readonly expect?: Readonly<Record<string, unknown>> | null
}

/** What a frame says, by the names that the fixture's `expect` uses. */
export type FrameFields = Readonly<Record<string, unknown>>

/** How a protocol's frames are read and made, by the very code that the drivers use. */
export interface VectorProtocol<Fields extends FrameFields = FrameFields> {
  /** Reads a whole frame; null when it must be refused (wrong checksum, length, head). */
  parse(bytes: Uint8Array, vector: DeviceVector): Fields | null
  /**
   * Makes the frame from what `parse` returned; must give the same bytes. Needed for every frame that the till sends;
   * null says that this one, coming from the device, is only read.
   */
  build?(fields: Fields, vector: DeviceVector): Uint8Array | null
}

export type VectorProtocols = Readonly<Record<string, VectorProtocol>>

/** Reads and makes one frame; returns what is wrong with it, or null. Never throws. */
export function checkDeviceVector(vector: DeviceVector, protocols: VectorProtocols): string | null {
  try {
    return complaint(vector, protocols)
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`
  }
}

function complaint(vector: DeviceVector, protocols: VectorProtocols): string | null {
  const protocol = Object.hasOwn(protocols, vector.protocol) ? protocols[vector.protocol] : undefined
  if (protocol === undefined) return `no driver speaks the protocol "${vector.protocol}"`
  const bytes = fromHex(vector.hex)
  if (bytes.length !== vector.len) return `has ${bytes.length} bytes, its length says ${vector.len}`

  const fields = protocol.parse(bytes, vector)
  if (vector.valid === false) return fields === null ? null : 'was accepted, but must be refused'
  if (fields === null) return 'was refused'
  for (const [name, wanted] of Object.entries(vector.expect ?? {})) {
    if (!isDeepStrictEqual(fields[name], wanted))
      return `${name} is ${JSON.stringify(fields[name])}, should be ${JSON.stringify(wanted)}`
  }

  const built = protocol.build?.(fields, vector) ?? null
  if (built === null) return vector.dir === 'device>host' ? null : 'cannot be built, but the till sends it'
  return isDeepStrictEqual([...built], [...bytes]) ? null : `was built as ${toHex(built)}`
}
