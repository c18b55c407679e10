import { describe, expect, it } from 'vitest'
import { practiceScanner } from '../../../native/scanners/practice-scanner.ts'
import { serialScanner } from '../../../native/scanners/serial-scanner.ts'
import { device, runs } from '../../../native/supervisor/device.ts'
import type { HotPlug } from '../../../native/supervisor/hot-plug.ts'
import { supportFile } from '../../../native/supervisor/support-file.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import type { ScriptedLine as Line } from '../../support/drivers/scripted-line.ts'
import { ScriptedLine } from '../../support/drivers/scripted-line.ts'
import { settle, VirtualClock } from '../../support/drivers/virtual-clock.ts'

function counter(line: Line = new ScriptedLine(), hotPlug?: HotPlug) {
  const clock = new VirtualClock()
  const states: string[] = []
  const scans: string[] = []
  const supervisor = new Supervisor({
    clock,
    ...(hotPlug === undefined ? {} : { hotPlug }),
    on: { event: () => {}, health: (health) => states.push(health.noisy ? `${health.state}, noisy` : health.state) },
  })
  const present = line.present
  const about = { id: 'scanner', name: 'hand scanner', address: line.address, ...(present ? { present } : {}) }
  const command = supervisor.add(
    device(about, () => runs(serialScanner({ family: 'honeywell' }), line)),
    (event) => void (event.kind === 'scan' && scans.push(event.text)),
  )
  const health = () => supervisor.health()[0]!
  return { clock, command, health, line, scans, states, supervisor }
}

describe('the supervisor', () => {
  it('opens a scanner and hands on its scans with a count and a time', async () => {
    const { clock, health, line, scans } = counter()
    await settle()
    line.bytes('SN0001\rSN0002\r')
    expect(scans).toEqual(['SN0001', 'SN0002'])
    expect(health()).toMatchObject({
      state: 'ready',
      opened_count: 1,
      event_count: 2,
      bytes_in: 14,
      last_event: { kind: 'scan', at: clock.now() },
    })
  })

  it('reopens a lost scanner with a growing wait, half a second to five', async () => {
    const { clock, health, line, scans, states } = counter()
    await settle()
    line.trouble = 'not-there'
    line.unplug()
    const openings: number[] = []
    for (let waited = 0; waited < 30_000; waited += 100) {
      const before = line.opened_count
      await clock.advance(100)
      if (line.opened_count > before) openings.push(waited + 100)
    }
    const gaps = openings.map((at, index) => at - (openings[index - 1] ?? 0))
    expect(gaps.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000])
    expect(health()).toMatchObject({ state: 'lost', lost_count: 1 })

    line.trouble = null
    await clock.advance(5_000)
    line.bytes('SN0003\r')
    expect(scans).toEqual(['SN0003'])
    expect(states).toEqual(['opening', 'ready', 'lost', 'lost', 'ready'])
  })

  it('does not hammer a device that drops as soon as it is open', async () => {
    const { clock, line } = counter()
    await settle()
    for (let waited = 0; waited < 60_000; waited += 100) {
      line.unplug()
      await clock.advance(100)
    }
    expect(line.opened_count).toBeLessThan(20)
  })

  it.each(['not-allowed', 'busy'] as const)('does not tell of %s before two seconds have passed', async (trouble) => {
    const line = new ScriptedLine()
    line.trouble = trouble
    const { clock, health, states } = counter(line)
    await clock.advance(1_900)
    expect(states).toEqual(['opening'])
    expect(line.opened_count).toBeGreaterThan(5)
    await clock.advance(400)
    expect(health()).toMatchObject({ state: trouble, why: `told to be ${trouble}` })
    line.trouble = null
    await clock.advance(6_000)
    expect(health().state).toBe('ready')
  })

  it('asks only once for a library that is missing, and again when somebody wants it', async () => {
    const line = new ScriptedLine()
    line.trouble = 'no-library'
    const { clock, health, supervisor } = counter(line)
    await clock.advance(60_000)
    expect(health().state).toBe('no-library')
    expect(line.opened_count).toBe(1)
    supervisor.look('scanner')
    await settle()
    expect(line.opened_count).toBe(2)
  })

  it('says "searching" for a scanner never seen, without trying to open it', async () => {
    const line = new ScriptedLine({ tellsPresence: true })
    line.plugged = false
    const { clock, health } = counter(line)
    await clock.advance(20_000)
    expect(health()).toMatchObject({ state: 'searching', opened_count: 0 })
    expect(line.opened_count).toBe(0)
  })

  it('looks at once when something is plugged in, and once more when the system has had time to list it', async () => {
    let plug = () => {}
    const hotPlug: HotPlug = { watch: (changed) => Promise.resolve(((plug = changed), () => Promise.resolve())) }
    const line = new ScriptedLine({ tellsPresence: true })
    line.plugged = false
    const { clock, health } = counter(line, hotPlug)
    await clock.advance(20_000)
    plug()
    await clock.advance(300)
    line.plugged = true
    await clock.advance(450)
    expect(health().state).toBe('ready')
  })

  it('notices an unplugging that the line kept quiet about', async () => {
    const line = new ScriptedLine({ tellsPresence: true })
    const { clock, health } = counter(line)
    await settle()
    line.plugged = false
    await clock.advance(3_200)
    expect(health()).toMatchObject({ state: 'lost', why: 'it was unplugged' })
    expect(line.open_now).toBe(0)
  })

  it('tells once that a line is noisy, and is silent about a single torn scan', async () => {
    const { clock, health, line, states } = counter()
    await settle()
    line.bytes(Uint8Array.of(0x00, 0x0d))
    expect(health().noisy).toBe(false)
    for (let count = 0; count < 10; count++) line.bytes(Uint8Array.of(0x00, 0x0d))
    expect(states).toEqual(['opening', 'ready', 'ready, noisy'])
    expect(health()).toMatchObject({ garbled_count: 11, event_count: 0 })
    await clock.advance(61_000)
    expect(health().noisy).toBe(false)
  })

  it('keeps no command for a scanner that is away', async () => {
    const { command, line } = counter()
    await settle()
    expect(command({ kind: 'trigger', on: true })).toBe(true)
    await settle()
    line.unplug()
    expect(command({ kind: 'trigger', on: true })).toBe(false)
    await settle()
    expect(line.wrote).toHaveLength(1)
  })

  it('never lets one broken device stop another', async () => {
    const { clock, health, supervisor } = counter()
    supervisor.add(device({ id: 'broken', name: 'broken', address: 'x' }, () => Promise.reject(new Error('a surprise'))))
    await clock.advance(10_000)
    expect(supervisor.health()[1]).toMatchObject({ state: 'refused', why: 'a surprise' })
    expect(health().state).toBe('ready')
    expect(() =>
      supervisor.add(device({ id: 'broken', name: 'again', address: 'y' }, () => runs(serialScanner(), new ScriptedLine()))),
    ).toThrow(/two devices/)
  })

  it('closes everything at the end, waits for it, and leaves no timer behind', async () => {
    const { clock, line, states, supervisor } = counter()
    await settle()
    const stopped = supervisor.stop()
    await stopped
    expect(line.open_now).toBe(0)
    expect(states.at(-1)).toBe('stopped')
    expect(clock.pending).toBe(0)
    await clock.advance(60_000)
    expect(line.opened_count).toBe(1)
  })

  it('does not wait for ever for a line that does not close', async () => {
    const { clock, line, supervisor } = counter()
    await settle()
    line.closes = 'never'
    let stopped = false
    void supervisor.stop().then(() => (stopped = true))
    await clock.advance(3_000)
    expect(stopped).toBe(false)
    await clock.advance(1_500)
    expect(stopped).toBe(true)
  })

  it('keeps the last traffic for the support file and lets a recorder listen', async () => {
    const { line, supervisor } = counter()
    await settle()
    const heard: string[] = []
    const end = supervisor.listen('scanner', (traffic) => heard.push(traffic.way))
    line.bytes('SN0001\r')
    end()
    line.bytes('SN0002\r')
    expect(heard).toEqual(['in'])
    expect(supervisor.traffic('scanner').map((each) => each.way)).toEqual(['opened', 'in', 'in'])
    expect(supervisor.traffic('nobody')).toEqual([])
  })

  it('writes a support file that a person can read', async () => {
    const { clock, health, line, supervisor } = counter()
    await settle()
    line.bytes('SN0001\r')
    line.unplug('the cable came out')
    const text = supportFile(clock.now(), [{ health: health(), traffic: supervisor.traffic('scanner') }])
    expect(text).toContain('hand scanner (scanner) at script:1')
    expect(text).toContain('lost since 2026-01-05T08:00:00.000Z: the cable came out')
    expect(text).toContain('2026-01-05T08:00:00.000Z < 534e303030310d SN0001.')
    expect(text).toContain('closed: the cable came out')
  })

  it('stops also while a device is still being opened, and closes what then opens', async () => {
    const clock = new VirtualClock()
    const line = new ScriptedLine()
    const supervisor = new Supervisor({ clock, on: { event: () => {}, health: () => {} } })
    let open = () => {}
    const opening = new Promise<void>((resolve) => (open = resolve))
    supervisor.add(
      device({ id: 'slow', name: 'slow', address: 'x' }, async () => {
        await opening
        return runs(serialScanner(), line)
      }),
    )
    await settle()
    const stopped = supervisor.stop()
    open()
    await stopped
    expect([line.opened_count, line.open_now]).toEqual([1, 0])
    expect(clock.pending).toBe(0)
  })

  it('treats a practice scanner like a real one', async () => {
    const clock = new VirtualClock()
    const scans: string[] = []
    const supervisor = new Supervisor({ clock, on: { event: () => {}, health: () => {} } })
    const practice = practiceScanner('practice')
    supervisor.add(practice.device, (event) => void (event.kind === 'scan' && scans.push(`${event.aim} ${event.text}`)))
    await settle()
    practice.scan(']d2010950110153000321SN1')
    practice.unplug()
    practice.scan('lost')
    expect(supervisor.health()[0]!.state).toBe('lost')
    practice.plug()
    await clock.advance(1_000)
    practice.scan(']E04006381333931')
    expect(scans).toEqual([']d2 010950110153000321SN1', ']E0 4006381333931'])
  })
})
