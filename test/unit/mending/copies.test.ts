import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import type { Core } from '../../../electron/core/start-core.ts'
import { KeepCopies } from '../../../electron/core/mending/keep-copies.ts'
import { CopiedShop } from '../../support/core/copied-shop.ts'
import { HandClock } from '../../support/core/money-till.ts'
import { pagesOf, zero } from '../../support/core/damage.ts'
import { CABLE, openShop, sell } from '../../support/core/till-in-process.ts'

const shop = new CopiedShop()
const before: string[] = []
const after: string[] = []

async function keep(dir: string, days: number, said: string[] = []): Promise<void> {
  const clock = new HandClock()
  for (let day = 0; day < days; day += 1) {
    const copies = new KeepCopies({ dataDir: dir, clock, found: (what) => said.push(what) })
    await copies.look()
    await copies.stop()
    clock.turn(DAY_MS)
  }
}

const live = (): Promise<void> =>
  shop.live(async (core, dir) => {
    for (let n = 0; n < 6; n += 1) before.push(sell(core, CABLE))
    // Beside the running shop: its log holds what the file does not yet.
    await keep(dir, 1)
    for (let n = 0; n < 4; n += 1) after.push(sell(core, CABLE))
  })

beforeAll(live, 240_000)
afterEach(() => shop.clearCopies())
afterAll(() => shop.remove())

const copiesIn = (dir: string): string[] => readdirSync(dir).filter((name) => name.includes('.copy-')).sort()
const numbersOf = ({ shop }: Core): string[] => shop.desk.ground.store.reading.prepare('SELECT number FROM sales ORDER BY number').pluck().all() as string[]

/** One letter in an index is another one: every page is in order, and what it says is wrong. */
function bendIndex(file: string): void {
  const { leaves } = pagesOf(file, 'lines_of_sale')
  const page = readFileSync(file).subarray(((leaves[0] ?? 1) - 1) * 4_096, (leaves[0] ?? 1) * 4_096)
  const at = page.lastIndexOf(Buffer.from('-7'))
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.from('-6'), 0, 2, ((leaves[0] ?? 1) - 1) * 4_096 + at)
  closeSync(handle)
}
const check = (file: string, pragma: string): unknown => {
  const db = new Database(file, { readonly: true })
  try {
    return db.pragma(pragma, { simple: true })
  } finally {
    db.close()
  }
}

describe('the copy of every day', { timeout: 120_000 }, () => {
  it('is made beside the selling, is whole, and the newest three stay', async () => {
    const dir = shop.copy()
    expect(copiesIn(dir)).toEqual(['shop.db.copy-2026-11-23'])
    await keep(dir, 5)
    expect(copiesIn(dir)).toEqual(['shop.db.copy-2026-11-25', 'shop.db.copy-2026-11-26', 'shop.db.copy-2026-11-27'])
    for (const name of copiesIn(dir)) expect(check(join(dir, name), 'integrity_check')).toBe('ok')
    expect(readdirSync(dir).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('finds what a start does not see, says it, makes no copy of it, and the next start does not believe the file', async () => {
    const dir = shop.copy()
    bendIndex(join(dir, 'shop.db'))
    expect(check(join(dir, 'shop.db'), 'quick_check')).toBe('ok')
    expect(check(join(dir, 'shop.db'), 'integrity_check')).not.toBe('ok')
    rmSync(join(dir, 'shop.db.copy-2026-11-23'))
    const said: string[] = []
    await keep(dir, 1, said)
    expect(said).toHaveLength(1)
    expect(copiesIn(dir)).toEqual([])
    const core = await shop.start(dir)
    expect(core.mending?.look()).toMatchObject({ what: 'damaged', damaged: { receipts: 10 } })
    expect(await core.mend('save')).toMatchObject({ ok: true, value: { letters: null, notWhole: [] } })
    expect(numbersOf(core)).toEqual([...before, ...after])
    expect(existsSync(join(dir, 'shop.db.found-damaged'))).toBe(false)
  })

  it('finds a letter of the journal that is another one; that event is not believed, and those behind it are', async () => {
    const dir = shop.copy()
    const file = join(dir, 'shop.db')
    const db = new Database(file)
    const { seq, body } = db.prepare("SELECT seq, body FROM journal WHERE kind <> 'booked' ORDER BY seq LIMIT 1 OFFSET 1").get() as { seq: number; body: string }
    const last = db.prepare('SELECT max(seq) FROM journal').pluck().get() as number
    db.exec('DROP TRIGGER journal_is_kept')
    db.prepare('UPDATE journal SET body = ? WHERE seq = ?').run(body.replace('"storeId":"', '"storeId":"x'), seq)
    db.exec("CREATE TRIGGER journal_is_kept BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END")
    db.close()
    expect(check(file, 'integrity_check')).toBe('ok')
    rmSync(join(dir, 'shop.db.copy-2026-11-23'))
    const said: string[] = []
    await keep(dir, 1, said)
    expect(said).toEqual([`the journal is not what was written, from event ${seq} on`])
    const core = await shop.start(dir)
    const mended = await core.mend('save')
    expect(mended).toMatchObject({ ok: true, value: { eventsLost: 1, letters: { before: 'T1' }, kept: { receipts: 10 } } })
    const bodies = core.shop.desk.ground.store.reading.prepare('SELECT body FROM journal').pluck().all() as string[]
    expect(bodies.some((text) => text.includes('"storeId":"x'))).toBe(false)
    expect(last - seq).toBeGreaterThan(10)
    expect(mended.ok && mended.value.eventsAgain).toBeGreaterThan(0)
  })

  it('is gone back to where somebody chooses so: it is told what is lost, and no number of the lost ones comes again', async () => {
    const dir = shop.copy()
    zero(join(dir, 'shop.db'), 0, 3 * 4_096)
    const core = await shop.start(dir)
    expect(core.mending?.look()).toMatchObject({ copy: { day: '2026-11-23', receipts: 6, lastReceipt: before.at(-1) } })
    expect(core.mending?.look().ways).toContain('copy')
    const mended = await core.mend('copy')
    expect(mended).toMatchObject({ ok: true, value: { kept: { receipts: 6, lastReceipt: before.at(-1) }, letters: { before: 'T1' } } })
    expect(numbersOf(core)).toEqual(before)
    openShop(core)
    expect([...before, ...after]).not.toContain(sell(core, CABLE))
  })

  it('and the damaged file together give back more than each of them', async () => {
    const dir = shop.copy()
    // Who the till is, and what its papers say, is unreadable here and stands in the copy; the receipts after it stand here only.
    const { root } = pagesOf(join(dir, 'shop.db'), 'meta')
    zero(join(dir, 'shop.db'), (root - 1) * 4_096, 4_096)
    const core = await shop.start(dir)
    expect(core.mending?.look().ways).toEqual(['save', 'copy'])
    expect(await core.mend('save')).toMatchObject({ ok: true, value: { notWhole: ['meta'], letters: { before: 'T1' } } })
    expect(numbersOf(core)).toEqual([...before, ...after])
  })

  it('is what is left where the file is gone', async () => {
    const dir = shop.copy()
    rmSync(join(dir, 'shop.db'))
    const core = await shop.start(dir)
    expect(core.mending?.look()).toMatchObject({ what: 'emptied', damaged: null, ways: ['copy'] })
  })

  it('stays though a clock that ran months ahead has left copies of days to come', async () => {
    const dir = shop.copy()
    for (const day of ['2027-05-01', '2027-05-02', '2027-05-03']) cpSync(join(dir, 'shop.db.copy-2026-11-23'), join(dir, `shop.db.copy-${day}`))
    rmSync(join(dir, 'shop.db.copy-2026-11-23'))
    await keep(dir, 2)
    expect(copiesIn(dir)).toEqual(['shop.db.copy-2026-11-23', 'shop.db.copy-2026-11-24', 'shop.db.copy-2027-05-03'])
  })

  it('of today is what is gone back to, and not one of a day to come', async () => {
    const dir = shop.copy()
    renameSync(join(dir, 'shop.db.copy-2026-11-23'), join(dir, 'shop.db.copy-2020-01-01'))
    cpSync(join(dir, 'shop.db.copy-2020-01-01'), join(dir, 'shop.db.copy-2999-01-01'))
    zero(join(dir, 'shop.db'), 0, 3 * 4_096)
    const core = await shop.start(dir)
    expect(core.mending?.look().copy?.day).toBe('2020-01-01')
  })

  it('that cannot be read any more is passed over for the one before it, and the till starts', async () => {
    const dir = shop.copy()
    renameSync(join(dir, 'shop.db.copy-2026-11-23'), join(dir, 'shop.db.copy-2020-01-01'))
    cpSync(join(dir, 'shop.db.copy-2020-01-01'), join(dir, 'shop.db.copy-2020-01-02'))
    const { leaves } = pagesOf(join(dir, 'shop.db.copy-2020-01-02'), 'sales')
    zero(join(dir, 'shop.db.copy-2020-01-02'), ((leaves[0] ?? 1) - 1) * 4_096, 4_096)
    writeFileSync(join(dir, 'shop.db.copy-2020-01-03'), 'no database '.repeat(1_000))
    // What the disk does not give out at all.
    mkdirSync(join(dir, 'shop.db.copy-2020-01-04'))
    zero(join(dir, 'shop.db'), 0, 3 * 4_096)
    const said = vi.spyOn(console, 'error').mockReturnValue()
    const core = await shop.start(dir)
    said.mockRestore()
    expect(core.mending?.look()).toMatchObject({ copy: { day: '2020-01-01', receipts: 6 } })
    expect(JSON.parse(core.mending?.look().support ?? '')).toMatchObject({ copiesNotWhole: [/04: /, /03: /, /02: /].map((day) => expect.stringMatching(day)) })
    expect(await core.mend('copy')).toMatchObject({ ok: true, value: { kept: { receipts: 6 } } })
  })

  it('helps though the damaged file says that its tables are older than they are', async () => {
    const dir = shop.copy()
    const file = join(dir, 'shop.db')
    const { root } = pagesOf(file, 'meta')
    zero(file, (root - 1) * 4_096, 4_096)
    const handle = openSync(file, 'r+')
    // The user version, as section 1.3 of the file format places it.
    writeSync(handle, Buffer.of(0, 0, 0, 5), 0, 4, 60)
    closeSync(handle)
    const core = await shop.start(dir)
    expect(core.mending?.look().ways).toEqual(['save', 'copy'])
    expect(await core.mend('save')).toMatchObject({ ok: true, value: { notWhole: ['meta'] } })
    expect(numbersOf(core)).toEqual([...before, ...after])
  })

  it('is not made of a file that the disk does not give out this time, and that file is not called damaged for it', async () => {
    const dir = shop.copy()
    rmSync(join(dir, 'shop.db.copy-2026-11-23'))
    // Its log is there and cannot be opened.
    mkdirSync(join(dir, 'shop.db-wal'))
    const written = vi.spyOn(console, 'error').mockReturnValue()
    const said: string[] = []
    await keep(dir, 1, said)
    expect(written).toHaveBeenCalledWith(expect.stringContaining('SqliteError'))
    written.mockRestore()
    expect([said, copiesIn(dir), existsSync(join(dir, 'shop.db.found-damaged'))]).toEqual([[], [], false])
  })

  it('that cannot be made ends no sale, and says nothing of the file that it does not know', async () => {
    const dir = shop.copy()
    rmSync(join(dir, 'shop.db.copy-2026-11-23'))
    // Nothing removes a folder with something in it, as Windows removes no file that somebody reads.
    mkdirSync(join(dir, 'shop.db.copy-2026-11-23.new', 'held'), { recursive: true })
    const written = vi.spyOn(console, 'error').mockReturnValue()
    const said: string[] = []
    await keep(dir, 1, said)
    expect(written).toHaveBeenCalled()
    expect([said, existsSync(join(dir, 'shop.db.found-damaged'))]).toEqual([[], false])
    rmSync(join(dir, 'shop.db.copy-2026-11-23.new'), { recursive: true })
    // An old one that nobody can remove is one too many, and no more.
    for (const day of ['01', '02', '03']) mkdirSync(join(dir, `shop.db.copy-2020-01-${day}`, 'held'), { recursive: true })
    await keep(dir, 1, said)
    written.mockRestore()
    expect(copiesIn(dir)).toHaveLength(4)
    expect(check(join(dir, 'shop.db.copy-2026-11-23'), 'integrity_check')).toBe('ok')
  })
})
