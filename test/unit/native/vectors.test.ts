import { describe, expect, it } from 'vitest'
import { checkDeviceVector } from '../../support/device-vector.ts'
import { deviceProtocols, readDeviceVectors } from '../../support/device-vectors.ts'

const vectors = readDeviceVectors()

describe('the frames of the device fixtures', () => {
  it.each(vectors)('$id: $name', (vector) => {
    expect(checkDeviceVector(vector, deviceProtocols)).toBeNull()
  })

  it('notices a frame that says something else', () => {
    const scan = vectors.find((vector) => vector.id === 'hidpos-010')!
    expect(checkDeviceVector({ ...scan, expect: { data: 'another code' } }, deviceProtocols)).toMatch(/^data is/)
    expect(checkDeviceVector({ ...scan, protocol: 'smoke signals' }, deviceProtocols)).toMatch(/no driver speaks/)
    expect(checkDeviceVector({ ...scan, len: 3 }, deviceProtocols)).toMatch(/its length says 3/)
  })
})

describe('the frames of our own review', () => {
  const own = readDeviceVectors(new URL('../../fixtures/devices/review.frames.json', import.meta.url))

  it.each(own)('$id: $name', (vector) => {
    expect(checkDeviceVector(vector, deviceProtocols)).toBeNull()
  })
})
