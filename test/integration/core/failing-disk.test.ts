import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import { enter, payInCash, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { smallDisk, takeDisk } from '../../support/small-disk.ts'
import { whyNoStrace } from '../../support/power/replay.ts'
import { until } from '../../support/hub-shop.ts'

const CABLE = 'MR-0204'
const noStrace = whyNoStrace()
const SMALL_BYTES = 96 * 1024 * 1024

let folder: ReturnType<typeof temporaryFolder>
let till: RunningTill
let client: Client
let leave: () => void

async function open(dir: string): Promise<void> {
  withDemoMirror(dir)
  till = await startTill(['--data', dir])
  ;({ client, close: leave } = await enter(till))
  await signIn(client, 'supervisor')
  await client.shift.act({ action: { do: 'open', float_cents: cents(10_000) } })
}

/** The number of the receipt, or the code of the refusal on the way to it. */
async function sell(): Promise<{ receipt: string } | { refused: string }> {
  try {
    await client.desk.go({ to: 'sale', unitId: null })
    const { flowId } = saleIn(await client.sale.begin())
    await scan(client, CABLE)
    return { receipt: (await payInCash(client, flowId)).receiptNumber }
  } catch (error) {
    const code = (error as { data?: { code?: string } }).data?.code
    if (code === undefined) throw error
    return { refused: code }
  }
}

function books(dir: string): { numbers: string[]; integrity: unknown; brokenAt: number | null } {
  const db = new Database(join(dir, 'shop.db'), { readonly: true })
  try {
    return { numbers: db.prepare('SELECT number FROM sales ORDER BY number').pluck().all() as string[], integrity: db.pragma('integrity_check', { simple: true }), brokenAt: brokenAt(db) }
  } finally {
    db.close()
  }
}

beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  leave()
  await till.end()
  takeDisk(join(folder.path, 'small'))
  folder.remove()
})

describe.skipIf(noStrace !== null)(`a disk that fails${noStrace === null ? '' : ` (not made to fail here: ${noStrace})`}`, { timeout: 90_000 }, () => {
  it.for(['fsync,fdatasync', 'pwrite64'])('P76: at %s is not asked the same again: the act is refused in words, the file opened anew, and nothing is told paid that is not', async (calls, story) => {
    await open(folder.path)
    const before = await sell()
    const log = join(folder.path, 'calls.txt')
    // Of SQLite's two files and the thread that waits for them; the first call after this fails, once.
    const strace = spawn('strace', ['-f', '-p', String(till.process.pid), '-o', log, '-e', 'trace=fsync,fdatasync,pwrite64,close,openat', '-e', `inject=${calls}:error=EIO:when=1`], { stdio: ['ignore', 'ignore', 'pipe'] })
    const why = await attached(strace)
    if (why !== null) return story.skip(why)
    const told = await sell()
    expect(told).toEqual({ refused: 'disk-failed' })
    const view = await until(() => client.desk.view(), ({ alarm }) => alarm?.code === 'disk-failed', 30_000)
    expect(view.session.at).toBe('signed-in')
    const gone = new Promise((resolve) => strace.once('exit', resolve))
    strace.kill('SIGINT')
    await gone
    const lines = readFileSync(log, 'latin1').split('\n')
    const failed = lines.findIndex((line) => line.includes('EIO'))
    const handle = /\b(?:fsync|fdatasync|pwrite64)\((\d+)/.exec(lines[failed] ?? '')?.[1]
    expect(handle).toBeDefined()
    // The file is opened anew before anything of the next act is waited for.
    expect(lines.slice(failed + 1).some((line) => /openat\(.*shop\.db-wal"/.test(line))).toBe(true)
    const again = await sell()
    leave()
    await till.end()
    const { numbers, integrity, brokenAt: broken } = books(folder.path)
    expect([integrity, broken]).toEqual(['ok', null])
    const receipts = [before, again].flatMap((one) => ('receipt' in one ? [one.receipt] : []))
    expect(receipts).toHaveLength(2)
    expect(numbers).toEqual(expect.arrayContaining(receipts))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('a disk that is full', { timeout: 90_000 }, () => {
  it('lets sales go on from the reserve while the alarm rings, then refuses in words, and goes on when there is room', async (story) => {
    const dir = join(folder.path, 'small')
    mkdirSync(dir)
    const why = smallDisk(dir, SMALL_BYTES)
    await open(why === null ? dir : folder.path)
    if (why !== null) return story.skip(why)
    const sold: string[] = []
    const first = await sell()
    if ('receipt' in first) sold.push(first.receipt)
    fill(join(dir, 'rubbish'))
    let last = await sell()
    for (let tries = 0; tries < 400 && 'receipt' in last && (await client.desk.view()).alarm?.code !== 'disk-full'; tries += 1) {
      sold.push(last.receipt)
      last = await sell()
    }
    expect((await client.desk.view()).alarm?.code).toBe('disk-full')
    if ('receipt' in last) sold.push(last.receipt)
    // The reserve was given back and is used up as well.
    fill(join(dir, 'more'))
    for (let tries = 0; tries < 400 && 'receipt' in last; tries += 1) {
      last = await sell()
      if ('receipt' in last) sold.push(last.receipt)
    }
    expect(last).toEqual({ refused: 'disk-full' })
    rmSync(join(dir, 'more'))
    rmSync(join(dir, 'rubbish'))
    const after = await sell()
    expect(after).toHaveProperty('receipt')
    if ('receipt' in after) sold.push(after.receipt)
    leave()
    await till.end()
    const { numbers, integrity, brokenAt: broken } = books(dir)
    expect([integrity, broken]).toEqual(['ok', null])
    expect(numbers).toEqual([...sold].sort())
  })
})

/** Null as soon as it looks on; else why it may not: another process's calls are for root alone on some systems. */
const attached = (strace: ChildProcess): Promise<string | null> =>
  new Promise((resolve) => {
    let said = ''
    strace.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      if (said.includes('attached')) resolve(null)
    })
    strace.once('exit', () => resolve(`strace may not attach here: ${said.trim()}`))
  })

/** Writes until the disk takes nothing more. */
function fill(file: string): void {
  for (const bytes of [1024 * 1024, 4_096]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
}
