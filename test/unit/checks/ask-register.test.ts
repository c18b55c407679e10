import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OutsideCheck } from '../../../contract/outside-check.ts'
import { askRegister } from '../../../electron/core/checks/ask-register.ts'
import { ExampleRegister, stolenRegister, type Manner } from '../../support/registers/example-register.ts'

const NOW = '2026-05-20T10:00:00.000Z'
const ABOUT = { number: '356938035643809', kind: 'imei', gtin: '04012345000009', brand: 'A"B' }
let register: ExampleRegister

beforeAll(async () => (register = await ExampleRegister.open()))
afterAll(() => register.close())
beforeEach(() => register.asked.splice(0))

const ask = (check: OutsideCheck, about = ABOUT) => askRegister(check, about, 'secret', () => NOW)

function askWith(manner: Manner, more?: { limit_ms: number }) {
  register.manner = manner
  return ask(stolenRegister(register.origin, more))
}

describe('a register that is asked about a number', () => {
  it('is believed when it says in its own words what we have words for', async () => {
    expect((await askWith({ says: { result: { status: 'STOLEN', ref: 'C-77' } } })).answer)
      .toEqual({ asks: 'stolen', said: 'listed', register: 'Example Register', at: NOW, reference: 'C-77' })
    expect((await askWith({ says: { result: { status: 'CLEAR' } } })).answer).toMatchObject({ said: 'not-listed', reference: null })
    expect(register.asked[0]).toMatchObject({ method: 'GET', url: '/check?imei=356938035643809' })
    expect(register.asked[0]?.headers.authorization).toBe('Bearer secret')
  })

  it.each<[string, Manner]>([
    ['hangs', 'hangs'],
    ['answers a byte now and then', 'drips'],
    ['comes too late', { says: { result: { status: 'CLEAR' } }, after_ms: 900 }],
  ])('is unreachable when its time is over, and never clear, when it %s', async (_, manner) => {
    expect(await askWith(manner, { limit_ms: 400 })).toMatchObject({ answer: { asks: 'stolen', said: 'unreachable', reference: null }, silence: 'time-out' })
  })

  it.each<[string, Manner, string]>([
    ['answers with a page for people', 'rubbish', 'no-json'],
    ['fails, whatever its body says', 'fails', 'refused'],
    ['sends us elsewhere', 'redirects', 'no-connection'],
    ['is cut off in the middle', 'cuts-off', 'no-connection'],
    ['never stops talking', 'huge', 'too-long'],
    ['says a word nobody told us the meaning of', { says: { result: { status: 'MAYBE' } } }, 'not-understood'],
    ['answers another question', { says: { status: 'CLEAR' } }, 'not-understood'],
    ['answers with the name of something every object has', { says: { result: { status: 'constructor' } } }, 'not-understood'],
    ['answers nothing', { says: null }, 'not-understood'],
  ])('is unreachable, and never clear, when it %s', async (_, manner, silence) => {
    const asked = await askWith(manner)
    expect(asked).toMatchObject({ answer: { asks: 'stolen', said: 'unreachable', reference: null }, silence })
    expect(register.asked.filter(({ url }) => url.startsWith('/elsewhere'))).toEqual([])
  })

  it('is unreachable when nobody listens there at all', async () => {
    const gone = await ExampleRegister.open()
    const { origin } = gone
    await gone.close()
    expect(await ask(stolenRegister(origin))).toMatchObject({ answer: { said: 'unreachable' }, silence: 'no-connection' })
  })

  it('is asked by POST with the number escaped for where it stands', async () => {
    register.manner = { says: ['x', { genuine: true }] }
    const maker: OutsideCheck = {
      ...stolenRegister(register.origin), asks: 'authenticity', method: 'POST', url: `${register.origin}/v1/{brand}`,
      body: '{"sn":"{number}","brand":"{brand}"}', answerAt: '/1/genuine', referenceAt: null, means: { true: 'genuine', false: 'fake' },
    }
    expect((await ask(maker, { ...ABOUT, number: 'A"1\\2' })).answer).toMatchObject({ asks: 'authenticity', said: 'genuine' })
    expect(JSON.parse(register.asked[0]?.body ?? '')).toEqual({ sn: 'A"1\\2', brand: 'A"B' })
    expect(register.asked[0]?.url).toBe('/v1/A%22B')
  })

  it('says nothing of a piece it has no opinion on, which is not the same as genuine', async () => {
    register.manner = { says: { result: { status: 'UNKNOWN' } } }
    const maker: OutsideCheck = { ...stolenRegister(register.origin), asks: 'authenticity', means: { OK: 'genuine', UNKNOWN: 'no-opinion' } }
    expect(await ask(maker)).toEqual({ answer: null, silence: null })
  })
})

describe('a register in the policy', () => {
  it('is asked over HTTPS, or on this very machine, and never waited for longer than three seconds', () => {
    const fine = stolenRegister('https://register.example')
    expect(OutsideCheck.safeParse(fine).success).toBe(true)
    for (const wrong of [
      { url: 'http://register.example/check' }, { url: 'file:///etc/passwd' }, { url: 'http://localhost.evil.example/' }, { limit_ms: 3_001 }, { numbers: [] },
      { answerAt: 'result' }, { means: { CLEAR: 'fine' } }, { headers: { 'bad header\n': 'x' } },
    ])
      expect(OutsideCheck.safeParse({ ...fine, ...wrong }).success, JSON.stringify(wrong)).toBe(false)
  })
})
