import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { padDevice } from '../../../native/rfid/open-pad.ts'
import type { RfidEvent } from '../../../native/rfid/reader.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { UsbSerialDevice } from '../devices/usb-serial-device.ts'
import { story, until } from '../story.ts'
import { supervise } from './supervised-till.ts'

const PAD = { vendorId: 0x1a86, productId: 0x55d4, maker: 'WCH', product: 'pad', serialNumber: 'PAD1' }
const SHOE = '30340242201D8840000186A0'
const TICK_MS = 20

const sightings = (events: readonly RfidEvent[]) => events.filter((event) => event.kind === 'tag' && event.epc === SHOE).length

story('a pad is asked what it is, reads a tag, is pulled out while it reads, and reads on when it is back', async (counter) => {
  const reader = r200Simulator()
  const pad = new UsbSerialDevice('pad', PAD, (bytes) => void pad.say(reader.hear(bytes)))
  counter.after(() => pad.remove())
  let plugged = true
  const time = setInterval(() => plugged && void pad.say(reader.pass(TICK_MS)), TICK_MS)
  counter.after(() => clearInterval(time))
  pad.plug()
  reader.field.place({ epc: SHOE, tid: 'E2801105200012345678ABCD' })

  const till = supervise(counter, padDevice('pad', { vendorId: PAD.vendorId, productId: PAD.productId }))
  await until(() => till.events.some((event) => event.kind === 'reader'), 'the reader')
  const [known] = till.events.filter((event) => event.kind === 'reader')
  assert.equal(known?.family, 'r200')
  till.command({ kind: 'open-field' })
  await until(() => sightings(till.events) > 10, 'ten sightings')

  plugged = false
  pad.unplug()
  reader.power(false)
  await till.is('lost', 5_000)
  const seen = sightings(till.events)
  reader.power(true)
  pad.plug()
  plugged = true
  await till.is('ready')
  await pause(500)
  assert.equal(sightings(till.events), seen, 'the radio stays off until the till asks for it')
  till.command({ kind: 'open-field' })
  await until(() => sightings(till.events) > seen + 10, 'ten more sightings')
  till.command({ kind: 'close-field' })
})
