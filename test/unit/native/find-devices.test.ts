import { describe, expect, it } from 'vitest'
import { CATALOGUE, catalogued } from '../../../native/supervisor/catalogue.ts'
import { findDevices, hidDevice } from '../../../native/supervisor/find-devices.ts'
import { usbHotPlug } from '../../../native/supervisor/hot-plug.ts'

const plugged = { path: '/dev/hidraw0', maker: 'Maker', product: 'Scanner', serialNumber: 'S1', usage: 2 }

describe('finding devices', () => {
  it('never fails on this machine, whatever it has: what is missing is told', async () => {
    const { devices, troubles } = await findDevices()
    for (const found of devices) expect(found.address).toMatch(/^(hid|serial):/)
    for (const trouble of troubles) expect(trouble).toMatch(/not available/)
  })

  it('watches for plugging where the system has USB, and is silent where it has none', async () => {
    const end = await usbHotPlug.watch(() => {})
    await end()
  })

  it('names a model it knows, and takes any scanner on the scanner page', () => {
    expect(hidDevice({ ...plugged, vendorId: 0x1eab, productId: 0x1d10, usagePage: 0x8c })).toMatchObject([
      { name: 'Newland FM430', driver: 'hid-pos-newland', address: 'hid:1eab:1d10#S1' },
    ])
    expect(hidDevice({ ...plugged, vendorId: 0x9999, productId: 1, usagePage: 0x8c })).toMatchObject([
      { name: 'Maker Scanner', driver: 'hid-pos' },
    ])
    expect(hidDevice({ ...plugged, vendorId: 0x05e0, productId: 0x1300, usagePage: 0xff45 })).toMatchObject([
      { name: 'Zebra DS2208', driver: 'ibm-oem' },
    ])
  })

  it('does not offer an office keyboard or a mouse as a scanner', () => {
    expect(hidDevice({ ...plugged, vendorId: 0x046d, productId: 0xc31c, usagePage: 1, usage: 6 })).toEqual([])
    expect(hidDevice({ ...plugged, vendorId: 0x046d, productId: 0xc077, usagePage: 1, usage: 2 })).toEqual([])
  })

  it('says that behind a serial adapter there may be anything', () => {
    expect(catalogued({ vendorId: 0x1a86, productId: 0x7523 })).toMatchObject({ kind: 'serial-adapter', driver: 'ask' })
  })

  it('has no entry that an earlier one hides', () => {
    for (const entry of CATALOGUE) {
      const ids = { vendorId: entry.vendorId, productId: entry.productId ?? 0xfffe }
      const found = catalogued(entry.usagePage === undefined ? ids : { ...ids, usagePage: entry.usagePage })
      expect(found).toEqual(entry)
    }
  })
})
