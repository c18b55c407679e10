import { describe, expect, it } from 'vitest'
import type { Outcome, ReaderSettings } from '../../../native/rfid/reader.ts'
import { r200 } from '../../../native/rfid/r200.ts'
import type { SettingsInput, SettingsWatch } from '../../../native/rfid/settings.ts'
import { mayRadiate, startSettings, stepSettings } from '../../../native/rfid/settings.ts'
import { thingMagic } from '../../../native/rfid/thingmagic.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { thingMagicSimulator } from '../../../native/simulators/rfid/thingmagic-simulator.ts'
import { Counter } from '../../support/rfid/counter.ts'

const WANTED = { power_dbm: 15, region: 'eu' } as const

const R200_AS_WANTED: ReaderSettings = {
  family: 'r200',
  model: 'M100',
  firmware: 'V2',
  power_dbm: 15,
  power_max_dbm: null,
  region: 'eu',
  region_code: 3,
  power_is_stored: true,
  region_is_stored: true,
  pushes_unasked: false,
}

/** Carries the orders of the settings watch to a real driver with a simulated reader, and its events back. */
function watched<State>(at: Counter<State>) {
  let watch: SettingsWatch = startSettings()
  let read = 0
  const sent: string[] = []
  const give = (input: SettingsInput) => {
    const [next, orders] = stepSettings(watch, input, WANTED)
    watch = next
    for (const order of orders) {
      sent.push(order.kind)
      at.command(order)
    }
  }
  const settle = () => {
    for (let turn = 0; turn < 20; turn++) {
      at.pass(200)
      for (; read < at.events.length; read++) {
        const event = at.events[read]!
        if (event.kind === 'reader') give({ kind: 'found', settings: event })
        if (event.kind === 'outcome') give({ kind: 'outcome', outcome: event })
      }
    }
    return watch
  }
  return { settle, give, sent }
}

describe('settings of a reader', () => {
  it('writes nothing when all is as the shop wants it', () => {
    const pad = watched(new Counter(r200, r200Simulator({ power_dbm: 15, region: 3 })))
    expect(pad.settle().at).toBe('same')
    expect(pad.sent).toEqual([])
  })

  it('asks before it writes power into flash, then writes, then reads it back', () => {
    const pad = watched(new Counter(r200, r200Simulator({ power_dbm: 26 })))
    const before = pad.settle()
    expect(before).toMatchObject({ at: 'differs', differences: [{ setting: 'power', is_dbm: 26, wanted_dbm: 15 }] })
    expect(mayRadiate(before)).toBe(true)
    expect(pad.sent).toEqual([])
    pad.give({ kind: 'confirmed' })
    expect(pad.settle()).toMatchObject({ at: 'same', found: { power_dbm: 15 } })
    expect(pad.sent).toEqual(['set-power', 'read-settings'])
  })

  it('keeps the radio off in the region of another country, and never changes it in silence', () => {
    const pad = watched(new Counter(r200, r200Simulator({ power_dbm: 15, region: 2 })))
    const before = pad.settle()
    expect(before.at).toBe('differs')
    expect(mayRadiate(before)).toBe(false)
    expect(pad.sent).toEqual([])
    pad.give({ kind: 'confirmed' })
    expect(mayRadiate(pad.settle())).toBe(true)
  })

  it('tells a reader that forgets everything what it should do, without asking each morning', () => {
    const pad = watched(new Counter(thingMagic, thingMagicSimulator({ region: 0, power_dbm: 5 })))
    expect(pad.settle().at).toBe('same')
    expect(pad.sent).toEqual(['set-region', 'set-power', 'read-settings'])
  })

  it('says that it failed when the reader goes on telling something else', () => {
    const outcome: Outcome = {
      kind: 'outcome',
      id: 'settings-power',
      order: 'set-power',
      outcome: 'done',
      why: null,
      code: null,
      bytes: null,
    }
    const weak: ReaderSettings = { ...R200_AS_WANTED, power_dbm: 26 }
    const steps: readonly SettingsInput[] = [
      { kind: 'found', settings: weak },
      { kind: 'confirmed' },
      { kind: 'outcome', outcome },
      { kind: 'found', settings: weak },
    ]
    const end = steps.reduce((watch, input) => stepSettings(watch, input, WANTED)[0], startSettings())
    expect(end).toMatchObject({ at: 'failed', differences: [{ setting: 'power' }] })
    expect(mayRadiate(end)).toBe(true)
  })

  it('counts an unknown outcome as failed, and starts anew when the reader is plugged in again', () => {
    const outcome: Outcome = {
      kind: 'outcome',
      id: 'settings-region',
      order: 'set-region',
      outcome: 'unknown',
      why: 'line-lost',
      code: null,
      bytes: null,
    }
    const abroad: ReaderSettings = { ...R200_AS_WANTED, region: 'us', region_code: 2 }
    const steps: readonly SettingsInput[] = [
      { kind: 'found', settings: abroad },
      { kind: 'confirmed' },
      { kind: 'outcome', outcome },
    ]
    const failed = steps.reduce((watch, input) => stepSettings(watch, input, WANTED)[0], startSettings())
    expect(failed.at).toBe('failed')
    expect(mayRadiate(failed)).toBe(false)
    expect(stepSettings(failed, { kind: 'lost' }, WANTED)[0]).toEqual(startSettings())
  })
})
