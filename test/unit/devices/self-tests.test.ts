import { describe, expect, it } from 'vitest'
import { SelfTests } from '../../../electron/core/devices/self-tests.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'

const tag = (text: string) => [{ code: 'tag' as const, text }]

describe('a test of a device', () => {
  it('of a scanner is over with the first scan, so that the next one is sold', () => {
    const tests = new SelfTests(new VirtualClock(), () => undefined)
    tests.begin('scanner')
    tests.arrived('scanner', [{ code: 'text', text: 'A' }], 'done')
    expect(tests.isGoing('scanner')).toBe(false)
    tests.arrived('scanner', [{ code: 'text', text: 'B' }], 'done')
    expect(tests.of('scanner')).toEqual({ at: 'arrived', lines: [{ code: 'text', text: 'A' }], why: null })
  })

  it('of a pad gathers each tag once, keeps what it saw, and gives the pad back when its time is over', async () => {
    const clock = new VirtualClock()
    const tests = new SelfTests(clock, () => undefined)
    let givenBack = 0
    tests.begin('pad', () => givenBack++)
    for (const text of ['AA', 'BB', 'AA', 'AA']) tests.arrived('pad', tag(text), 'more')
    expect(tests.isGoing('pad')).toBe(true)
    await clock.advance(31_000)
    expect(tests.isGoing('pad')).toBe(false)
    expect(tests.of('pad')).toMatchObject({ at: 'arrived', lines: [...tag('AA'), ...tag('BB')] })
    expect(givenBack).toBe(1)
    expect(clock.pending).toBe(0)
  })

  it('says so when nothing came', async () => {
    const clock = new VirtualClock()
    const tests = new SelfTests(clock, () => undefined)
    tests.begin('scanner')
    await clock.advance(31_000)
    expect(tests.of('scanner')).toEqual({ at: 'over', lines: [], why: 'time-out' })
  })

  it('that is ended by hand leaves nothing behind', () => {
    const clock = new VirtualClock()
    const tests = new SelfTests(clock, () => undefined)
    tests.begin('scanner')
    tests.end('scanner')
    expect(tests.of('scanner')).toBeNull()
    expect(clock.pending).toBe(0)
  })
})
