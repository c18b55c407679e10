import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Policy } from '../../../contract/policy.ts'
import { AtKiosk, boughtLately, kioskIn } from '../../support/core/kiosk.ts'
import { checkIn, enter, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { withRules } from '../../support/core/with-rules.ts'
import { ExampleRegister, stolenRegister } from '../../support/registers/example-register.ts'

const counterFolder = temporaryFolder()
const kioskFolder = temporaryFolder()
let register: ExampleRegister
let secretive: ExampleRegister
let counter: RunningTill
let kiosk: RunningTill
let client: Client
let customer: AtKiosk
const leave: (() => void)[] = []

/** Two registers in the shop's rules: one that may be written down, and one whose terms forbid it. */
function withRegisters(dataDir: string): void {
  const outside: Policy['outside'] = [
    { ...stolenRegister(register.origin), numbers: ['serial', 'imei'] },
    { ...stolenRegister(secretive.origin), id: 'secretive', register: 'Secretive Register', numbers: ['serial', 'imei'], mayKeep: false },
  ]
  withRules(dataDir, (policy) => ({ ...policy, outside }))
  writeFileSync(join(dataDir, 'register-keys.json'), JSON.stringify({ example: 'our-secret' }))
}

beforeAll(async () => {
  ;[register, secretive] = await Promise.all([ExampleRegister.open(), ExampleRegister.open()])
  for (const { path } of [counterFolder, kioskFolder]) {
    withDemoMirror(path)
    withRegisters(path)
  }
  counter = await startTill(['--data', counterFolder.path])
  kiosk = await startTill(['--data', kioskFolder.path, '--seat', 'kiosk'])
  const [atCounter, atKiosk] = await Promise.all([enter(counter), enter(kiosk)])
  client = atCounter.client
  customer = new AtKiosk(atKiosk.client)
  leave.push(atCounter.close, atKiosk.close)
  await signIn(client)
  await client.desk.go({ to: 'check', unitId: null })
})
afterAll(async () => {
  for (const go of leave) go()
  await Promise.all([counter.end(), kiosk.end(), register.close(), secretive.close()])
  counterFolder.remove()
  kioskFolder.remove()
})
beforeEach(() => {
  for (const one of [register, secretive]) {
    one.manner = { says: { result: { status: 'CLEAR', ref: null } }, after_ms: 40 }
    one.asked.splice(0)
  }
})

const check = async () => checkIn(await client.desk.view())
const stolen = async () => {
  const now = await check()
  return now.at === 'result' ? `${now.verdict.outcome} ${now.verdict.findings.stolen.answer}/${now.verdict.findings.stolen.reason}` : now.at
}
const files = (folder: string): string => {
  const db = new Database(join(folder, 'shop.db'), { readonly: true })
  const all = ['verdicts', 'flows', 'journal', 'cases', 'case_entries'].map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()))
  db.close()
  return all.join('\n')
}

describe('registers beside the till’s own answer', () => {
  it('are asked while the own answer already stands on the screen, each once, with the number and no more', async () => {
    const serial = boughtLately(counterFolder.path, { tender: 'card' })
    const at_once = checkIn(await scan(client, serial))
    expect(at_once).toMatchObject({ at: 'result', verdict: { outcome: 'accept' } })
    expect((await check()) as { asking?: string[] }).toMatchObject({ asking: ['Example Register', 'Secretive Register'] })
    await expect.poll(async () => ((await check()) as { asking?: string[] }).asking).toEqual([])
    expect(register.asked).toHaveLength(1)
    expect(register.asked[0]).toMatchObject({ url: expect.stringMatching(/^\/check\?imei=[\w-]+$/) as string, body: '' })
    expect(register.asked[0]?.headers.authorization).toBe('Bearer our-secret')
    await scan(client, serial)
    expect(register.asked).toHaveLength(1)
    expect(await stolen()).toBe('accept clear/no-flag')
  })

  it('cost an act no second view: the one that tells of it already says who is being asked', async () => {
    await scan(client, boughtLately(counterFolder.path, { tender: 'card', skip: 11 }))
    await expect.poll(async () => ((await check()) as { asking?: string[] }).asking).toEqual([])
    const card = await client.units.find({ text: boughtLately(counterFolder.path, { tender: 'card', skip: 12 }) })
    const before = (await client.desk.view()).revision
    const told = await client.desk.go({ to: 'check', unitId: card[0]?.unitId ?? '' })
    expect(checkIn(told)).toMatchObject({ asking: ['Example Register', 'Secretive Register'] })
    expect(told.revision - before).toBe(1)
  })

  it('turn the answer when one knows the piece as stolen, and the view changes by itself, quietly', async () => {
    register.manner = { says: { result: { status: 'STOLEN', ref: 'C-4711' } }, after_ms: 60 }
    await scan(client, boughtLately(counterFolder.path, { tender: 'card', skip: 1 }))
    expect(await stolen()).toBe('accept clear/no-flag')
    await expect.poll(stolen).toBe('ask-staff flagged/stolen-reported')
    expect(await check()).toMatchObject({ verdict: { quiet: true, findings: { stolen: { source: 'Example Register', evidence: ['C-4711'] } } } })
    expect(files(counterFolder.path)).toContain('C-4711')
  })

  it.each(['hangs', 'fails', 'rubbish', 'huge', 'cuts-off'] as const)('are shown as not reached, never as clear, when one %s', async (manner) => {
    register.manner = manner
    const skip = 2 + ['hangs', 'fails', 'rubbish', 'huge', 'cuts-off'].indexOf(manner)
    await scan(client, boughtLately(counterFolder.path, { tender: 'card', skip }))
    await expect.poll(stolen).toBe('ask-staff unknown/register-unreachable')
  })

  it('leave nothing in any file where their terms forbid it, and yet the screen says what they said', async () => {
    secretive.manner = { says: { result: { status: 'STOLEN', ref: 'NEVER-WRITE-THIS' } }, after_ms: 20 }
    await scan(client, boughtLately(counterFolder.path, { tender: 'card', skip: 8 }))
    await expect.poll(stolen).toBe('ask-staff flagged/stolen-reported')
    expect(JSON.stringify(await check())).toContain('NEVER-WRITE-THIS')
    expect(files(counterFolder.path)).not.toContain('NEVER-WRITE-THIS')
    expect(files(counterFolder.path)).toContain('answer-not-kept')
  })

  it('call a colleague to the kiosk when one answers in the middle of the questions', async () => {
    register.manner = { says: { result: { status: 'STOLEN', ref: 'C-1' } }, after_ms: 200 }
    await customer.begin('return')
    expect(await customer.scan(boughtLately(kioskFolder.path, { tender: 'card', skip: 9 }))).toMatchObject({ at: 'answer', isAsking: true })
    await customer.act({ do: 'next' })
    await expect.poll(async () => kioskIn(await customer.client.desk.view()).at).toBe('colleague')
  })

  it('are asked without a secret when the file of the secrets cannot be read, and the till answers as ever', async () => {
    const file = join(counterFolder.path, 'register-keys.json')
    rmSync(file)
    mkdirSync(file)
    await scan(client, boughtLately(counterFolder.path, { tender: 'card', skip: 13 }))
    await expect.poll(stolen).toBe('accept clear/no-flag')
    await expect.poll(() => register.asked[0]?.headers.authorization).toBe('Bearer')
  })

  it('hold a refund back for as long as they are asked, and let it go when they are done', async () => {
    register.manner = { says: { result: { status: 'CLEAR' } }, after_ms: 250 }
    secretive.manner = { says: { result: { status: 'CLEAR' } }, after_ms: 250 }
    await customer.begin('return')
    await customer.scan(boughtLately(kioskFolder.path, { tender: 'card', skip: 10 }))
    const confirm = await customer.answerAll()
    expect(confirm.at).toBe('confirm')
    if (confirm.at === 'confirm' && confirm.isAsking) expect(await customer.act({ do: 'refund', as: 'voucher' })).toMatchObject({ at: 'confirm', remark: 'one-moment' })
    await expect.poll(async () => kioskIn(await customer.client.desk.view())).toMatchObject({ at: 'confirm', isAsking: false })
    expect((await customer.act({ do: 'refund', as: 'voucher' })).at).toBe('done')
  })
})
