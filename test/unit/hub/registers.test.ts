import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Policy } from '../../../contract/policy.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import { trustedNetworks } from '../../../hub/doors/inner-networks.ts'
import { askRegisters, registersOf, type AskedPiece } from '../../../hub/tills/registers.ts'
import { ExampleRegister, stolenRegister, type Manner } from '../../support/registers/example-register.ts'
import { atCustomer, NOW, POLICY } from '../verdicts/facts-of-a-piece.ts'

const PHONE: AskedPiece = { category: 'phone', gtin: '04012345000009', brand: 'Acme', aliases: [{ kind: 'serial', value: 'A-1', retiredWhy: 'relabelled' }, { kind: 'imei', value: '356938035643809', retiredWhy: null }] }
let register: ExampleRegister
let maker: ExampleRegister
const dataDir = mkdtempSync(join(tmpdir(), 'countermark-registers-'))

beforeAll(async () => {
  ;[register, maker] = await Promise.all([ExampleRegister.open(), ExampleRegister.open()])
  writeFileSync(join(dataDir, 'register-keys.json'), JSON.stringify({ example: 'our-key' }))
})
afterAll(async () => {
  await Promise.all([register.close(), maker.close()])
  rmSync(dataDir, { recursive: true })
})
beforeEach(() => {
  for (const one of [register, maker]) {
    one.manner = { says: { result: { status: 'CLEAR' } } }
    one.asked.splice(0)
  }
})

/** A centre that trusts this machine, as one in a shop's own network is told to. */
const centre = (trusted = trustedNetworks('127.0.0.0/8')) => ({ dataDir, now_ms: () => Date.parse(NOW), trusted })
const rules = (...more: NonNullable<Policy['outside']>): Policy => ({ ...POLICY, outside: [stolenRegister(register.origin), ...more] })
const ask = (policy = rules(), piece = PHONE, at = centre()) => askRegisters(at, policy, piece)
const said = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).registers.map((one) => one.said)

describe('registers asked from the centre', () => {
  it('are asked as from a till: the number that is still good, the key of the centre, and no more', async () => {
    register.manner = { says: { result: { status: 'STOLEN', ref: 'C-4711' } } }
    const { answers, registers } = await ask()
    expect(registers).toEqual([{ register: 'Example Register', asks: 'stolen', said: 'listed' }])
    expect(register.asked).toMatchObject([{ method: 'GET', url: '/check?imei=356938035643809', headers: { authorization: 'Bearer our-key' }, body: '' }])
    expect(decide('check', { ...atCustomer(3), outside: answers }, POLICY, NOW)).toMatchObject({ outcome: 'ask-staff', quiet: true, findings: { stolen: { answer: 'flagged', source: 'Example Register' } } })
  })

  it.each<Manner>(['hangs', 'drips', 'fails', 'rubbish', 'huge', 'redirects', 'cuts-off'])('are shown as not reached when one %s, never as clear, and nobody waits for it for ever', async (manner) => {
    register.manner = manner
    const { answers, registers } = await ask()
    expect(registers[0]?.said).toBe('unreachable')
    expect(decide('check', { ...atCustomer(3), outside: answers }, POLICY, NOW).findings.stolen).toMatchObject({ answer: 'unknown', reason: 'register-unreachable' })
  })

  it('get a key that was given for one host at that host only, wherever a rule may come to point', async () => {
    const bound = { id: 'bound', register: 'Bound' }
    const file = join(dataDir, 'register-keys.json')
    const keys = readFileSync(file, 'utf8')
    writeFileSync(file, JSON.stringify({ bound: { key: 'for-one', host: new URL(register.origin).host } }))
    try {
      const policy: Policy = { ...POLICY, outside: [stolenRegister(register.origin, bound)] }
      expect(await said(policy)).toEqual(['not-listed'])
      expect(register.asked).toMatchObject([{ headers: { authorization: 'Bearer for-one' } }])
      expect(await said({ ...POLICY, outside: [stolenRegister(maker.origin, bound)] })).toEqual(['no-key'])
      expect(maker.asked).toEqual([])
    } finally {
      writeFileSync(file, keys)
    }
  })

  it('are asked side by side: one that hangs holds up nobody else’s answer', async () => {
    register.manner = 'hangs'
    const policy = rules(stolenRegister(maker.origin, { id: 'other', register: 'Other', headers: {} }))
    expect(await said(policy)).toEqual(['unreachable', 'not-listed'])
  })

  it('are not asked without a key to them, nor about a piece they know no number of, nor about other goods; and that is said', async () => {
    const keyless = rules(stolenRegister(maker.origin, { id: 'keyless', register: 'Keyless' }))
    expect(await said(keyless)).toEqual(['not-listed', 'no-key'])
    expect(await said(rules(), { ...PHONE, aliases: [{ kind: 'mac', value: '00:11', retiredWhy: null }] })).toEqual(['no-number'])
    expect(await said(rules(stolenRegister(maker.origin, { id: 'bikes', categories: ['bike'] })))).toEqual(['not-listed'])
    expect(await said(rules(stolenRegister(maker.origin, { id: 'buying', intents: ['trade-in'] })))).toEqual(['not-listed'])
    expect(maker.asked).toEqual([])
    expect(registersOf(keyless, PHONE).map((one) => one.said)).toEqual(['not-asked', 'not-asked'])
  })

  it('lie outside: rules that name an address within make the centre talk to nobody', async () => {
    expect(await said(rules(), PHONE, centre(trustedNetworks('')))).toEqual(['unreachable'])
    expect(register.asked).toEqual([])
  })

  it('leave nothing behind: neither file nor memory holds what they said', async () => {
    register.manner = { says: { result: { status: 'STOLEN', ref: 'NEVER-WRITE-THIS' } } }
    await ask()
    register.manner = { says: { result: { status: 'CLEAR' } } }
    expect(await said()).toEqual(['not-listed'])
    expect(readdirSync(dataDir)).toEqual(['register-keys.json'])
  })
})
