import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { hidScannerDevice } from '../../../native/scanners/open-scanner.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import { hid, listHid } from '../../../native/transports/hid.ts'
import { readDeviceVectors } from '../../support/device-vectors.ts'
import { fromHex, toHex } from '../../support/drivers/desk.ts'
import { settle, VirtualClock } from '../../support/drivers/virtual-clock.ts'

/** The node-hid library as it behaves: errors as strings, no close event, a second close refused. */
const usb = vi.hoisted(() => ({
  devices: [] as object[],
  missing: null as Error | null,
  refused: null as Error | null,
  opened: [] as unknown[],
  open: (() => Promise.reject(new Error('not set'))) as (path: string) => Promise<unknown>,
}))
vi.mock('node-hid', () => ({
  devicesAsync: () => (usb.missing === null ? Promise.resolve(usb.devices) : Promise.reject(usb.missing)),
  HIDAsync: { open: (path: string) => usb.open(path) },
}))

class PluggedDevice extends EventEmitter {
  readonly writes: Uint8Array[] = []
  readonly features: string[] = []
  closed_count = 0
  stuck = false

  write(bytes: Uint8Array): Promise<number> {
    if (this.stuck) return new Promise(() => {})
    this.writes.push(bytes)
    return Promise.resolve(bytes.length)
  }
  sendFeatureReport(bytes: Uint8Array): Promise<number> {
    this.features.push(toHex(bytes))
    return Promise.reject(new Error('the device does not know this report'))
  }
  close(): Promise<void> {
    return this.closed_count++ === 0 ? Promise.resolve() : Promise.reject(new Error('device is already closed'))
  }
}

const honeywell = { vendorId: 0x0c2e, productId: 0x0b8f, path: '/dev/null0', usagePage: 0x8c, usage: 2, release: 1, interface: 0 }
const keyboard = { ...honeywell, path: '/dev/null1', usagePage: 1, usage: 6 }
const report = (id: string) => Buffer.from(fromHex(readDeviceVectors().find((each) => each.id === id)!.hex))

describe('a HID scanner through node-hid', () => {
  let plugged: PluggedDevice
  beforeEach(() => {
    plugged = new PluggedDevice()
    usb.devices = [keyboard, honeywell]
    usb.missing = null
    usb.refused = null
    usb.opened = []
    usb.open = (path) => {
      usb.opened.push(path)
      return usb.refused === null ? Promise.resolve(plugged) : Promise.reject(usb.refused)
    }
  })

  function till() {
    const clock = new VirtualClock()
    const scans: string[] = []
    const supervisor = new Supervisor({ clock, on: { event: () => {}, health: () => {} } })
    const match = { vendorId: 0x0c2e, productId: 0x0b8f }
    const command = supervisor.add(hidScannerDevice('scanner', match), (event) => {
      if (event.kind === 'scan') scans.push(event.text)
    })
    return { clock, command, health: () => supervisor.health()[0]!, scans, supervisor }
  }

  it('opens the scanner interface and not the keyboard beside it, and routes its output there', async () => {
    const { command, health, scans } = till()
    await settle()
    expect(health().state).toBe('ready')
    expect(usb.opened).toEqual(['/dev/null0'])
    expect(plugged.features).toEqual(['FE 01'])
    plugged.emit('data', report('hidpos-001'))
    plugged.emit('data', report('hidpos-002'))
    expect(scans).toEqual(['M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23   100'])
    command({ kind: 'trigger', on: true })
    await settle()
    expect(toHex(plugged.writes[0]!)).toBe('04 04')
  })

  it('takes the first of its string errors for the end and reopens it', async () => {
    const { clock, health, scans } = till()
    await settle()
    const first = plugged
    plugged = new PluggedDevice()
    first.emit('error', 'could not read from HID device')
    first.emit('error', 'could not read from HID device')
    expect(health()).toMatchObject({ state: 'lost', why: 'could not read from HID device', lost_count: 1 })
    await clock.advance(600)
    plugged.emit('data', report('hidpos-010'))
    first.emit('data', report('hidpos-010'))
    expect(scans).toEqual(['4006381333931'])
    expect(first.closed_count).toBeGreaterThan(0)
  })

  it('waits through the quarter second in which the system does not yet allow it', async () => {
    usb.refused = new Error("Failed to open a device with path '/dev/hidraw0': Permission denied")
    const { clock, health } = till()
    await clock.advance(400)
    expect(health().state).toBe('opening')
    usb.refused = null
    await clock.advance(300)
    expect(health().state).toBe('ready')
  })

  it('says which packages are missing where the library does not load, and the till goes on', async () => {
    usb.missing = new Error('libusb-1.0.so.0: cannot open shared object file')
    const { health } = till()
    await settle()
    expect(health()).toMatchObject({ state: 'no-library', why: expect.stringMatching(/libusb-1.0-0 and libudev1/) })
    await expect(listHid()).rejects.toMatchObject({ trouble: 'no-library' })
  })

  it('closes once, whatever happened before, and asks nothing of a closed device', async () => {
    const line = await hid({ path: '/dev/null0' }).open({ bytes: () => {}, gone: () => {} })
    await line.close()
    await line.close()
    expect(plugged.closed_count).toBe(1)
    await expect(line.write(Uint8Array.of(4, 4))).rejects.toMatchObject({ trouble: 'lost' })
  })

  it('gives up a device that takes nothing', async () => {
    const gone: string[] = []
    const line = await hid({ path: '/dev/null0' }, { write_ms_max: 50 }).open({ bytes: () => {}, gone: (why) => gone.push(why) })
    plugged.stuck = true
    await expect(line.write(Uint8Array.of(4, 4))).rejects.toMatchObject({ trouble: 'time-out' })
    expect(gone).toHaveLength(1)
  })

  it('is not there when it is not there', async () => {
    usb.devices = []
    await expect(hid({ vendorId: 1 }).open({ bytes: () => {}, gone: () => {} })).rejects.toMatchObject({ trouble: 'not-there' })
    expect(await hid({ vendorId: 1 }).present!()).toBe(false)
  })
})
