import { describe, expect, it } from 'vitest'
import type { PrivacyInput, PrivacyState, PrivacyStep, PrivacyWish } from '../../../native/rfid/privacy.ts'
import { beginPrivacy, mutedEpc, stepPrivacy } from '../../../native/rfid/privacy.ts'
import { pn532Hsu } from '../../../native/rfid/pn532-hsu.ts'
import { r200 } from '../../../native/rfid/r200.ts'
import { pn532Simulator } from '../../../native/simulators/rfid/pn532-simulator.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { TagField } from '../../../native/simulators/rfid/tag-field.ts'
import { Counter } from '../../support/rfid/counter.ts'

const SHOE = '30340242201D8840000186A0'
const MODEL = '30340242201D884000000000'

function fieldWith(tag: Partial<Parameters<TagField['place']>[0]> = {}): TagField {
  const field = new TagField()
  field.place({ epc: SHOE, killPassword: 'CAFE0001', ...tag })
  return field
}

/** The customer stands at the exit; the sequence runs against a real driver. `during` happens once the order is out. */
function atExit<State>(at: Counter<State>, wish: PrivacyWish, during: () => void = () => {}): PrivacyState {
  let read = at.events.length
  let due = Number.POSITIVE_INFINITY
  let state: PrivacyState
  const take = ([next, effects]: PrivacyStep) => {
    state = next
    for (const effect of effects) {
      if (effect.kind === 'command') at.command(effect.command)
      else due = at.now_ms + effect.after_ms
    }
  }
  const give = (input: PrivacyInput) => take(stepPrivacy(state, input))
  take(beginPrivacy(wish, 'exit'))
  during()
  for (let turn = 0; turn < 2_000 && state!.at !== 'ended'; turn++) {
    at.pass(10)
    for (; read < at.events.length; read++) {
      const event = at.events[read]!
      const matters = event.kind === 'outcome' || event.kind === 'unsupported' || event.kind === 'tag'
      if (matters) give({ kind: 'event', event })
    }
    if (at.now_ms >= due) give({ kind: 'time' })
  }
  return state!
}

describe('what happens to the tag at the exit', () => {
  it('a killed tag is looked for and not found', () => {
    const field = fieldWith()
    const at = new Counter(r200, r200Simulator({}, field)).pass(1_000)
    const end = atExit(at, { choice: 'kill', epc: SHOE, password: 'CAFE0001' })
    expect(end).toEqual({ at: 'ended', outcome: 'done', why: 'confirmed-by-reading' })
    expect(field.epcs).toEqual([])
  })

  it('a wrong password kills nothing, and says so', () => {
    const field = fieldWith()
    const at = new Counter(r200, r200Simulator({}, field)).pass(1_000)
    const end = atExit(at, { choice: 'kill', epc: SHOE, password: '00000001' })
    expect(end).toEqual({ at: 'ended', outcome: 'not-done', why: 'refused' })
    expect(field.epcs).toEqual([SHOE])
  })

  it('a muted tag answers with a number that names nothing', () => {
    const field = fieldWith()
    const at = new Counter(r200, r200Simulator({}, field)).pass(1_000)
    expect(atExit(at, { choice: 'mute', epc: SHOE })).toMatchObject({ outcome: 'done' })
    expect(field.epcs).toEqual([mutedEpc(SHOE)])
  })

  it('a rewritten tag is read with its new number', () => {
    const field = fieldWith({ accessPassword: 'BEEF0002' })
    const at = new Counter(r200, r200Simulator({}, field)).pass(1_000)
    const end = atExit(at, { choice: 'write', epc: SHOE, to: MODEL, password: 'BEEF0002' })
    expect(end).toMatchObject({ outcome: 'done' })
    expect(field.epcs).toEqual([MODEL])
  })

  it('nobody knows when the tag is carried away before it could be read again', () => {
    const field = fieldWith()
    const at = new Counter(r200, r200Simulator({}, field)).pass(1_000)
    const end = atExit(at, { choice: 'write', epc: SHOE, to: MODEL }, () => field.clear())
    expect(end).toEqual({ at: 'ended', outcome: 'unknown', why: 'new-epc-not-read' })
  })

  it('a kill without an answer is unknown, even when nothing is read afterwards', () => {
    const field = fieldWith({ answers: 0 })
    const at = new Counter(r200, r200Simulator({}, field)).pass(1_000)
    field.lift(SHOE)
    const end = atExit(at, { choice: 'kill', epc: SHOE, password: 'CAFE0001' })
    expect(end).toEqual({ at: 'ended', outcome: 'unknown', why: 'nothing-read' })
  })

  it('a tag that is still read was not killed, whatever the reader said', () => {
    const wish = { choice: 'kill', epc: SHOE, password: 'CAFE0001' } as const
    const word = { outcome: 'done', why: null, code: null, bytes: null } as const
    const outcome = { kind: 'outcome', id: 'x', order: 'kill', ...word } as const
    const tag = {
      kind: 'tag',
      epc: SHOE,
      uid: null,
      pc: null,
      rssi_dbm: -50,
      rssi_raw: null,
      antenna: 1,
      tid: null,
      userMemory: null,
      url: null,
      stable: true,
    } as const
    let [state] = beginPrivacy(wish, 'x')
    for (const input of [{ kind: 'event', event: outcome }, { kind: 'event', event: tag }, { kind: 'time' }] as const)
      [state] = stepPrivacy(state, input)
    expect(state).toEqual({ at: 'ended', outcome: 'not-done', why: 'old-epc-still-read' })
  })

  it('an NFC pad cannot, and a reader that goes away leaves it unknown', () => {
    const at = new Counter(pn532Hsu, pn532Simulator()).pass(1_000)
    expect(atExit(at, { choice: 'kill', epc: SHOE, password: 'CAFE0001' })).toEqual({
      at: 'ended',
      outcome: 'not-done',
      why: 'not-supported',
    })
    const [state] = beginPrivacy({ choice: 'mute', epc: SHOE }, 'y')
    expect(stepPrivacy(state, { kind: 'reader-lost' })[0]).toMatchObject({ outcome: 'unknown' })
  })
})
