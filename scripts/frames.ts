/**
 * Runs every frame of the device fixtures through the code of the drivers: `npm run test:frames`.
 * `DEVICE_VECTORS_FILE` names another file of the same form. Exit code 1 when a frame fails or the file is unusable.
 */
import { checkDeviceVector } from '../test/support/device-vector.ts'
import { DEVICE_VECTORS, deviceProtocols, readDeviceVectors } from '../test/support/device-vectors.ts'

const file = process.env['DEVICE_VECTORS_FILE'] ?? DEVICE_VECTORS
try {
  const vectors = readDeviceVectors(file)
  let failed = 0
  for (const vector of vectors) {
    const wrong = checkDeviceVector(vector, deviceProtocols)
    if (wrong === null) continue
    failed++
    console.log(`${vector.id} (${vector.name}): ${wrong}`)
  }
  console.log(`${vectors.length - failed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || vectors.length === 0 ? 1 : 0
} catch (error) {
  console.error(`The frames cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
