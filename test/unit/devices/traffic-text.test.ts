import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trafficLines, withoutPersons } from '../../../electron/core/devices/traffic-text.ts'
import { Tapes } from '../../../electron/core/devices/tapes.ts'
import { ascii } from '../../../native/bytes.ts'
import type { Traffic } from '../../../native/traffic.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'

const said = (text: string): Traffic => ({ at: 0, way: 'in', bytes: ascii(text) })

describe('what passed on a line', () => {
  it('is shown with its bytes and what can be read of them', () => {
    expect(trafficLines([{ at: 0, way: 'opened' }, said(']C1AB-1\r'), { at: 5, way: 'closed', why: 'unplugged' }])).toEqual([
      { at: '1970-01-01T00:00:00.000Z', way: 'opened', hex: '', text: '' },
      { at: '1970-01-01T00:00:00.000Z', way: 'in', hex: expect.stringMatching(/^5d 43 31|^5d4331/i) as unknown, text: ']C1AB-1·' },
      { at: '1970-01-01T00:00:00.005Z', way: 'closed', hex: '', text: 'unplugged' },
    ])
  })

  it('holds no letter and no digit of anybody when it is mailed, and still every length and every frame', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), (text) => {
        const [before, after] = [said(text), withoutPersons('scanner', [said(text)])[0]]
        if (!('bytes' in before) || !after || !('bytes' in after)) throw new Error('the bytes are gone')
        const kept = Buffer.from(after.bytes).toString('latin1')
        expect(kept).toHaveLength(text.length)
        expect(kept).toMatch(/^[^A-Za-wyz1-9]*$/)
        expect(kept.replaceAll(/[x0]/g, '')).toBe(text.replaceAll(/[A-Za-z0-9]/g, ''))
      }),
    )
  })

  it('keeps of a frame of a pad only its head: the number of a telephone in it is nobody\'s business', () => {
    const frame = Uint8Array.from({ length: 24 }, (_, index) => index + 1)
    const [kept] = withoutPersons('pad', [{ at: 0, way: 'in', bytes: frame }])
    expect(kept && 'bytes' in kept ? [...kept.bytes] : []).toEqual([1, 2, 3, 4, 5, 6, ...Array.from({ length: 18 }, () => 0)])
  })
})

describe('a tape', () => {
  it('that somebody forgot ends by itself, and can still be saved', async () => {
    const clock = new VirtualClock()
    const tapes = new Tapes(clock, () => undefined)
    let tell: (traffic: Traffic) => void = () => undefined
    let hushed = false
    tapes.start('scanner', 'serial:/dev/ttyUSB0@9600', (listener) => {
      tell = listener
      return () => (hushed = true)
    })
    tell({ at: 0, way: 'opened' })
    tell(said('A\r'))
    await clock.advance(16 * 60_000)
    expect(hushed).toBe(true)
    expect(tapes.isRunning('scanner')).toBe(false)
    expect(tapes.take('scanner')?.text.split('\n')).toHaveLength(3)
  })

  it('of a line that never opened is none', () => {
    const tapes = new Tapes(new VirtualClock(), () => undefined)
    tapes.start('scanner', 'serial:/dev/ttyUSB0@9600', () => () => undefined)
    expect(tapes.take('scanner')).toBeNull()
  })
})
