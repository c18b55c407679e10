import { describe, expect, it } from 'vitest'
import type { Driver, Effect } from '../../../native/driver.ts'
import { runDriver, UNSENT_BYTES_MAX } from '../../../native/run-driver.ts'
import { serialScanner } from '../../../native/scanners/serial-scanner.ts'
import { TransportFault } from '../../../native/transport.ts'
import { ScriptedLine } from '../../support/drivers/scripted-line.ts'
import { settle, VirtualClock } from '../../support/drivers/virtual-clock.ts'

type Told = { readonly kind: string }

/** Answers each command with a write and an event, and tells everything it is given. */
const echo: Driver<null, string, Told> = {
  name: 'echo',
  start: () => null,
  step(state, input) {
    const effects: Effect<Told>[] = [{ kind: 'emit', event: { kind: input.kind } }]
    if (input.kind === 'command') {
      effects.push({ kind: 'write', bytes: new TextEncoder().encode(input.command) })
      effects.push({ kind: 'wake', timer: 'again', after_ms: input.command === 'quiet' ? null : 100 })
    }
    return [state, effects]
  },
}

async function running(line = new ScriptedLine()) {
  const clock = new VirtualClock()
  const told: string[] = []
  const gone: string[] = []
  const run = await runDriver({
    driver: echo,
    transport: line,
    clock,
    on: { event: (event) => told.push(event.kind), gone: (why) => gone.push(why) },
  })
  return { clock, line, run, told, gone }
}

describe('a driver on a line', () => {
  it('hears bytes that came while the line was still opening, after `opened`', async () => {
    const line = new ScriptedLine()
    line.early = Uint8Array.of(1)
    expect((await running(line)).told).toEqual(['opened', 'bytes'])
  })

  it('says why a line does not open', async () => {
    const line = new ScriptedLine()
    line.trouble = 'busy'
    await expect(running(line)).rejects.toEqual(new TransportFault('busy', 'told to be busy'))
  })

  it('rings one timer for each name, the last one set, and none after it was cancelled', async () => {
    const { clock, run, told } = await running()
    run.command('a')
    await clock.advance(60)
    run.command('b')
    await clock.advance(60)
    expect(told).not.toContain('woke')
    await clock.advance(60)
    expect(told.filter((kind) => kind === 'woke')).toHaveLength(1)
    run.command('c')
    run.command('quiet')
    await clock.advance(1_000)
    expect(told.filter((kind) => kind === 'woke')).toHaveLength(1)
  })

  it('takes a command sent from within an event after the effects of that step', async () => {
    const line = new ScriptedLine()
    const order: string[] = []
    const run = await runDriver({
      driver: echo,
      transport: line,
      clock: new VirtualClock(),
      on: {
        event: (event) => {
          order.push(event.kind)
          if (event.kind === 'bytes') run.command('answer')
        },
        gone: () => {},
      },
    })
    line.bytes('x')
    line.bytes('y')
    await settle()
    expect(order).toEqual(['opened', 'bytes', 'command', 'bytes', 'command'])
    expect(line.wrote).toHaveLength(2)
  })

  it('tells of a lost line once, after the driver was told, and nothing rings any more', async () => {
    const { clock, gone, line, run, told } = await running()
    run.command('a')
    line.unplug()
    line.unplug()
    line.bytes('late')
    run.command('late')
    await clock.advance(1_000)
    expect(told).toEqual(['opened', 'command', 'closed'])
    expect(gone).toEqual(['unplugged'])
    expect(clock.pending).toBe(0)
  })

  it('takes a failed write for a lost line', async () => {
    const { gone, line, run, told } = await running()
    line.writes = 'lost'
    run.command('a')
    run.command('b')
    await settle()
    expect(gone).toEqual(['write: EIO'])
    expect(told.at(-1)).toBe('closed')
    expect(line.wrote).toHaveLength(1)
  })

  it('gives up a device that takes nothing, before the memory is full of what it should have taken', async () => {
    const { gone, line, run } = await running()
    line.writes = 'never'
    for (let sent = 0; sent <= UNSENT_BYTES_MAX; sent += 65_536) run.command('x'.repeat(65_536))
    expect(gone).toEqual(['the device does not take what it is sent'])
    expect(line.wrote.length).toBeLessThanOrEqual(1)
  })

  it('is silent after `stop`: no gone, no event but the last', async () => {
    const { gone, line, run, told } = await running()
    await run.stop()
    await run.stop()
    expect(told).toEqual(['opened', 'closed'])
    expect(gone).toEqual([])
    expect(line.open_now).toBe(0)
  })

  it('ends a scan without an end sign after its silence', async () => {
    const line = new ScriptedLine()
    const clock = new VirtualClock()
    const scans: string[] = []
    await runDriver({
      driver: serialScanner(),
      transport: line,
      clock,
      on: { event: (event) => void (event.kind === 'scan' && scans.push(event.text)), gone: () => {} },
    })
    line.bytes('SN00')
    await clock.advance(50)
    line.bytes('01')
    await clock.advance(500)
    expect(scans).toEqual(['SN0001'])
  })
})
