import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Detection, DetectionEvent } from '../../../native/rfid/detection.ts'
import { detection, DETECTION_HELD_MAX, DETECTION_LINES } from '../../../native/rfid/detection.ts'
import { a0Simulator } from '../../../native/simulators/rfid/a0-simulator.ts'
import { pn532Simulator } from '../../../native/simulators/rfid/pn532-simulator.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import type { ReaderSimulator } from '../../../native/simulators/rfid/reader-simulator.ts'
import { thingMagicSimulator } from '../../../native/simulators/rfid/thingmagic-simulator.ts'
import { uhf18Simulator } from '../../../native/simulators/rfid/uhf18-simulator.ts'
import { Desk } from '../../support/drivers/desk.ts'
import { heldBy } from '../../support/drivers/fuzz.ts'

/** Tries the lines in their order; a reader hears nothing that is sent at another speed than its own. */
function onTheCounter(reader: ReaderSimulator | null): readonly DetectionEvent[] {
  const events: DetectionEvent[] = []
  for (const line of DETECTION_LINES) {
    const desk = new Desk<Detection, never, DetectionEvent>(detection(line)).open()
    for (let heard = 0; desk.events.length === 0; desk.pass(100)) {
      for (; heard < desk.writes.length; heard++) {
        const bytes = reader?.baud === line.baud ? reader.hear(desk.writes[heard]!) : new Uint8Array()
        desk.bytes(bytes)
      }
    }
    expect(desk.ticking).toEqual([])
    events.push(...desk.close().events)
    if (events.at(-1)?.kind === 'found') break
  }
  return events
}

describe('which reader stands on the counter', () => {
  it.each([
    ['r200', r200Simulator()],
    ['r200', r200Simulator({ form: 'aa' })],
    ['a0', a0Simulator()],
    ['thingmagic', thingMagicSimulator()],
    ['thingmagic', thingMagicSimulator({ bootloader: true })],
    ['uhf18', uhf18Simulator({ address: 3 })],
    ['pn532', pn532Simulator()],
  ] as const)('finds the %s', (family, reader) => {
    expect(onTheCounter(reader).at(-1)).toEqual({ kind: 'found', family, baud: reader.baud })
  })

  it('says that there is nobody after every line was tried', () => {
    expect(onTheCounter(null)).toEqual(DETECTION_LINES.map(({ baud }) => ({ kind: 'nobody', baud })))
  })

  it('asks in the documented order, 200 ms each, and writes no setting', () => {
    const desk = new Desk<Detection, never, DetectionEvent>(detection(DETECTION_LINES[0]!)).open()
    const asked: string[] = []
    for (let turn = 0; turn < 4; turn++) {
      asked.push(desk.written)
      desk.pass(199)
      expect(desk.written).toBe(asked.at(-1))
      desk.pass(1)
    }
    expect(desk.written.split(' | ')).toEqual([
      'BB 00 03 00 01 01 05 7E',
      'AA 00 03 00 01 01 05 DD',
      'A0 03 01 72 EA',
      'FF 00 03 1D 0C',
    ])
    const chafon = new Desk<Detection, never, DetectionEvent>(detection(DETECTION_LINES[1]!)).open()
    expect(chafon.written).toBe('04 FF 21 19 95')
  })

  it('is not fooled by a cable that sends back what it is sent', () => {
    for (const line of DETECTION_LINES) {
      const desk = new Desk<Detection, never, DetectionEvent>(detection(line)).open()
      for (let turn = 0; turn < 10; turn++) desk.bytes(desk.writes.at(-1)!).pass(100)
      expect(desk.events).toEqual([{ kind: 'nobody', baud: line.baud }])
    }
  })

  it('hears an answer that comes late and in pieces, behind noise', () => {
    const desk = new Desk<Detection, never, DetectionEvent>(detection(DETECTION_LINES[0]!)).open()
    desk.pass(250).bytes('00 BB 01').pass(100)
    for (const byte of r200Simulator().hear(desk.writes[0]!)) desk.bytes([byte])
    expect(desk.events).toEqual([{ kind: 'found', family: 'r200', baud: 115_200 }])
    const ended = desk.state
    desk.bytes('AA BB').pass(1_000)
    expect(desk.state).toEqual(ended)
  })

  it('keeps little of what a talkative device says, and ends at closed', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 10 }), (chunks) => {
        const desk = new Desk<Detection, never, DetectionEvent>(detection(DETECTION_LINES[0]!)).open()
        for (const chunk of chunks) {
          desk.bytes(chunk)
          expect(heldBy(desk.state)).toBeLessThan(DETECTION_HELD_MAX + 100)
        }
        desk.close()
        expect(desk.state).toEqual({ at: 'closed' })
        const { length } = desk.events
        desk.bytes(r200Simulator().hear(desk.writes[0]!))
        expect([desk.state, desk.events.length]).toEqual([{ at: 'closed' }, length])
      }),
      { numRuns: 50 },
    )
  })
})
