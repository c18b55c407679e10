import { describe, expect, it } from 'vitest'
import { usbSerial } from '../../../native/transports/usb-serial.ts'

const ftdi = { path: '/dev/nowhere0', maker: 'FTDI', vendorId: 0x0403, productId: 0x6001, serialNumber: 'A1' }
const quiet = { bytes: () => {}, gone: () => {} }

describe('a serial device by what it is', () => {
  it('is found under whatever name its port has today', async () => {
    const listed = [{ ...ftdi, path: '/dev/nowhere7', serialNumber: 'B2' }, ftdi]
    const line = usbSerial({ vendorId: 0x0403, productId: 0x6001, serialNumber: 'B2' }, () => Promise.resolve(listed))
    expect(line.address).toBe('serial:usb:0403:6001#B2')
    expect(await line.present!()).toBe(true)
    await expect(line.open(quiet)).rejects.toMatchObject({ trouble: 'not-there', message: expect.stringMatching(/nowhere7/) })
  })

  it('is not guessed when two are the same', async () => {
    const line = usbSerial({ vendorId: 0x0403, productId: 0x6001 }, () => Promise.resolve([ftdi, ftdi]))
    await expect(line.open(quiet)).rejects.toMatchObject({ trouble: 'refused', message: expect.stringMatching(/2 devices/) })
  })

  it('is not there when another device has taken its port', async () => {
    const line = usbSerial({ vendorId: 0x1a86, productId: 0x7523 }, () => Promise.resolve([ftdi]))
    expect(await line.present!()).toBe(false)
    await expect(line.open(quiet)).rejects.toMatchObject({ trouble: 'not-there' })
  })
})
