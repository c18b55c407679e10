import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../native/clock.ts'
import { padDevice } from '../../../native/rfid/open-pad.ts'
import type { RfidEvent } from '../../../native/rfid/reader.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { thingMagicSimulator } from '../../../native/simulators/rfid/thingmagic-simulator.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import { inhabit } from '../../support/rfid/inhabit.ts'
import { PseudoTerminal, until } from '../../support/pseudo-terminal.ts'

const SHOE = '30340242201D8840000186A0'

describe.runIf(process.platform === 'linux')('a pad on a real terminal', () => {
  let line: PseudoTerminal
  let leave = () => {}
  let supervisor: Supervisor
  const events: RfidEvent[] = []
  const seen = () => events.filter((event) => event.kind === 'tag').length

  beforeEach(async () => {
    line = await PseudoTerminal.plugged()
    supervisor = new Supervisor({ clock: systemClock, on: { event: () => {}, health: () => {} } })
    events.length = 0
  })
  afterEach(async () => {
    leave()
    await supervisor.stop()
    await line.remove()
  })

  it.each([
    ['r200', r200Simulator()],
    ['thingmagic', thingMagicSimulator({ bootloader: true })],
  ] as const)('finds the %s by asking, reads tags and a tag\'s own number, and falls silent', async (family, reader) => {
    leave = inhabit(line, reader)
    reader.field.place({ epc: SHOE, tid: 'E2801105200012345678ABCD' })
    const command = supervisor.add(padDevice('pad', { path: line.path }), (event) => events.push(event))
    await until(() => events.some((event) => event.kind === 'reader'), 'the reader')
    expect(events.find((event) => event.kind === 'reader')).toMatchObject({ family })
    command({ kind: 'open-field' })
    await until(() => seen() > 10, 'ten sightings')
    command({ kind: 'read-tid', id: 'tid', epc: SHOE })
    await until(() => events.some((event) => event.kind === 'outcome'), 'the outcome')
    expect(events.find((event) => event.kind === 'outcome')).toMatchObject({ bytes: 'E2801105200012345678ABCD' })
    command({ kind: 'close-field' })
    const count = seen()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(seen()).toBe(count)
  })

  it('says that nobody it knows is there', async () => {
    supervisor.add(padDevice('pad', { path: line.path }), (event) => events.push(event))
    await until(() => supervisor.health()[0]?.state === 'refused', 'the refusal')
    expect(supervisor.health()[0]?.why).toMatch(/no reader we know/)
  })
})
