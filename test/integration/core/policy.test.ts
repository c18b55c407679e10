import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import { checkIn, enter, example, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

async function open(): Promise<void> {
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
}
async function shut(): Promise<void> {
  leave()
  await till.end()
}

beforeAll(async () => {
  withDemoMirror(folder.path)
  await open()
  await signIn(client, 'manager')
})
afterAll(async () => {
  await shut()
  folder.remove()
})

/** Fewer days, and none of goodwill after them. */
const shorter = (policy: Policy, days: number): Policy => ({
  ...policy, returns: { ...policy.returns, ...(policy.returns.rules === undefined ? {} : { rules: { ...policy.returns.rules, afterWindow: { days: 0, payAs: 'store-credit' } } }), windows: policy.returns.windows.map((entry) => ({ ...entry, days: Math.min(entry.days, days) })) },
})
const inForce = async () => (await client.policy.view()).policy
const returnVerdict = async () => {
  const view = await client.desk.go({ to: 'return', unitId: null })
  if (view.front.screen !== 'return') throw new Error(view.front.screen)
  await client.returns.act({ flowId: view.front.return.flowId, action: { do: 'start-over' } })
  const scanned = await scan(client, await example(client, 'may-be-returned'))
  if (scanned.front.screen !== 'return' || scanned.front.return.at !== 'assess') throw new Error('no piece')
  return scanned.front.return.verdict
}

describe('the rules of the shop', () => {
  it('say in words what a draft changes, and which of last month’s returns would have gone the other way; nothing is written', async () => {
    const policy = await inForce()
    const { changes, whatIf } = await client.policy.preview({ draft: shorter(policy, 1) })
    expect(changes.map(({ code }) => code)).toContain('window')
    expect(whatIf.told).toBeGreaterThan(5)
    expect(whatIf.count).toBeGreaterThan(0)
    expect(whatIf.count).toBeLessThanOrEqual(whatIf.told + whatIf.here)
    expect(whatIf.otherWay[0]?.after.counter).toBe('refused')
    expect(await inForce()).toEqual(policy)
  })

  it('are first tried beside those in force, and then say what they would have done', async () => {
    const policy = await inForce()
    expect(await returnVerdict()).toMatchObject({ outcome: 'accept', policyVersion: policy.version })
    const tried = await client.policy.save({ draft: shorter(policy, 0), basedOn: policy.version, why: 'Too many come back late', how: 'trial' })
    expect(tried.policy).toMatchObject({ version: policy.version, trial: expect.stringMatching(/-P1$/) as string })
    const unit = await returnVerdict()
    expect(unit).toMatchObject({ outcome: 'accept' })
    const view = await client.desk.view()
    if (view.front.screen !== 'return' || view.front.return.at !== 'assess') throw new Error('no piece')
    await client.returns.act({ flowId: view.front.return.flowId, action: { do: 'hand-over' } })
    const shown = await client.policy.trial()
    expect(shown.here).toBeGreaterThan(0)
    expect(shown.otherWay[0]).toMatchObject({ before: { counter: 'goes-through' }, after: { counter: 'refused' } })
  })

  it('are put in force by somebody with a name, and taken out again; every step is kept', async () => {
    const { trial } = (await client.desk.view()).policy
    const on = await client.policy.putInForce({ version: trial ?? '' })
    expect(on.policy).toMatchObject({ version: trial, from: 'here', trial: null })
    await client.desk.go({ to: 'check', unitId: null })
    expect(await returnVerdict()).toMatchObject({ outcome: 'refuse', policyVersion: trial })
    const off = await client.policy.withdraw({ version: trial ?? '' })
    expect(off.policy.from).toBe('centre')
    const [kept] = (await client.policy.view()).versions
    expect(kept).toMatchObject({ version: trial, step: 'withdrawn', why: 'Too many come back late' })
  })

  it('are not changed from what is no longer in force, nor to nothing else, nor without a word why', async () => {
    const policy = await inForce()
    const save = (change: Partial<Parameters<typeof client.policy.save>[0]>) =>
      client.policy.save({ draft: shorter(policy, 3), basedOn: policy.version, why: 'test', how: 'in-force', ...change })
    await expect(save({ basedOn: 'yesterday' })).rejects.toMatchObject({ data: { code: 'stale-view' } })
    await expect(save({ draft: policy })).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await expect(save({ why: '  ' })).rejects.toThrow()
    expect((await client.desk.view()).policy.from).toBe('centre')
  })

  it('hold in shadow nobody up: a late piece comes back, and the verdict says what would have been', async () => {
    const policy = await inForce()
    await client.policy.save({ draft: { ...shorter(policy, 0), shadow: true }, basedOn: policy.version, why: 'pilot', how: 'in-force' })
    expect((await client.desk.view()).policy.shadow).toBe(true)
    expect(await returnVerdict()).toMatchObject({ outcome: 'accept', wouldBe: 'refuse' })
    const checked = await client.desk.go({ to: 'check', unitId: null }).then(async () => checkIn(await scan(client, await example(client, 'stolen'))))
    expect(checked).toMatchObject({ verdict: { quiet: true, outcome: 'ask-staff' } })
    await client.policy.withdraw({ version: (await client.desk.view()).policy.version })
  })

  it('stay the last good ones when the centre sends something broken, also after the mirror is gone, and say so', async () => {
    const { version } = await inForce()
    await shut()
    const mirror = new Database(join(folder.path, 'mirror.db'))
    const own = mirror.prepare('SELECT version, document FROM policies').get() as { version: string; document: string }
    mirror.prepare('INSERT INTO policies VALUES (?, ?, ?)').run('broken-2', new Date(Date.now() - 1_000).toISOString(), '{"version": "broken-2"')
    mirror.prepare('DELETE FROM policies WHERE version = ?').run(own.version)
    mirror.close()
    await open()
    const { policy } = await client.desk.view()
    expect(policy).toMatchObject({ version, from: 'last-good', broken: { version: 'broken-2' } })
    expect((await client.policy.view()).policy.returns.approvalFrom_cents).toBe(cents(50_000))
  })

  it('are nobody’s who has not the right', async () => {
    await client.session.signOut()
    await expect(client.policy.view()).rejects.toMatchObject({ data: { code: 'not-signed-in' } })
    await signIn(client, 'cashier')
    await expect(client.policy.preview({ draft: JSON.parse(JSON.stringify({})) as Policy })).rejects.toMatchObject({ data: { code: 'no-right' } })
  })
})
