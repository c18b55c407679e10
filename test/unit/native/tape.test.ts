import { describe, expect, it } from 'vitest'
import { runDriver } from '../../../native/run-driver.ts'
import { buildSsi, SSI } from '../../../native/scanners/ssi-frames.ts'
import { serialScanner } from '../../../native/scanners/serial-scanner.ts'
import type { SsiEvent } from '../../../native/scanners/zebra-ssi.ts'
import { zebraSsi } from '../../../native/scanners/zebra-ssi.ts'
import { TrafficRing, watched } from '../../../native/traffic.ts'
import { parseTape, tape, TapeRecorder } from '../../../native/transports/tape.ts'
import { ScriptedLine } from '../../support/drivers/scripted-line.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'

const text = (written: string) => new TextEncoder().encode(written)
const quiet = { event: () => {}, gone: () => {} }

/** Runs a Zebra scanner for a while and keeps what passed. */
async function recordedZebra(): Promise<string> {
  const clock = new VirtualClock()
  const line = new ScriptedLine()
  const lines: string[] = []
  const recorder = new TapeRecorder('serial:/dev/ttyACM0@9600', (each) => lines.push(each))
  const transport = watched(line, clock, (traffic) => recorder.note(traffic))
  const run = await runDriver({ driver: zebraSsi(), transport, clock, on: quiet })
  run.command({ kind: 'trigger', on: true })
  await clock.advance(40)
  line.bytes(buildSsi(SSI.ack, [], 0))
  await clock.advance(300)
  line.bytes(buildSsi(SSI.decodeData, [0x0b, ...text('4006381333931')], 0))
  await clock.advance(1_500)
  line.unplug('the cable came out')
  return lines.join('\n')
}

describe('a tape of a device', () => {
  it('keeps both directions with their times, and plays back as the same device', async () => {
    const written = await recordedZebra()
    expect(written.split('\n')[1]).toBe('{"after_ms":0,"way":"out","hex":"04e40400ff14"}')

    const clock = new VirtualClock()
    const played = tape(parseTape(written), clock)
    const events: SsiEvent[] = []
    const gone: string[] = []
    const on = { event: (event: SsiEvent) => events.push(event), gone: (why: string) => gone.push(why) }
    const run = await runDriver({ driver: zebraSsi(), transport: played, clock, on })
    await clock.advance(10_000)
    expect(events).toEqual([])

    run.command({ kind: 'trigger', on: true })
    await clock.advance(339)
    expect(events).toMatchObject([{ kind: 'reply', ok: true }])
    await clock.advance(5_000)
    expect(events.at(-1)).toMatchObject({ kind: 'scan', text: '4006381333931' })
    expect(played.wrote).toHaveLength(2)
    expect(gone).toEqual(['the cable came out'])
  })

  it.each([
    ['', /line 1/],
    ['{"tape":2,"address":"x","made_at":"2026-01-05"}', /line 1: not the head/],
    ['{"tape":1,"address":"x","made_at":"2026-01-05"}\n{"after_ms":-1,"way":"in","hex":""}', /line 2: no after_ms/],
    ['{"tape":1,"address":"x","made_at":"2026-01-05"}\n{"after_ms":1,"way":"in","hex":"0"}', /line 2: neither/],
    ['{"tape":1,"address":"x","made_at":"2026-01-05"}\nnot json', /line 2: not JSON/],
  ])('says where a tape is wrong: %#', (written, why) => {
    expect(() => parseTape(written)).toThrow(why)
  })
})

describe('the last traffic of a line', () => {
  it('stays within its bounds, however much passes', async () => {
    const clock = new VirtualClock()
    const line = new ScriptedLine()
    const ring = new TrafficRing()
    await runDriver({
      driver: serialScanner(),
      transport: watched(line, clock, (traffic) => ring.add(traffic)),
      clock,
      on: quiet,
    })
    for (let count = 0; count < 500; count++) line.bytes(new Uint8Array(10_000).fill(0x41))
    line.bytes('SN0001\r')
    const kept = ring.list()
    expect(kept.reduce((sum, each) => sum + ('bytes' in each ? each.bytes.length : 0), 0)).toBeLessThanOrEqual(65_536)
    expect(kept.at(-1)).toMatchObject({ way: 'in', bytes: text('SN0001\r') })
  })
})
