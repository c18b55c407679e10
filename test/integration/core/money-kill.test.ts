import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { shiftReport } from '../../../electron/core/money/shift-report.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { temporaryFolder, withDemoMirror } from '../../support/core/till.ts'

const ROOT = join(import.meta.dirname, '../../..')
const KILLS = 8

type Said =
  | { readonly did: 'start' }
  | { readonly did: 'paid-out'; readonly reason: string }
  | { readonly did: 'voucher'; readonly number: string }
  | { readonly did: 'spent'; readonly number: string; readonly amount_cents: number }

/** Lets a till move money and kills it in the middle; answers what it had promised to have done. */
async function liveAndDie(dataDir: string, life: number): Promise<Said[]> {
  const child = spawn(process.execPath, [join(ROOT, 'test/support/kill/money-moving-till.ts'), dataDir, String(life)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()))
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const moving = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  if (!(await Promise.race([moving.then(() => true), gone.then(() => false)]))) throw new Error(`the till did not start: ${err}`)
  await wait(200 + ((life * 7_919) % 1_000))
  child.kill('SIGKILL')
  await gone
  // The last line may be cut in two by the kill: half a promise is none.
  return out.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Said)
}

it('loses no paid-out and no voucher to a power cut, and takes none twice, whenever it comes', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder()
  withDemoMirror(folder.path)
  const said: Said[] = []
  for (let life = 1; life <= KILLS; life += 1) said.push(...(await liveAndDie(folder.path, life)))
  const store = new Store(join(folder.path, 'shop.db'), join(ROOT, 'migrations/shop'))
  const db = store.reading
  const count = (sql: string, ...values: unknown[]) => db.prepare(sql).pluck().get(...values) as number

  for (const one of said) {
    if (one.did === 'paid-out') expect(count("SELECT count(*) FROM money_moves WHERE what = 'paid-out' AND reason = ?", one.reason), one.reason).toBe(1)
    if (one.did === 'voucher') expect(count("SELECT count(*) FROM credit_entries WHERE what = 'issued' AND number = ?", one.number), one.number).toBe(1)
    if (one.did === 'spent') expect(count("SELECT sum(amount_cents) FROM credit_entries WHERE what = 'spent' AND number = ?", one.number), one.number).toBe(-one.amount_cents)
  }
  expect(said.filter((one) => one.did === 'spent').length).toBeGreaterThan(KILLS / 2)
  // At most the one act that each kill fell into was done without anybody having heard of it.
  const promised = said.filter((one) => one.did === 'paid-out').length
  expect(count("SELECT count(*) FROM money_moves WHERE what = 'paid-out'") - promised).toBeLessThanOrEqual(KILLS)
  expect(count("SELECT count(*) FROM (SELECT reason FROM money_moves GROUP BY reason HAVING count(*) > 1)")).toBe(0)
  expect(count('SELECT count(*) FROM (SELECT number, sum(amount_cents) AS left FROM credit_entries GROUP BY number) WHERE left < 0')).toBe(0)
  expect(count('SELECT coalesce(sum(amount_cents), 0) FROM tenders WHERE credit_number IS NOT NULL')).toBe(
    count("SELECT coalesce(sum(0 - amount_cents), 0) FROM credit_entries WHERE what = 'spent'"),
  )
  // One event for each row of money, in a chain that holds.
  expect(count("SELECT count(*) FROM journal WHERE kind = 'money-moved'")).toBe(count('SELECT count(*) FROM money_moves'))
  expect(count("SELECT count(*) FROM journal WHERE kind = 'settled'")).toBe(count('SELECT count(*) FROM tenders'))
  expect(brokenAt(db)).toBeNull()
  const shiftId = db.prepare('SELECT id FROM shifts').pluck().get() as string
  const cash = count("SELECT coalesce(sum(json_extract(body, '$.params.amount_cents')), 0) FROM journal WHERE kind IN ('settled', 'money-moved') AND json_extract(body, '$.params.tender') = 'cash'")
  expect(shiftReport(db, shiftId)?.expected_cents).toBe(1_000_000 + cash)
  expect(count('SELECT count(*) FROM shifts')).toBe(1)
  store.close()
  folder.remove()
})
