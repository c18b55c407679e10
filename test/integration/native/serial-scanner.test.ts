import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../../native/clock.ts'
import { serialScannerDevice, ssiScannerDevice } from '../../../native/scanners/open-scanner.ts'
import { buildSsi, SSI } from '../../../native/scanners/ssi-frames.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import { serial } from '../../../native/transports/serial.ts'
import { PseudoTerminal, until } from '../../support/pseudo-terminal.ts'
import { toHex } from '../../support/drivers/desk.ts'

/** A till with one scanner on a serial line, on the real clock. */
function till(path: string) {
  const scans: string[] = []
  const states: string[] = []
  const supervisor = new Supervisor({
    clock: systemClock,
    on: { event: () => {}, health: (health) => states.push(health.state) },
  })
  const command = supervisor.add(serialScannerDevice('scanner', { path }, { family: 'honeywell' }), (event) => {
    if (event.kind === 'scan') scans.push(event.text)
  })
  const health = () => supervisor.health()[0]!
  return { command, health, ready: () => until(() => health().state === 'ready', 'ready'), scans, states, supervisor }
}

describe.runIf(process.platform === 'linux')('a scanner on a real terminal', () => {
  let line: PseudoTerminal
  let counter: ReturnType<typeof till> | null = null

  beforeEach(async () => {
    line = await PseudoTerminal.plugged()
  })
  afterEach(async () => {
    await counter?.supervisor.stop()
    counter = null
    await line.remove()
  })

  it('hears codes however their bytes are cut', async () => {
    counter = till(line.path)
    await counter.ready()
    await line.send('SN0001\r')
    await until(() => counter!.scans.length === 1)
    for (const byte of ']d2010950110153000321SN0002\u001d10LOT7\r\n') {
      await line.send(byte)
      await sleep(2)
    }
    await line.send('SN0003\rSN0004\rSN0')
    await line.send('005\r')
    await until(() => counter!.scans.length === 5, 'five scans')
    expect(counter.scans).toEqual(['SN0001', '010950110153000321SN0002\u001d10LOT7', 'SN0003', 'SN0004', 'SN0005'])
  })

  it('hears every scan that came while the till was busy', async () => {
    counter = till(line.path)
    await counter.ready()
    await line.send('SN0000\r')
    await until(() => counter!.scans.length === 1)
    await line.send(Array.from({ length: 80 }, (_, index) => `SN1${String(index).padStart(3, '0')}\r`).join(''))
    const busy = Date.now() + 600
    while (Date.now() < busy) continue
    await until(() => counter!.scans.length === 81, 'all scans')
  })

  it('does not take its own deafness for the end of a code', async () => {
    counter = till(line.path)
    await counter.ready()
    await line.send('SN-FIRST')
    await until(() => counter!.health().bytes_in === 8)
    await line.send('-HALF')
    const busy = Date.now() + 400
    while (Date.now() < busy) continue
    await until(() => counter!.scans.length === 1, 'a scan')
    expect(counter.scans).toEqual(['SN-FIRST-HALF'])
  })

  it('comes back when the scanner is plugged in again', async () => {
    counter = till(line.path)
    await counter.ready()
    for (let round = 1; round <= 3; round++) {
      await line.unplug()
      await until(() => counter!.health().state === 'lost', 'lost')
      expect(counter.command({ kind: 'trigger', on: true })).toBe(false)
      await line.plug()
      await counter.ready()
      await line.send(`ROUND${round}\r`)
      await until(() => counter!.scans.length === round, 'a scan')
    }
    expect(counter.scans).toEqual(['ROUND1', 'ROUND2', 'ROUND3'])
    expect(counter.health()).toMatchObject({ lost_count: 3, opened_count: 4, garbled_count: 0 })
  })

  it('notices an unplugging in the middle of a code and forgets the half', async () => {
    counter = till(line.path)
    await counter.ready()
    await line.send('WHOLE\rHALF-A-CO')
    await until(() => counter!.health().bytes_in === 15)
    await line.unplug()
    await until(() => counter!.health().state === 'lost', 'lost')
    await line.plug()
    await counter.ready()
    await line.send('NEXT\r')
    await until(() => counter!.scans.length === 2)
    expect(counter.scans).toEqual(['WHOLE', 'NEXT'])
  })

  it('says that it is still searching when the scanner was never there, and finds it later', async () => {
    await line.unplug()
    counter = till(line.path)
    await until(() => counter!.health().state === 'searching', 'searching')
    await line.plug()
    await counter.ready()
  })

  it('tells of garbage and reads on', async () => {
    counter = till(line.path)
    await counter.ready()
    await line.send(Uint8Array.from({ length: 300 }, (_, index) => (index * 7) & 0xff))
    await line.send('\rSN0001\r')
    await until(() => counter!.scans.includes('SN0001'), 'the scan behind the garbage')
    expect(counter.health().garbled_count).toBeGreaterThan(0)
  })

  it('refuses ten megabytes without an end as one garbled scan, and holds on to little of it', async () => {
    counter = till(line.path)
    await counter.ready()
    await line.send('FIRST\r')
    const before = process.memoryUsage().arrayBuffers
    await line.send(new Uint8Array(10_000_000).fill(0x37))
    await line.send('\rSN0001\r')
    await until(() => counter!.scans.length === 2, 'the scan after it')
    expect(counter.scans).toEqual(['FIRST', 'SN0001'])
    expect(counter.health()).toMatchObject({ garbled_count: 1 })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64_000_000)
  }, 30_000)

  it('says that another program holds the scanner, and takes it when it is free', async () => {
    const other = await serial({ path: line.path }).open({ bytes: () => {}, gone: () => {} })
    await expect(serial({ path: line.path }).open({ bytes: () => {}, gone: () => {} })).rejects.toMatchObject({
      trouble: 'busy',
    })
    counter = till(line.path)
    await until(() => counter!.health().state === 'busy', 'busy')
    expect(counter.states).toEqual(['opening', 'busy'])
    await other.close()
    await counter.ready()
    await line.send('MINE\r')
    await until(() => counter!.scans.length === 1)
  })

  it('pulls the trigger and closes in time, twice if asked twice', async () => {
    counter = till(line.path)
    await counter.ready()
    expect(counter.command({ kind: 'trigger', on: true })).toBe(true)
    await until(() => line.heard().length >= 3, 'the trigger')
    expect(toHex(line.heard())).toBe('16 54 0D')
    const started = Date.now()
    await Promise.all([counter.supervisor.stop(), counter.supervisor.stop()])
    expect(Date.now() - started).toBeLessThan(2_000)
  })

  it('acknowledges a Zebra scanner in SSI over the real line', async () => {
    const scans: string[] = []
    const supervisor = new Supervisor({ clock: systemClock, on: { event: () => {}, health: () => {} } })
    supervisor.add(ssiScannerDevice('ssi', { path: line.path }), (event) => {
      if (event.kind === 'scan') scans.push(event.text)
    })
    await until(() => supervisor.health()[0]!.state === 'ready')
    await line.send(buildSsi(SSI.decodeData, [0x0b, ...new TextEncoder().encode('4006381333931')], 0))
    await until(() => line.heard().length >= 6, 'the acknowledgement')
    expect(scans).toEqual(['4006381333931'])
    expect(toHex(line.heard())).toBe('04 D0 04 00 FF 28')
    await supervisor.stop()
  })
})
