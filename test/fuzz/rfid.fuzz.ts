import { fuzzDriver, generator, heldBy } from '../support/drivers/fuzz.ts'
import { Desk } from '../support/drivers/desk.ts'
import { RFID_CASES } from '../support/rfid/samples.ts'
import type { RfidCommand } from '../../native/rfid/reader.ts'

/** No state of a pad's driver may hold more than this: one frame, its orders, one plan. */
export const RFID_HELD_MAX = 8 * 1024

const EPC = '30751FEB705C5904E3D50D70'
const COMMANDS: readonly RfidCommand[] = [
  { kind: 'open-field' },
  { kind: 'close-field' },
  { kind: 'read-settings', id: 'settings' },
  { kind: 'read-tid', id: 'tid', epc: EPC },
  { kind: 'read-user', id: 'user', epc: 'CB98A605', words: 8 },
  { kind: 'write-epc', id: 'write', epc: EPC, to: 'E20000000000000000000001' },
  { kind: 'lock', id: 'lock', epc: EPC, field: 'epc', action: 'lock' },
  { kind: 'kill', id: 'kill', epc: EPC, password: '12345678' },
  { kind: 'set-power', id: 'power', power_dbm: 15 },
  { kind: 'set-region', id: 'region', region: 'eu' },
  { kind: 'set-answer-mode', id: 'answer' },
  { kind: 'feedback', id: 'beep', as: 'good' },
]
const SAMPLING = 64

/**
 * The long run over all pad protocols: `chunks` chunks in all, shared out evenly. Throws at the first exception,
 * flood or growing buffer; returns the most that any state was seen to hold.
 */
export function fuzz(chunks: number, seed: number): { chunks: number; maxBuffer: number } {
  const each = Math.ceil(chunks / RFID_CASES.length / 2)
  let maxBuffer = 0
  let run = 0
  for (const [index, { driver, samples, ready }] of RFID_CASES.entries()) {
    const options = { ready, held_max: RFID_HELD_MAX, commands: COMMANDS }
    fuzzDriver(driver, samples, { ...options, seed: seed + index, chunks: each })
    // Every other chunk goes through a run of its own that measures, and cuts real frames far more finely.
    const random = generator(seed ^ (index + 1) * 0x9e37)
    const desk = new Desk(driver).give(...ready)
    for (let count = 0; count < each; count++) {
      const sample = samples[Math.floor(random() * samples.length)]!.bytes
      const from = Math.floor(random() * sample.length)
      const piece = sample.slice(from, from + 1 + Math.floor(random() * sample.length))
      if (random() < 0.2) piece[Math.floor(random() * piece.length)] = Math.floor(random() * 256)
      desk.give({ kind: 'bytes', bytes: piece })
      if (random() < 0.05) desk.command(COMMANDS[Math.floor(random() * COMMANDS.length)]!)
      if (random() < 0.05) desk.pass(Math.floor(random() * 3_000))
      if (count % SAMPLING === 0) {
        maxBuffer = Math.max(maxBuffer, heldBy(desk.state))
        desk.events.length = 0
        desk.writes.length = 0
      }
    }
    if (maxBuffer > RFID_HELD_MAX) throw new Error(`${driver.name} held ${maxBuffer}, more than ${RFID_HELD_MAX}`)
    run += each * 2
  }
  return { chunks: run, maxBuffer }
}
