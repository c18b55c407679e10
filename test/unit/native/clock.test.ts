import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { systemClock, within } from '../../../native/clock.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'

describe('the clock of the machine', () => {
  it('lets a busy process hear what is waiting before it believes in a silence', async () => {
    const order: string[] = []
    systemClock.after(10, () => order.push('silence'))
    const busy = Date.now() + 60
    while (Date.now() < busy) continue
    setTimeout(() => order.push('what was waiting'), 5)
    await sleep(120)
    expect(order).toEqual(['what was waiting', 'silence'])
  })

  it('rings no cancelled timer, not even one that was late', async () => {
    const order: string[] = []
    const cancel = systemClock.after(5, () => order.push('rung'))
    const busy = Date.now() + 40
    while (Date.now() < busy) continue
    setImmediate(() => setImmediate(cancel))
    await sleep(100)
    expect(order).toEqual([])
  })

  it('gives up waiting in time, and only then', async () => {
    const clock = new VirtualClock()
    const late = within(clock, 1_000, new Promise<string>(() => {}), () => 'too late')
    await clock.advance(1_000)
    expect(await late).toBe('too late')
    expect(await within(clock, 1_000, Promise.resolve('in time'), () => 'too late')).toBe('in time')
    await expect(within(clock, 1_000, Promise.reject(new Error('broken')), () => 'late')).rejects.toThrow('broken')
    await clock.advance(5_000)
    expect(clock.pending).toBe(0)
  })
})
